-- Drop index "product_category_id_id" from table: "products"
DROP INDEX `product_category_id_id`;
-- Drop index "product_price_id" from table: "products"
DROP INDEX `product_price_id`;
-- Create index "product_category_id_id_deleted_at" to table: "products"
CREATE INDEX `product_category_id_id_deleted_at` ON `products` (`category_id`, `id`, `deleted_at`);
-- Create index "product_price_id_deleted_at" to table: "products"
CREATE INDEX `product_price_id_deleted_at` ON `products` (`price`, `id`, `deleted_at`);
