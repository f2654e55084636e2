-- Add column "address" to table: "customers"
ALTER TABLE `customers` ADD COLUMN `address` text NULL;
-- Add column "delivery_address" to table: "orders"
ALTER TABLE `orders` ADD COLUMN `delivery_address` text NULL;
