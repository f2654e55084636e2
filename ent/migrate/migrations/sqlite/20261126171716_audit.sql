-- Add column "path" to table: "idempotency_keys"
ALTER TABLE `idempotency_keys` ADD COLUMN `path` text NULL;
-- Create "audit_entries" table
CREATE TABLE `audit_entries` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `actor` text NOT NULL,
  `actor_kind` text NOT NULL,
  `staff_id` integer NULL,
  `staff_email` text NULL,
  `token_id` integer NULL,
  `action` text NOT NULL,
  `resource` text NOT NULL,
  `record_id` integer NOT NULL,
  `changes` json NOT NULL,
  `request_id` text NULL,
  `ip` text NULL,
  `user_agent` text NULL
);
-- Create index "auditentry_resource_record_id_id" to table: "audit_entries"
CREATE INDEX `auditentry_resource_record_id_id` ON `audit_entries` (`resource`, `record_id`, `id`);
-- Create index "auditentry_staff_id_id" to table: "audit_entries"
CREATE INDEX `auditentry_staff_id_id` ON `audit_entries` (`staff_id`, `id`);
-- Create index "auditentry_created_at_id" to table: "audit_entries"
CREATE INDEX `auditentry_created_at_id` ON `audit_entries` (`created_at`, `id`);
