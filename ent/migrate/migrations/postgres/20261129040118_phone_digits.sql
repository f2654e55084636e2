-- Modify "customers" table
ALTER TABLE "customers" ADD COLUMN "phone_digits" character varying(50) NULL;
