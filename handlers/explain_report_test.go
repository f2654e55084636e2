//go:build large

package handlers_test

import (
	"strings"

	"entgo.io/ent/dialect"
)

// everyReport checks that reports read no more than their period, searches no more than the
// possible matches, and the personal data of a customer no more than is about them. The
// orders were placed a second apart, over 28 hours of 2026-01-01 and 02.
func (e *explainer) everyReport() {
	e.t.Helper()
	const hour = "from=2026-01-01T12:00:00Z&to=2026-01-01T13:00:00Z&tz=Asia/Kathmandu" // 3,600 orders
	for _, path := range []string{
		"/reports/summary?" + hour,
		"/reports/sales?by=day&" + hour,
		"/reports/sales?by=product&" + hour,
		"/reports/sales?by=product&sort=-units&" + hour,
		"/reports/sales?by=category&" + hour,
		"/reports/returns?from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z&tz=UTC",
		"/reports/unpacked?limit=100",
		"/reports/customers/14",
		"/products/18/stock-series?from=2025-06-01T00:00:00Z&to=2026-06-01T00:00:00Z&tz=America/New_York",
		"/products/18/stock",
		"/customers/14/personal-data",
	} {
		e.bounded(path)
	}
	e.get("/reports/stock-levels").is(200)
	if e.db.Dialect() == dialect.SQLite {
		e.get("/reports/orders-by-status").has("items.3.count", big*84/100).has("items.3.count_is_estimate", false)
	} else {
		e.get("/reports/orders-by-status").has("items.1.count_is_estimate", false).has("items.3.count_is_estimate", true)
	}
	for _, q := range []string{"SKU-98765", "sku-987", "rticle 98765", "98765@example", "no such text", "98765 article", "7 e", "10987", "%2350", "1", "e", "zq", "--"} {
		e.bounded("/search?q=" + strings.ReplaceAll(q, " ", "+"))
	}
}

// bounded checks the statements that answer the path. The hour has 3,600 orders, so reading
// a table of 100,000 is noticed.
func (e *explainer) bounded(path string) {
	e.t.Helper()
	e.recorder.taken()
	e.get(path).is(200)
	queries := e.recorder.taken()
	if len(queries) == 0 {
		e.t.Fatalf("%s: nothing was recorded", path)
	}
	for _, q := range queries {
		if e.db.Dialect() == dialect.Postgres {
			e.reads(path, q)
		} else {
			e.searches(path, q)
		}
	}
}

// reads fails the test if PostgreSQL reads many more rows than there are in the period, or
// than the newest records that are searched for texts without trigrams. It may read all
// products to find those of a period's items.
func (e *explainer) reads(path string, q statement) {
	e.t.Helper()
	most := float64(few)
	if strings.Contains(path, "/search") {
		most = 11_000
	}
	nodes, plan := e.ran(q)
	for _, n := range nodes {
		read := (n.Rows + n.Filtered + n.Rechecked) * max(n.Loops, 1)
		if read > most && (!strings.Contains(path, "by=category") || n.Relation != "products") {
			e.t.Errorf("%s reads %.0f rows in a %s of %s:\n%s\n%v\n%s", path, read, n.Type, n.Relation, q.query, q.args, plan)
		}
	}
}

// searches fails the test if SQLite walks a whole table. It may walk lists of the statement
// itself, the newest records up to a limit, and what it found by index.
func (e *explainer) searches(path string, q statement) {
	e.t.Helper()
	plan := e.rows("EXPLAIN QUERY PLAN "+q.query, q.args...)
	for step := range strings.SplitSeq(plan, "\n") {
		for _, table := range []string{"o", "i", "m", "orders", "order_items", "inventory_movements", "products", "p", "customers", "c", "audit_entries", "order_events"} {
			walks := strings.HasSuffix(step, "SCAN "+table) || strings.Contains(step, "SCAN "+table+" ")
			newest := strings.Contains(path, "/search") && strings.Contains(q.query, "ORDER BY id DESC LIMIT")
			if walks && !newest {
				e.t.Errorf("%s walks %s:\n%s\n%s", path, table, q.query, plan)
			}
		}
	}
}
