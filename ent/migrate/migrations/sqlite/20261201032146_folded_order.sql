-- Drop index "category_position_name_id" from table: "categories"
DROP INDEX `category_position_name_id`;
-- Drop index "category_name_id" from table: "categories"
DROP INDEX `category_name_id`;
-- Create index "category_name_folded_id" to table: "categories"
CREATE INDEX `category_name_folded_id` ON `categories` (`name_folded`, `id`);
-- Create index "category_position_name_folded_id" to table: "categories"
CREATE INDEX `category_position_name_folded_id` ON `categories` (`position`, `name_folded`, `id`);
-- Drop index "customer_name_id" from table: "customers"
DROP INDEX `customer_name_id`;
-- Create index "customer_name_folded_id" to table: "customers"
CREATE INDEX `customer_name_folded_id` ON `customers` (`name_folded`, `id`);
-- Drop index "product_name_id" from table: "products"
DROP INDEX `product_name_id`;
-- Create index "product_name_folded_id" to table: "products"
CREATE INDEX `product_name_folded_id` ON `products` (`name_folded`, `id`);
-- Drop index "apitoken_name_id" from table: "api_tokens"
DROP INDEX `apitoken_name_id`;
-- Create index "apitoken_name_folded_id" to table: "api_tokens"
CREATE INDEX `apitoken_name_folded_id` ON `api_tokens` (`name_folded`, `id`);
-- Drop index "role_label_id" from table: "roles"
DROP INDEX `role_label_id`;
-- Create index "role_label_folded_id" to table: "roles"
CREATE INDEX `role_label_folded_id` ON `roles` (`label_folded`, `id`);
-- Drop index "staff_name_id" from table: "staff"
DROP INDEX `staff_name_id`;
-- Create index "staff_name_folded_id" to table: "staff"
CREATE INDEX `staff_name_folded_id` ON `staff` (`name_folded`, `id`);
