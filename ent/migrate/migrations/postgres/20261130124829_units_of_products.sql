-- Create index "productsales_span_since_currency_units_product_id" to table: "product_sales"
CREATE INDEX "productsales_span_since_currency_units_product_id" ON "product_sales" ("span", "since", "currency", "units", "product_id");
