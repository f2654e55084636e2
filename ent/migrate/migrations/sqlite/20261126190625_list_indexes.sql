-- Create index "apitoken_name_id" to table: "api_tokens"
CREATE INDEX `apitoken_name_id` ON `api_tokens` (`name`, `id`);
-- Create index "api_token_name_trgm" to table: "api_tokens"
CREATE INDEX `api_token_name_trgm` ON `api_tokens` (`name`);
-- Create index "role_name_trgm" to table: "roles"
CREATE INDEX `role_name_trgm` ON `roles` (`name`);
-- Create index "role_label_trgm" to table: "roles"
CREATE INDEX `role_label_trgm` ON `roles` (`label`);
-- Create index "staff_email_trgm" to table: "staff"
CREATE INDEX `staff_email_trgm` ON `staff` (`email`);
-- Create index "staff_name_trgm" to table: "staff"
CREATE INDEX `staff_name_trgm` ON `staff` (`name`);
-- Create index "auditentry_resource_id" to table: "audit_entries"
CREATE INDEX `auditentry_resource_id` ON `audit_entries` (`resource`, `id`);
