-- Code generated from the ent schema by `go generate ./...`. DO NOT EDIT.

-- Create "api_tokens" table
CREATE TABLE `api_tokens` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `name_folded` text NOT NULL DEFAULT (''),
  `name` text NOT NULL,
  `permissions` json NULL,
  `max_stock_adjustment` integer NULL,
  `expires_at` datetime NULL,
  `last_used_at` datetime NULL,
  `revoked_at` datetime NULL,
  `prefix` text NOT NULL,
  `token_hash` blob NOT NULL,
  `staff_id` integer NOT NULL,
  CONSTRAINT `api_tokens_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON DELETE NO ACTION
);
-- Create index "api_tokens_token_hash_key" to table: "api_tokens"
CREATE UNIQUE INDEX `api_tokens_token_hash_key` ON `api_tokens` (`token_hash`);
-- Create index "apitoken_name_folded" to table: "api_tokens"
CREATE INDEX `apitoken_name_folded` ON `api_tokens` (`name_folded`);
-- Create index "apitoken_name_folded_id" to table: "api_tokens"
CREATE INDEX `apitoken_name_folded_id` ON `api_tokens` (`name_folded`, `id`);
-- Create index "apitoken_staff_id_id" to table: "api_tokens"
CREATE INDEX `apitoken_staff_id_id` ON `api_tokens` (`staff_id`, `id`);
-- Create "audit_entries" table
CREATE TABLE `audit_entries` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `actor` text NOT NULL,
  `actor_kind` text NOT NULL,
  `staff_id` integer NULL,
  `staff_email` text NULL,
  `token_id` integer NULL,
  `action` text NOT NULL,
  `resource` text NOT NULL,
  `record_id` integer NOT NULL,
  `changes` json NOT NULL,
  `request_id` text NULL,
  `ip` text NULL,
  `user_agent` text NULL
);
-- Create index "auditentry_resource_record_id_id" to table: "audit_entries"
CREATE INDEX `auditentry_resource_record_id_id` ON `audit_entries` (`resource`, `record_id`, `id`);
-- Create index "auditentry_resource_id" to table: "audit_entries"
CREATE INDEX `auditentry_resource_id` ON `audit_entries` (`resource`, `id`);
-- Create index "auditentry_staff_id_id" to table: "audit_entries"
CREATE INDEX `auditentry_staff_id_id` ON `audit_entries` (`staff_id`, `id`);
-- Create index "auditentry_created_at_id" to table: "audit_entries"
CREATE INDEX `auditentry_created_at_id` ON `audit_entries` (`created_at`, `id`);
-- Create "cart_items" table
CREATE TABLE `cart_items` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `quantity` integer NOT NULL,
  `customer_id` integer NOT NULL,
  `product_id` integer NOT NULL,
  CONSTRAINT `cart_items_customers_customer` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `cart_items_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `cart_items_quantity_range` CHECK (quantity > 0 AND quantity <= 1000000)
);
-- Create index "cartitem_customer_id_product_id" to table: "cart_items"
CREATE UNIQUE INDEX `cartitem_customer_id_product_id` ON `cart_items` (`customer_id`, `product_id`);
-- Create "categories" table
CREATE TABLE `categories` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT (1),
  `deleted_at` datetime NULL,
  `name_folded` text NOT NULL DEFAULT (''),
  `name` text NOT NULL,
  `slug` text NOT NULL,
  `position` integer NOT NULL DEFAULT (0),
  `parent_id` integer NULL,
  CONSTRAINT `categories_categories_children` FOREIGN KEY (`parent_id`) REFERENCES `categories` (`id`) ON DELETE SET NULL
);
-- Create index "category_name_folded" to table: "categories"
CREATE INDEX `category_name_folded` ON `categories` (`name_folded`);
-- Create index "category_name_folded_id" to table: "categories"
CREATE INDEX `category_name_folded_id` ON `categories` (`name_folded`, `id`);
-- Create index "category_slug" to table: "categories"
CREATE UNIQUE INDEX `category_slug` ON `categories` (`slug`) WHERE deleted_at IS NULL;
-- Create index "category_parent_id_id" to table: "categories"
CREATE INDEX `category_parent_id_id` ON `categories` (`parent_id`, `id`);
-- Create index "category_position_name_folded_id" to table: "categories"
CREATE INDEX `category_position_name_folded_id` ON `categories` (`position`, `name_folded`, `id`);
-- Create index "category_slug_trgm" to table: "categories"
CREATE INDEX `category_slug_trgm` ON `categories` (`slug`);
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
-- Create "checkpoints" table
CREATE TABLE `checkpoints` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `name` text NOT NULL,
  `position` integer NOT NULL DEFAULT (0),
  `runs` integer NOT NULL DEFAULT (0),
  `moved_at` datetime NOT NULL
);
-- Create index "checkpoints_name_key" to table: "checkpoints"
CREATE UNIQUE INDEX `checkpoints_name_key` ON `checkpoints` (`name`);
-- Create "customers" table
CREATE TABLE `customers` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT (1),
  `deleted_at` datetime NULL,
  `name_folded` text NOT NULL DEFAULT (''),
  `email` text NOT NULL,
  `name` text NOT NULL,
  `phone` text NULL,
  `phone_digits` text NULL,
  `address` text NULL,
  `note` text NULL
);
-- Create index "customer_name_folded" to table: "customers"
CREATE INDEX `customer_name_folded` ON `customers` (`name_folded`);
-- Create index "customer_name_folded_id" to table: "customers"
CREATE INDEX `customer_name_folded_id` ON `customers` (`name_folded`, `id`);
-- Create index "customer_email" to table: "customers"
CREATE UNIQUE INDEX `customer_email` ON `customers` (`email`) WHERE deleted_at IS NULL;
-- Create index "customer_created_at_id" to table: "customers"
CREATE INDEX `customer_created_at_id` ON `customers` (`created_at`, `id`);
-- Create index "customer_email_trgm" to table: "customers"
CREATE INDEX `customer_email_trgm` ON `customers` (`email`);
-- Create index "customer_phone_trgm" to table: "customers"
CREATE INDEX `customer_phone_trgm` ON `customers` (`phone`);
-- Create index "customer_phone_digits_trgm" to table: "customers"
CREATE INDEX `customer_phone_digits_trgm` ON `customers` (`phone_digits`);
-- Create "event_gaps" table
CREATE TABLE `event_gaps` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `first_id` integer NOT NULL,
  `last_id` integer NOT NULL
);
-- Create "idempotency_keys" table
CREATE TABLE `idempotency_keys` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `caller` text NOT NULL,
  `key` text NOT NULL,
  `fingerprint` blob NOT NULL,
  `path` text NULL,
  `status` integer NOT NULL DEFAULT (0),
  `body` blob NULL,
  `expires_at` datetime NOT NULL
);
-- Create index "idempotencykey_caller_key" to table: "idempotency_keys"
CREATE UNIQUE INDEX `idempotencykey_caller_key` ON `idempotency_keys` (`caller`, `key`);
-- Create index "idempotencykey_expires_at" to table: "idempotency_keys"
CREATE INDEX `idempotencykey_expires_at` ON `idempotency_keys` (`expires_at`);
-- Create "inventory_movements" table
CREATE TABLE `inventory_movements` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `quantity_change` integer NOT NULL,
  `balance_after` integer NOT NULL,
  `reason` text NOT NULL,
  `note` text NULL,
  `actor` text NOT NULL,
  `product_id` integer NOT NULL,
  `order_item_id` integer NULL,
  CONSTRAINT `inventory_movements_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `inventory_movements_order_items_order_item` FOREIGN KEY (`order_item_id`) REFERENCES `order_items` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `inventory_movements_balance_after_range` CHECK (balance_after >= 0 AND balance_after <= 9007199254740991),
  CONSTRAINT `inventory_movements_quantity_change_not_zero` CHECK (quantity_change <> 0)
);
-- Create index "inventorymovement_order_item_id_reason" to table: "inventory_movements"
CREATE UNIQUE INDEX `inventorymovement_order_item_id_reason` ON `inventory_movements` (`order_item_id`, `reason`);
-- Create index "inventorymovement_product_id_id" to table: "inventory_movements"
CREATE INDEX `inventorymovement_product_id_id` ON `inventory_movements` (`product_id`, `id`);
-- Create index "inventorymovement_product_id_created_at_id" to table: "inventory_movements"
CREATE INDEX `inventorymovement_product_id_created_at_id` ON `inventory_movements` (`product_id`, `created_at`, `id`);
-- Create index "inventorymovement_created_at_id" to table: "inventory_movements"
CREATE INDEX `inventorymovement_created_at_id` ON `inventory_movements` (`created_at`, `id`);
-- Create index "inventorymovement_returned_at" to table: "inventory_movements"
CREATE INDEX `inventorymovement_returned_at` ON `inventory_movements` (`created_at`) WHERE reason = 'return';
-- Create "login_throttles" table
CREATE TABLE `login_throttles` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `key` blob NOT NULL,
  `failures` integer NOT NULL DEFAULT (0),
  `blocked_until` datetime NOT NULL,
  `trusted` bool NOT NULL DEFAULT (false),
  `expires_at` datetime NOT NULL
);
-- Create index "login_throttles_key_key" to table: "login_throttles"
CREATE UNIQUE INDEX `login_throttles_key_key` ON `login_throttles` (`key`);
-- Create index "loginthrottle_expires_at" to table: "login_throttles"
CREATE INDEX `loginthrottle_expires_at` ON `login_throttles` (`expires_at`);
-- Create "orders" table
CREATE TABLE `orders` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT (1),
  `status` text NOT NULL DEFAULT ('pending'),
  `total_amount` integer NOT NULL,
  `currency` text NOT NULL,
  `placed_at` datetime NOT NULL,
  `delivery_address` text NULL,
  `customer_id` integer NOT NULL,
  CONSTRAINT `orders_customers_customer` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `orders_total_amount_range` CHECK (total_amount >= 0 AND total_amount <= 9007199254740991)
);
-- Create index "order_customer_id_id" to table: "orders"
CREATE INDEX `order_customer_id_id` ON `orders` (`customer_id`, `id`);
-- Create index "order_status_id" to table: "orders"
CREATE INDEX `order_status_id` ON `orders` (`status`, `id`);
-- Create index "order_placed_at_id" to table: "orders"
CREATE INDEX `order_placed_at_id` ON `orders` (`placed_at`, `id`);
-- Create index "order_status_placed_at_id" to table: "orders"
CREATE INDEX `order_status_placed_at_id` ON `orders` (`status`, `placed_at`, `id`);
-- Create "order_events" table
CREATE TABLE `order_events` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `kind` text NOT NULL,
  `from` text NULL,
  `to` text NULL,
  `note` text NULL,
  `actor` text NOT NULL,
  `order_id` integer NOT NULL,
  CONSTRAINT `order_events_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION
);
-- Create index "orderevent_order_id_id" to table: "order_events"
CREATE INDEX `orderevent_order_id_id` ON `order_events` (`order_id`, `id`);
-- Create "order_items" table
CREATE TABLE `order_items` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `sku` text NOT NULL,
  `product_name` text NOT NULL,
  `quantity` integer NOT NULL,
  `price` integer NOT NULL,
  `order_id` integer NOT NULL,
  `product_id` integer NOT NULL,
  CONSTRAINT `order_items_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `order_items_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `order_items_price_range` CHECK (price >= 0 AND price <= 9007199254740991),
  CONSTRAINT `order_items_quantity_range` CHECK (quantity > 0 AND quantity <= 1000000)
);
-- Create index "orderitem_order_id_id" to table: "order_items"
CREATE INDEX `orderitem_order_id_id` ON `order_items` (`order_id`, `id`);
-- Create index "orderitem_product_id_id" to table: "order_items"
CREATE INDEX `orderitem_product_id_id` ON `order_items` (`product_id`, `id`);
-- Create "products" table
CREATE TABLE `products` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT (1),
  `deleted_at` datetime NULL,
  `name_folded` text NOT NULL DEFAULT (''),
  `sku` text NOT NULL,
  `name` text NOT NULL,
  `description` text NOT NULL DEFAULT (''),
  `price` integer NOT NULL,
  `stock` integer NOT NULL DEFAULT (0),
  `low_stock_at` integer NULL,
  `is_active` bool NOT NULL DEFAULT (true),
  `category_id` integer NOT NULL,
  CONSTRAINT `products_categories_category` FOREIGN KEY (`category_id`) REFERENCES `categories` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `products_price_range` CHECK (price >= 0 AND price <= 9007199254740991),
  CONSTRAINT `products_stock_range` CHECK (stock >= 0 AND stock <= 9007199254740991)
);
-- Create index "product_name_folded" to table: "products"
CREATE INDEX `product_name_folded` ON `products` (`name_folded`);
-- Create index "product_name_folded_id" to table: "products"
CREATE INDEX `product_name_folded_id` ON `products` (`name_folded`, `id`);
-- Create index "product_sku" to table: "products"
CREATE UNIQUE INDEX `product_sku` ON `products` (`sku`) WHERE deleted_at IS NULL;
-- Create index "product_category_id_id_deleted_at" to table: "products"
CREATE INDEX `product_category_id_id_deleted_at` ON `products` (`category_id`, `id`, `deleted_at`);
-- Create index "product_price_id_deleted_at" to table: "products"
CREATE INDEX `product_price_id_deleted_at` ON `products` (`price`, `id`, `deleted_at`);
-- Create index "product_created_at_id" to table: "products"
CREATE INDEX `product_created_at_id` ON `products` (`created_at`, `id`);
-- Create index "product_updated_at_id" to table: "products"
CREATE INDEX `product_updated_at_id` ON `products` (`updated_at`, `id`);
-- Create index "product_sku_trgm" to table: "products"
CREATE INDEX `product_sku_trgm` ON `products` (`sku`);
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
-- Create index "productsales_span_since_currency_revenue_product_id" to table: "product_sales"
CREATE INDEX `productsales_span_since_currency_revenue_product_id` ON `product_sales` (`span`, `since`, `currency`, `revenue`, `product_id`);
-- Create index "productsales_span_since_currency_units_product_id" to table: "product_sales"
CREATE INDEX `productsales_span_since_currency_units_product_id` ON `product_sales` (`span`, `since`, `currency`, `units`, `product_id`);
-- Create "recovery_codes" table
CREATE TABLE `recovery_codes` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `code_hash` blob NOT NULL,
  `staff_id` integer NOT NULL,
  CONSTRAINT `recovery_codes_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON DELETE NO ACTION
);
-- Create index "recoverycode_staff_id_code_hash" to table: "recovery_codes"
CREATE UNIQUE INDEX `recoverycode_staff_id_code_hash` ON `recovery_codes` (`staff_id`, `code_hash`);
-- Create "roles" table
CREATE TABLE `roles` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT (1),
  `label_folded` text NOT NULL DEFAULT (''),
  `name` text NOT NULL,
  `label` text NOT NULL,
  `description` text NOT NULL DEFAULT (''),
  `permissions` json NOT NULL,
  `max_stock_adjustment` integer NULL,
  `is_built_in` bool NOT NULL DEFAULT (false)
);
-- Create index "roles_name_key" to table: "roles"
CREATE UNIQUE INDEX `roles_name_key` ON `roles` (`name`);
-- Create index "role_label_folded" to table: "roles"
CREATE INDEX `role_label_folded` ON `roles` (`label_folded`);
-- Create index "role_label_folded_id" to table: "roles"
CREATE INDEX `role_label_folded_id` ON `roles` (`label_folded`, `id`);
-- Create index "role_name_trgm" to table: "roles"
CREATE INDEX `role_name_trgm` ON `roles` (`name`);
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
-- Create "sessions" table
CREATE TABLE `sessions` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `token_hash` blob NOT NULL,
  `awaits_totp` bool NOT NULL DEFAULT (false),
  `last_seen_at` datetime NOT NULL,
  `expires_at` datetime NOT NULL,
  `ip` text NOT NULL DEFAULT (''),
  `user_agent` text NOT NULL DEFAULT (''),
  `staff_id` integer NOT NULL,
  CONSTRAINT `sessions_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON DELETE NO ACTION
);
-- Create index "sessions_token_hash_key" to table: "sessions"
CREATE UNIQUE INDEX `sessions_token_hash_key` ON `sessions` (`token_hash`);
-- Create index "session_staff_id_id" to table: "sessions"
CREATE INDEX `session_staff_id_id` ON `sessions` (`staff_id`, `id`);
-- Create index "session_expires_at" to table: "sessions"
CREATE INDEX `session_expires_at` ON `sessions` (`expires_at`);
-- Create "setup_links" table
CREATE TABLE `setup_links` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `token_hash` blob NOT NULL,
  `expires_at` datetime NOT NULL,
  `staff_id` integer NULL,
  `author_id` integer NULL,
  `author_token_id` integer NULL,
  CONSTRAINT `setup_links_staff_staff` FOREIGN KEY (`staff_id`) REFERENCES `staff` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `setup_links_staff_author` FOREIGN KEY (`author_id`) REFERENCES `staff` (`id`) ON DELETE NO ACTION,
  CONSTRAINT `setup_links_api_tokens_author_token` FOREIGN KEY (`author_token_id`) REFERENCES `api_tokens` (`id`) ON DELETE NO ACTION
);
-- Create index "setup_links_token_hash_key" to table: "setup_links"
CREATE UNIQUE INDEX `setup_links_token_hash_key` ON `setup_links` (`token_hash`);
-- Create index "setuplink_staff_id" to table: "setup_links"
CREATE INDEX `setuplink_staff_id` ON `setup_links` (`staff_id`);
-- Create index "setuplink_expires_at" to table: "setup_links"
CREATE INDEX `setuplink_expires_at` ON `setup_links` (`expires_at`);
-- Create "staff" table
CREATE TABLE `staff` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `updated_at` datetime NOT NULL,
  `version` integer NOT NULL DEFAULT (1),
  `name_folded` text NOT NULL DEFAULT (''),
  `email` text NOT NULL,
  `name` text NOT NULL,
  `is_active` bool NOT NULL DEFAULT (true),
  `totp_enabled` bool NOT NULL DEFAULT (false),
  `last_login_at` datetime NULL,
  `password_hash` text NULL,
  `totp_secret` text NULL,
  `totp_step` integer NOT NULL DEFAULT (0),
  `role_id` integer NOT NULL,
  CONSTRAINT `staff_roles_role` FOREIGN KEY (`role_id`) REFERENCES `roles` (`id`) ON DELETE NO ACTION
);
-- Create index "staff_email_key" to table: "staff"
CREATE UNIQUE INDEX `staff_email_key` ON `staff` (`email`);
-- Create index "staff_name_folded" to table: "staff"
CREATE INDEX `staff_name_folded` ON `staff` (`name_folded`);
-- Create index "staff_name_folded_id" to table: "staff"
CREATE INDEX `staff_name_folded_id` ON `staff` (`name_folded`, `id`);
-- Create index "staff_role_id_id" to table: "staff"
CREATE INDEX `staff_role_id_id` ON `staff` (`role_id`, `id`);
-- Create index "staff_email_trgm" to table: "staff"
CREATE INDEX `staff_email_trgm` ON `staff` (`email`);
-- Create "tallies" table
CREATE TABLE `tallies` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `name` text NOT NULL,
  `number` integer NOT NULL
);
-- Create index "tallies_name_key" to table: "tallies"
CREATE UNIQUE INDEX `tallies_name_key` ON `tallies` (`name`);
