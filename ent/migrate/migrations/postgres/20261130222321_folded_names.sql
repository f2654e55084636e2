-- Drop index "api_token_name_trgm" from table: "api_tokens"
DROP INDEX "api_token_name_trgm";
-- Modify "api_tokens" table
ALTER TABLE "api_tokens" ADD COLUMN "name_folded" text NOT NULL DEFAULT '';
-- Create index "apitoken_name_folded" to table: "api_tokens"
CREATE INDEX "apitoken_name_folded" ON "api_tokens" USING gin ("name_folded" gin_trgm_ops);
-- Drop index "category_name_trgm" from table: "categories"
DROP INDEX "category_name_trgm";
-- Modify "categories" table
ALTER TABLE "categories" ADD COLUMN "name_folded" text NOT NULL DEFAULT '';
-- Create index "category_name_folded" to table: "categories"
CREATE INDEX "category_name_folded" ON "categories" USING gin ("name_folded" gin_trgm_ops);
-- Drop index "customer_name_trgm" from table: "customers"
DROP INDEX "customer_name_trgm";
-- Modify "customers" table
ALTER TABLE "customers" ADD COLUMN "name_folded" text NOT NULL DEFAULT '';
-- Create index "customer_name_folded" to table: "customers"
CREATE INDEX "customer_name_folded" ON "customers" USING gin ("name_folded" gin_trgm_ops);
-- Drop index "product_name_trgm" from table: "products"
DROP INDEX "product_name_trgm";
-- Modify "products" table
ALTER TABLE "products" ADD COLUMN "name_folded" text NOT NULL DEFAULT '';
-- Create index "product_name_folded" to table: "products"
CREATE INDEX "product_name_folded" ON "products" USING gin ("name_folded" gin_trgm_ops);
-- Drop index "role_label_trgm" from table: "roles"
DROP INDEX "role_label_trgm";
-- Modify "roles" table
ALTER TABLE "roles" ADD COLUMN "label_folded" text NOT NULL DEFAULT '';
-- Create index "role_label_folded" to table: "roles"
CREATE INDEX "role_label_folded" ON "roles" USING gin ("label_folded" gin_trgm_ops);
-- Drop index "staff_name_trgm" from table: "staff"
DROP INDEX "staff_name_trgm";
-- Modify "staff" table
ALTER TABLE "staff" ADD COLUMN "name_folded" text NOT NULL DEFAULT '';
-- Create index "staff_name_folded" to table: "staff"
CREATE INDEX "staff_name_folded" ON "staff" USING gin ("name_folded" gin_trgm_ops);
