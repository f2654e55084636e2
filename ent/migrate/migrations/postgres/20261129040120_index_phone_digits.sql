-- Create index "customer_phone_digits_trgm" to table: "customers"
CREATE INDEX "customer_phone_digits_trgm" ON "customers" USING gin ("phone_digits" gin_trgm_ops);
