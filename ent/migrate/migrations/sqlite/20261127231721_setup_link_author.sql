-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_setup_links" table
CREATE TABLE `new_setup_links` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `token_hash` blob NOT NULL,
  `expires_at` datetime NOT NULL,
  `staff_id` integer NULL,
  `author_id` integer NULL,
  `author_token_id` integer NULL,
  CONSTRAINT `setup_links_api_tokens_author_token` FOREIGN KEY (`author_token_id`) REFERENCES `api_tokens` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION,
  CONSTRAINT `setup_links_staff_author` FOREIGN KEY (`author_id`) REFERENCES `staff` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION,
  CONSTRAINT `setup_links_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Copy rows from old table "setup_links" to new temporary table "new_setup_links"
INSERT INTO `new_setup_links` (`id`, `created_at`, `token_hash`, `expires_at`, `staff_id`) SELECT `id`, `created_at`, `token_hash`, `expires_at`, `staff_id` FROM `setup_links`;
-- Drop "setup_links" table after copying rows
DROP TABLE `setup_links`;
-- Rename temporary table "new_setup_links" to "setup_links"
ALTER TABLE `new_setup_links` RENAME TO `setup_links`;
-- Create index "setup_links_token_hash_key" to table: "setup_links"
CREATE UNIQUE INDEX `setup_links_token_hash_key` ON `setup_links` (`token_hash`);
-- Create index "setuplink_staff_id" to table: "setup_links"
CREATE INDEX `setuplink_staff_id` ON `setup_links` (`staff_id`);
-- Create index "setuplink_expires_at" to table: "setup_links"
CREATE INDEX `setuplink_expires_at` ON `setup_links` (`expires_at`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
