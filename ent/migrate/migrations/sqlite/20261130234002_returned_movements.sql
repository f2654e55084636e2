-- Create index "inventorymovement_returned_at" to table: "inventory_movements"
CREATE INDEX `inventorymovement_returned_at` ON `inventory_movements` (`created_at`) WHERE reason = 'return';
