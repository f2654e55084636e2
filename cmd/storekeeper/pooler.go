package main

import (
	"context"

	"github.com/storekeeper/storekeeper/internal/store"
)

// sayPooler logs what a pooler in front of the database changes.
func sayPooler(ctx context.Context, a *app, db *store.DB) {
	if db.Pooled() {
		a.log.InfoContext(ctx, "a pooler such as PgBouncer is in front of PostgreSQL: statements are not kept prepared, "+
			"unless the database URL has default_query_exec_mode=cache_statement")
	}
	if !db.Limited() {
		a.log.WarnContext(ctx, "the pooler does not pass on --statement-timeout and --lock-timeout: set them on the role in PostgreSQL, "+
			"for example ALTER ROLE storekeeper SET statement_timeout = '30s'; until then only --request-timeout ends statements")
	}
}
