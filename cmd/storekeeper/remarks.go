package main

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

// sayUnknown warns of variables that set nothing, perhaps because they are misspelt. It is no
// error: the next version or the last one may know them, and both read the same file while
// servers are replaced.
func sayUnknown(ctx context.Context, a *app) {
	if len(a.unknown) > 0 {
		a.log.WarnContext(ctx, "these environment variables set nothing, as no flag has them: see storekeeper serve --help",
			"names", a.unknown)
	}
}

// sayCurrency warns if the newest order is in another currency than the shop. Prices are
// plain numbers of minor units, so in another currency they are different prices. If
// --currency was forgotten, the warning comes before the first order.
func sayCurrency(ctx context.Context, a *app, db *store.DB) error {
	last, err := db.Client.Order.Query().
		Order(order.ByID(sql.OrderDesc())).
		Limit(1).
		Select(order.FieldCurrency).
		Strings(access.System(ctx))
	if err != nil {
		return fmt.Errorf("read the currency of the newest order: %w", err)
	}
	if len(last) == 1 && last[0] != string(a.currency) {
		a.log.WarnContext(ctx, "the newest order is in another currency than the shop: all prices are now amounts in the "+
			"shop's currency, so set --currency unless this was intended", "shop", a.currency, "newest_order", last[0])
	}
	return nil
}

// sayLetters warns if searches in the database do not find ž-1 for Ž-1, because of its
// locale. Names are found all the same, as they are folded.
func sayLetters(ctx context.Context, a *app, db *store.DB) error {
	knows, err := db.KnowsLetters(ctx)
	if err != nil {
		return err
	}
	if !knows {
		a.log.WarnContext(ctx, "with the locale of the database, searches for SKUs are case-sensitive for some letters beyond ASCII: "+
			"create a database with LOCALE 'C.UTF-8' and copy the shop into it (docs/operations.md)")
	}
	return nil
}

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
