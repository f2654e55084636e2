-- Modify "setup_links" table
ALTER TABLE "setup_links" ADD COLUMN "author_id" bigint NULL, ADD COLUMN "author_token_id" bigint NULL, ADD
CONSTRAINT "setup_links_api_tokens_author_token" FOREIGN KEY ("author_token_id") REFERENCES "api_tokens" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, ADD
CONSTRAINT "setup_links_staff_author" FOREIGN KEY ("author_id") REFERENCES "staff" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
