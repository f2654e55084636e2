-- Create "checkpoints" table
CREATE TABLE `checkpoints` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `name` text NOT NULL,
  `position` integer NOT NULL DEFAULT 0,
  `runs` integer NOT NULL DEFAULT 0,
  `moved_at` datetime NOT NULL
);
-- Create index "checkpoints_name_key" to table: "checkpoints"
CREATE UNIQUE INDEX `checkpoints_name_key` ON `checkpoints` (`name`);
-- Create "event_gaps" table
CREATE TABLE `event_gaps` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `first_id` integer NOT NULL,
  `last_id` integer NOT NULL
);
-- Create "product_sales" table
CREATE TABLE `product_sales` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `span` text NOT NULL,
  `since` datetime NOT NULL,
  `currency` text NOT NULL,
  `product_id` integer NOT NULL,
  `revenue` integer NOT NULL,
  `units` integer NOT NULL,
  CONSTRAINT `product_sales_range` CHECK (revenue >= -4611686018427387903 AND revenue <= 4611686018427387903)
);
-- Create index "productsales_span_since_currency_product_id" to table: "product_sales"
CREATE UNIQUE INDEX `productsales_span_since_currency_product_id` ON `product_sales` (`span`, `since`, `currency`, `product_id`);
-- Create "sales_slots" table
CREATE TABLE `sales_slots` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `since` datetime NOT NULL,
  `currency` text NOT NULL,
  `orders` integer NOT NULL,
  `revenue` integer NOT NULL,
  `units` integer NOT NULL,
  CONSTRAINT `sales_slots_range` CHECK (revenue >= -4611686018427387903 AND revenue <= 4611686018427387903)
);
-- Create index "salesslot_since_currency" to table: "sales_slots"
CREATE UNIQUE INDEX `salesslot_since_currency` ON `sales_slots` (`since`, `currency`);
