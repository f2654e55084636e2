-- Make the summaries anew, which takes seconds: reports read the orders until then
DELETE FROM `product_sales`;
DELETE FROM `sales_slots`;
DELETE FROM `event_gaps`;
UPDATE `checkpoints` SET `position` = 0, `runs` = `runs` + 1 WHERE `name` = 'sales';
-- Create index "productsales_span_since_currency_revenue_product_id" to table: "product_sales"
CREATE INDEX `productsales_span_since_currency_revenue_product_id` ON `product_sales` (`span`, `since`, `currency`, `revenue`, `product_id`);
-- Create "category_sales" table
CREATE TABLE `category_sales` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `span` text NOT NULL,
  `since` datetime NOT NULL,
  `currency` text NOT NULL,
  `category_id` integer NOT NULL,
  `revenue` integer NOT NULL,
  `units` integer NOT NULL,
  CONSTRAINT `category_sales_range` CHECK (revenue >= -4611686018427387903 AND revenue <= 4611686018427387903)
);
-- Create index "categorysales_span_since_currency_category_id" to table: "category_sales"
CREATE UNIQUE INDEX `categorysales_span_since_currency_category_id` ON `category_sales` (`span`, `since`, `currency`, `category_id`);
-- Create "product_changes" table
CREATE TABLE `product_changes` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `product_id` integer NOT NULL
);
-- Create "product_filings" table
CREATE TABLE `product_filings` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `product_id` integer NOT NULL,
  `category_id` integer NOT NULL
);
-- Create index "product_filings_product_id_key" to table: "product_filings"
CREATE UNIQUE INDEX `product_filings_product_id_key` ON `product_filings` (`product_id`);
-- Create "scarce_products" table
CREATE TABLE `scarce_products` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `product_id` integer NOT NULL,
  `stock` integer NOT NULL
);
-- Create index "scarce_products_product_id_key" to table: "scarce_products"
CREATE UNIQUE INDEX `scarce_products_product_id_key` ON `scarce_products` (`product_id`);
-- Create index "scarceproduct_stock_product_id" to table: "scarce_products"
CREATE INDEX `scarceproduct_stock_product_id` ON `scarce_products` (`stock`, `product_id`);
