-- Modify "api_tokens" table
ALTER TABLE "api_tokens" ADD COLUMN "max_stock_adjustment" bigint NULL;
