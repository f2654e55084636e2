-- Create "api_tokens" table
CREATE TABLE `api_tokens` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `name` text NOT NULL,
  `permissions` json NULL,
  `expires_at` datetime NULL,
  `last_used_at` datetime NULL,
  `revoked_at` datetime NULL,
  `prefix` text NOT NULL,
  `token_hash` blob NOT NULL,
  `staff_id` integer NOT NULL,
  CONSTRAINT `api_tokens_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Create index "api_tokens_token_hash_key" to table: "api_tokens"
CREATE UNIQUE INDEX `api_tokens_token_hash_key` ON `api_tokens` (`token_hash`);
-- Create index "apitoken_staff_id_id" to table: "api_tokens"
CREATE INDEX `apitoken_staff_id_id` ON `api_tokens` (`staff_id`, `id`);
-- Create "login_throttles" table
CREATE TABLE `login_throttles` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `key` blob NOT NULL,
  `failures` integer NOT NULL DEFAULT 0,
  `blocked_until` datetime NOT NULL,
  `trusted` bool NOT NULL DEFAULT false,
  `expires_at` datetime NOT NULL
);
-- Create index "login_throttles_key_key" to table: "login_throttles"
CREATE UNIQUE INDEX `login_throttles_key_key` ON `login_throttles` (`key`);
-- Create index "loginthrottle_expires_at" to table: "login_throttles"
CREATE INDEX `loginthrottle_expires_at` ON `login_throttles` (`expires_at`);
-- Create "recovery_codes" table
CREATE TABLE `recovery_codes` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `code_hash` blob NOT NULL,
  `staff_id` integer NOT NULL,
  CONSTRAINT `recovery_codes_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Create index "recoverycode_staff_id_code_hash" to table: "recovery_codes"
CREATE UNIQUE INDEX `recoverycode_staff_id_code_hash` ON `recovery_codes` (`staff_id`, `code_hash`);
-- Create "roles" table
CREATE TABLE `roles` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT 1,
  `name` text NOT NULL,
  `label` text NOT NULL,
  `description` text NOT NULL DEFAULT '',
  `permissions` json NOT NULL,
  `max_stock_adjustment` integer NULL,
  `is_built_in` bool NOT NULL DEFAULT false
);
-- Create index "roles_name_key" to table: "roles"
CREATE UNIQUE INDEX `roles_name_key` ON `roles` (`name`);
-- Create index "role_label_id" to table: "roles"
CREATE INDEX `role_label_id` ON `roles` (`label`, `id`);
-- Create "sessions" table
CREATE TABLE `sessions` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `token_hash` blob NOT NULL,
  `awaits_totp` bool NOT NULL DEFAULT false,
  `last_seen_at` datetime NOT NULL,
  `expires_at` datetime NOT NULL,
  `ip` text NOT NULL DEFAULT '',
  `user_agent` text NOT NULL DEFAULT '',
  `staff_id` integer NOT NULL,
  CONSTRAINT `sessions_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Create index "sessions_token_hash_key" to table: "sessions"
CREATE UNIQUE INDEX `sessions_token_hash_key` ON `sessions` (`token_hash`);
-- Create index "session_staff_id_id" to table: "sessions"
CREATE INDEX `session_staff_id_id` ON `sessions` (`staff_id`, `id`);
-- Create index "session_expires_at" to table: "sessions"
CREATE INDEX `session_expires_at` ON `sessions` (`expires_at`);
-- Create "setup_links" table
CREATE TABLE `setup_links` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `token_hash` blob NOT NULL,
  `expires_at` datetime NOT NULL,
  `staff_id` integer NULL,
  CONSTRAINT `setup_links_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Create index "setup_links_token_hash_key" to table: "setup_links"
CREATE UNIQUE INDEX `setup_links_token_hash_key` ON `setup_links` (`token_hash`);
-- Create index "setuplink_staff_id" to table: "setup_links"
CREATE INDEX `setuplink_staff_id` ON `setup_links` (`staff_id`);
-- Create index "setuplink_expires_at" to table: "setup_links"
CREATE INDEX `setuplink_expires_at` ON `setup_links` (`expires_at`);
-- Create "staff" table
CREATE TABLE `staff` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT 1,
  `email` text NOT NULL,
  `name` text NOT NULL,
  `is_active` bool NOT NULL DEFAULT true,
  `totp_enabled` bool NOT NULL DEFAULT false,
  `last_login_at` datetime NULL,
  `password_hash` text NULL,
  `totp_secret` text NULL,
  `totp_step` integer NOT NULL DEFAULT 0,
  `role_id` integer NOT NULL,
  CONSTRAINT `staff_roles_role` FOREIGN KEY (`role_id`) REFERENCES `roles` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION
);
-- Create index "staff_email_key" to table: "staff"
CREATE UNIQUE INDEX `staff_email_key` ON `staff` (`email`);
-- Create index "staff_name_id" to table: "staff"
CREATE INDEX `staff_name_id` ON `staff` (`name`, `id`);
-- Create index "staff_role_id_id" to table: "staff"
CREATE INDEX `staff_role_id_id` ON `staff` (`role_id`, `id`);
