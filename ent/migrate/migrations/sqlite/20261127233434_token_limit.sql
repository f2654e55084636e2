-- Add column "max_stock_adjustment" to table: "api_tokens"
ALTER TABLE `api_tokens` ADD COLUMN `max_stock_adjustment` integer NULL;
