-- Create index "inventorymovement_product_id_created_at_id" to table: "inventory_movements"
CREATE INDEX `inventorymovement_product_id_created_at_id` ON `inventory_movements` (`product_id`, `created_at`, `id`);
-- Create index "order_status_placed_at_id" to table: "orders"
CREATE INDEX `order_status_placed_at_id` ON `orders` (`status`, `placed_at`, `id`);
