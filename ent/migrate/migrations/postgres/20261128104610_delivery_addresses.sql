-- Modify "customers" table
ALTER TABLE "customers" ADD COLUMN "address" character varying(500) NULL;
-- Modify "orders" table
ALTER TABLE "orders" ADD COLUMN "delivery_address" character varying(500) NULL;
