-- Add column "name_folded" to table: "categories"
ALTER TABLE `categories` ADD COLUMN `name_folded` text NOT NULL DEFAULT '';
-- Drop index "category_name_trgm" from table: "categories"
DROP INDEX `category_name_trgm`;
-- Create index "category_name_folded" to table: "categories"
CREATE INDEX `category_name_folded` ON `categories` (`name_folded`);
-- Add column "name_folded" to table: "customers"
ALTER TABLE `customers` ADD COLUMN `name_folded` text NOT NULL DEFAULT '';
-- Drop index "customer_name_trgm" from table: "customers"
DROP INDEX `customer_name_trgm`;
-- Create index "customer_name_folded" to table: "customers"
CREATE INDEX `customer_name_folded` ON `customers` (`name_folded`);
-- Add column "name_folded" to table: "products"
ALTER TABLE `products` ADD COLUMN `name_folded` text NOT NULL DEFAULT '';
-- Drop index "product_name_trgm" from table: "products"
DROP INDEX `product_name_trgm`;
-- Create index "product_name_folded" to table: "products"
CREATE INDEX `product_name_folded` ON `products` (`name_folded`);
-- Add column "name_folded" to table: "api_tokens"
ALTER TABLE `api_tokens` ADD COLUMN `name_folded` text NOT NULL DEFAULT '';
-- Drop index "api_token_name_trgm" from table: "api_tokens"
DROP INDEX `api_token_name_trgm`;
-- Create index "apitoken_name_folded" to table: "api_tokens"
CREATE INDEX `apitoken_name_folded` ON `api_tokens` (`name_folded`);
-- Add column "label_folded" to table: "roles"
ALTER TABLE `roles` ADD COLUMN `label_folded` text NOT NULL DEFAULT '';
-- Drop index "role_label_trgm" from table: "roles"
DROP INDEX `role_label_trgm`;
-- Create index "role_label_folded" to table: "roles"
CREATE INDEX `role_label_folded` ON `roles` (`label_folded`);
-- Add column "name_folded" to table: "staff"
ALTER TABLE `staff` ADD COLUMN `name_folded` text NOT NULL DEFAULT '';
-- Drop index "staff_name_trgm" from table: "staff"
DROP INDEX `staff_name_trgm`;
-- Create index "staff_name_folded" to table: "staff"
CREATE INDEX `staff_name_folded` ON `staff` (`name_folded`);
