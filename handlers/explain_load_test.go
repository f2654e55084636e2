//go:build large

package handlers_test

import (
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// big is the number of records of each kind in the tables of the lists.
const big = 100_000

// load fills every table with SQL, because the API would take a day.
func (a *api) load() {
	a.t.Helper()
	numbers := fmt.Sprintf("WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d)", big)
	at := func(spread string) string {
		return "strftime('%Y-%m-%d %H:%M:%S+00:00', '2026-01-01', '+' || (" + spread + ") || ' seconds')"
	}
	if a.db.Dialect() == dialect.Postgres {
		numbers = fmt.Sprintf("WITH s AS (SELECT n FROM generate_series(1::bigint, %d) AS n)", big)
		at = func(spread string) string {
			return "timestamptz '2026-01-01 00:00:00+00' + (" + spread + ") * interval '1 second'"
		}
	}
	indexes := a.dropIndexes()
	// Multiplying with a prime spreads values that would otherwise grow with the id.
	const spread = "n * 7919 % 100003"
	for _, insert := range []string{
		`INSERT INTO categories (id, created_at, updated_at, name, name_folded, slug, position, parent_id)
		 SELECT n, ` + at(spread) + `, ` + at(spread) + `, 'Category ' || (` + spread + `), 'category ' || (` + spread + `), 'category-' || n, n % 1000, NULLIF(n / 10, 0) FROM s`,
		`INSERT INTO products (id, created_at, updated_at, deleted_at, sku, name, name_folded, price, stock, low_stock_at, is_active, category_id)
		 SELECT n, ` + at(spread) + `, ` + at("n") + `, CASE WHEN n % 100 = 0 THEN ` + at("n") + ` END, 'SKU-' || (` + spread + `), 'Article ' || (` + spread + `), 'article ' || (` + spread + `),
			n * 31 % 99991, 10, CASE WHEN n % 3 = 0 THEN n % 50 END, n % 10 <> 0, 1 + n % 5000 FROM s`,
		`INSERT INTO customers (id, created_at, updated_at, email, name, name_folded, phone)
		 SELECT n, ` + at(spread) + `, ` + at("n") + `, 'c' || (` + spread + `) || '@example.com', 'Person ' || (` + spread + `), 'person ' || (` + spread + `), CASE WHEN n % 2 = 0 THEN '+49 ' || n END FROM s`,
		`INSERT INTO orders (id, created_at, updated_at, status, total_amount, currency, placed_at, customer_id)
		 SELECT n, ` + at("n") + `, ` + at("n") + `, CASE WHEN n % 50 = 0 THEN 'pending' WHEN n % 50 = 1 THEN 'processing' WHEN n % 50 = 2 THEN 'shipped'
			WHEN n % 10 = 3 THEN 'cancelled' ELSE 'delivered' END, n % 9999, 'EUR', ` + at("n") + `, 1 + n * 13 % 20000 FROM s`,
		`INSERT INTO order_items (id, created_at, sku, product_name, quantity, price, order_id, product_id)
		 SELECT n, ` + at("n") + `, 'SKU-' || n, 'Article ' || n, 1, n % 9999, n, 1 + n * 17 % 30000 FROM s`,
		`INSERT INTO order_events (id, created_at, kind, "to", actor, order_id)
		 SELECT n, ` + at("n") + `, 'placed', 'pending', 'system', 1 + n % 40000 FROM s`,
		`INSERT INTO inventory_movements (id, created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)
		 SELECT n, ` + at("n") + `, 1, 10, CASE WHEN n % 2 = 0 THEN 'sale' ELSE 'receipt' END, 'system', 1 + n * 17 % 30000, CASE WHEN n % 2 = 0 THEN n END FROM s`,
		`INSERT INTO roles (id, created_at, updated_at, name, label, label_folded, permissions)
		 SELECT n, ` + at("n") + `, ` + at("n") + `, 'role-' || (` + spread + `), 'Role ' || (` + spread + `), 'role ' || (` + spread + `), '[]' FROM s`,
		`INSERT INTO staff (id, created_at, updated_at, email, name, name_folded, role_id)
		 SELECT n, ` + at("n") + `, ` + at("n") + `, 's' || (` + spread + `) || '@example.com', 'Member ' || (` + spread + `), 'member ' || (` + spread + `), 1 + n * 13 % 20000 FROM s`,
		`INSERT INTO api_tokens (id, created_at, name, name_folded, prefix, token_hash, staff_id)
		 SELECT n, ` + at("n") + `, 'Token ' || (` + spread + `), 'token ' || (` + spread + `), 'sk_' || n, CAST('token ' || n AS ` + a.bytes() + `), 1 + n * 13 % 20000 FROM s`,
		a.entries(at("n")),
	} {
		into, rest, _ := strings.Cut(insert, "SELECT")
		if a.db.Dialect() == dialect.SQLite {
			a.exec(into + numbers + " SELECT" + rest)
		} else {
			a.exec(numbers + " " + into + "SELECT" + rest)
		}
	}
	for _, index := range indexes {
		a.exec(index)
	}
	a.exec("ANALYZE")
}

// bytes returns the type of binary columns.
func (a *api) bytes() string {
	if a.db.Dialect() == dialect.Postgres {
		return "bytea"
	}
	return "blob"
}

// told is the id of the record of each resource that has a long history.
const told = 7

// entries inserts audit entries: most of them about orders, some about every other
// resource, and many about the record told of each resource.
func (a *api) entries(at string) string {
	a.t.Helper()
	resources := a.schema()
	var resource strings.Builder
	for i, def := range resources {
		fmt.Fprintf(&resource, " WHEN %d THEN '%s'", i, def.Name)
	}
	return `INSERT INTO audit_entries (id, created_at, actor, actor_kind, staff_id, action, resource, record_id, changes)
		 SELECT n, ` + at + `, 'somebody', CASE WHEN n / 60 % 3 = 0 THEN 'system' ELSE 'staff' END, CASE WHEN n / 60 % 3 <> 0 THEN 1 + n * 13 % 20000 END, 'update',
			CASE n % 20` + resource.String() + ` ELSE 'orders' END, CASE WHEN n % 20 < ` + strconv.Itoa(len(resources)) + ` AND n / 20 % 3 = 0 THEN ` + strconv.Itoa(told) + ` ELSE 100 + n * 17 % 30000 END, '[]' FROM s`
}

// dropIndexes drops the indexes and returns the statements that create them again, which is
// much faster than updating them for every row.
func (a *api) dropIndexes() []string {
	a.t.Helper()
	query := "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
	if a.db.Dialect() == dialect.Postgres {
		query = `SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'atlas%'`
	}
	rows, err := a.db.ReadSQL().QueryContext(storetest.Context(a.t), query)
	if err != nil {
		a.t.Fatal(err)
	}
	defer rows.Close()
	var names, indexes []string
	for rows.Next() {
		var name, index string
		if err := rows.Scan(&name, &index); err != nil {
			a.t.Fatal(err)
		}
		names, indexes = append(names, name), append(indexes, index)
	}
	if err := rows.Err(); err != nil {
		a.t.Fatal(err)
	}
	for _, name := range names {
		a.exec(fmt.Sprintf("DROP INDEX %q", name))
	}
	return indexes
}
