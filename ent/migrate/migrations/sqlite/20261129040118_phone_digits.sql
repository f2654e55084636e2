-- Add column "phone_digits" to table: "customers"
ALTER TABLE `customers` ADD COLUMN `phone_digits` text NULL;
