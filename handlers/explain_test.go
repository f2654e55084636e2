//go:build large

package handlers_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// big is how many records of each kind the lists are explained over.
const big = 100_000

// few is how many rows a page may read: a page and what filters and ties cost,
// far from all of them.
const few = 5_000

// The default view of every resource, every sort by an indexed field, both ways,
// from the start and deep inside, every filter by an indexed field, and search
// on PostgreSQL: none of them reads the whole of 100,000 records. What is
// explained are the very statements of the lists.
func TestLargeListsUseIndexes(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.load()
		a.explainer().everyList()
		a.estimates()
	})
}

// load fills every table, in SQL, because the API would take a day.
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
	// A prime spreads what would otherwise grow with the id.
	const spread = "n * 7919 % 100003"
	for _, insert := range []string{
		`INSERT INTO categories (id, created_at, updated_at, name, slug, position, parent_id)
		 SELECT n, ` + at(spread) + `, ` + at(spread) + `, 'Category ' || (` + spread + `), 'category-' || n, n % 1000, NULLIF(n / 10, 0) FROM s`,
		`INSERT INTO products (id, created_at, updated_at, deleted_at, sku, name, price, stock, low_stock_at, is_active, category_id)
		 SELECT n, ` + at(spread) + `, ` + at("n") + `, CASE WHEN n % 100 = 0 THEN ` + at("n") + ` END, 'SKU-' || (` + spread + `), 'Article ' || (` + spread + `),
			n * 31 % 99991, 10, CASE WHEN n % 3 = 0 THEN n % 50 END, n % 10 <> 0, 1 + n % 5000 FROM s`,
		`INSERT INTO customers (id, created_at, updated_at, email, name, phone)
		 SELECT n, ` + at(spread) + `, ` + at("n") + `, 'c' || (` + spread + `) || '@example.com', 'Person ' || (` + spread + `), CASE WHEN n % 2 = 0 THEN '+49 ' || n END FROM s`,
		`INSERT INTO orders (id, created_at, updated_at, status, total_amount, currency, placed_at, customer_id)
		 SELECT n, ` + at("n") + `, ` + at("n") + `, CASE WHEN n % 50 = 0 THEN 'pending' WHEN n % 50 = 1 THEN 'processing' WHEN n % 50 = 2 THEN 'shipped'
			WHEN n % 10 = 3 THEN 'cancelled' ELSE 'delivered' END, n % 9999, 'EUR', ` + at("n") + `, 1 + n * 13 % 20000 FROM s`,
		`INSERT INTO order_items (id, created_at, sku, product_name, quantity, price, order_id, product_id)
		 SELECT n, ` + at("n") + `, 'SKU-' || n, 'Article ' || n, 1, n % 9999, n, 1 + n * 17 % 30000 FROM s`,
		`INSERT INTO order_events (id, created_at, kind, "to", actor, order_id)
		 SELECT n, ` + at("n") + `, 'placed', 'pending', 'system', 1 + n % 40000 FROM s`,
		`INSERT INTO inventory_movements (id, created_at, quantity_change, balance_after, reason, actor, product_id, order_item_id)
		 SELECT n, ` + at("n") + `, 1, 10, CASE WHEN n % 2 = 0 THEN 'sale' ELSE 'receipt' END, 'system', 1 + n * 17 % 30000, CASE WHEN n % 2 = 0 THEN n END FROM s`,
		`INSERT INTO roles (id, created_at, updated_at, name, label, permissions)
		 SELECT n, ` + at("n") + `, ` + at("n") + `, 'role-' || (` + spread + `), 'Role ' || (` + spread + `), '[]' FROM s`,
		`INSERT INTO staff (id, created_at, updated_at, email, name, role_id)
		 SELECT n, ` + at("n") + `, ` + at("n") + `, 's' || (` + spread + `) || '@example.com', 'Member ' || (` + spread + `), 1 + n * 13 % 20000 FROM s`,
		`INSERT INTO api_tokens (id, created_at, name, prefix, token_hash, staff_id)
		 SELECT n, ` + at("n") + `, 'Token ' || (` + spread + `), 'sk_' || n, CAST('token ' || n AS ` + a.bytes() + `), 1 + n * 13 % 20000 FROM s`,
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

// bytes is the type of columns that hold any.
func (a *api) bytes() string {
	if a.db.Dialect() == dialect.Postgres {
		return "bytea"
	}
	return "blob"
}

// told is the record of each resource that has a long history.
const told = 7

// entries makes audit entries: most of them about orders, some about every other
// resource, and of each resource many about the one record that is told of.
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

// dropIndexes removes what the tables' rows are found by and returns the
// statements that make it again, which is much faster than to keep it up to date
// row by row.
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

// estimates checks the totals that are too large to count.
func (a *api) estimates() {
	a.t.Helper()
	for _, path := range []string{"/products?limit=1", "/orders?limit=1", "/products?limit=1&include_deleted=true&is_active=true"} {
		page := a.get(path).is(200).has("total_is_estimate", true)
		total := page.int("total")
		if a.db.Dialect() == dialect.SQLite && total != 10_001 || a.db.Dialect() == dialect.Postgres && (total < big*7/10 || total > big*12/10) {
			a.t.Errorf("%s: total %d", path, total)
		}
	}
	a.get("/products?category_id=7&limit=1").has("total_is_estimate", false).has("total", 20)
}

// explainer asks the database how it answers the statements of a list.
type explainer struct {
	*api

	recorder *recorder
	lists    []listed
}

// recorder keeps the queries that pass it.
type recorder struct {
	*entsql.Driver

	mu      sync.Mutex
	queries []statement
}

type statement struct {
	query string
	args  []any
}

// Query implements dialect.Driver.
func (r *recorder) Query(ctx context.Context, query string, args, v any) error {
	values, _ := args.([]any)
	r.mu.Lock()
	r.queries = append(r.queries, statement{query, values})
	r.mu.Unlock()
	return r.Driver.Query(ctx, query, args, v)
}

// QueryContext serves the client's method of that name.
func (r *recorder) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	r.mu.Lock()
	r.queries = append(r.queries, statement{query, args})
	r.mu.Unlock()
	return r.Driver.QueryContext(ctx, query, args...)
}

func (r *recorder) taken() []statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.queries
	r.queries = nil
	return out
}

// explainer lets the server read through a recorder.
func (a *api) explainer() *explainer {
	a.t.Helper()
	r := &recorder{Driver: entsql.OpenDB(a.db.Dialect(), a.db.ReadSQL())}
	a.db.Reader = ent.NewClient(ent.Driver(r))
	return &explainer{api: a, recorder: r, lists: append(a.lists(names{"product": 7, "order": 7}), a.histories()...)}
}

// histories are the lists of what happened to one record.
func (a *api) histories() []listed {
	a.t.Helper()
	all := a.schema()
	entries := all[slices.IndexFunc(all, func(def definition.Resource) bool { return def.Name == "audit-entries" })]
	var out []listed
	for _, def := range all {
		path := fmt.Sprintf("/%s/%d/history", def.Name, told)
		if a.get(path+"?limit=1").Status == http.StatusOK { // not every resource has one
			out = append(out, listed{path: path, def: entries, hidden: "resource"})
		}
	}
	if len(out) < 5 {
		a.t.Errorf("only %d resources have a history", len(out))
	}
	return out
}

func (e *explainer) everyList() {
	e.t.Helper()
	for _, list := range e.lists {
		e.list(list, "", nil)
		e.deep(list, "")
		for i := range list.def.Fields {
			f := &list.def.Fields[i]
			if !f.Indexed || f.Name == list.hidden {
				continue
			}
			if f.Sortable && !f.Nullable { // nulls stand where the engine puts them, not always where its index does
				for _, sort := range []string{f.Name, "-" + f.Name} {
					e.list(list, "sort="+sort, nil)
					e.deep(list, "sort="+sort)
				}
			}
			for _, filter := range f.Filters {
				for _, operand := range e.operands(list, f, filter[len(f.Name):]) {
					by := f
					if strings.HasSuffix(list.path, "/stock-movements") && f.Name == "created_at" {
						by = nil // two indexes begin with the product, and either will do
					}
					e.list(list, filter+"="+url.QueryEscape(operand), by)
				}
			}
		}
		if list.search && e.db.Dialect() == dialect.Postgres {
			// A text without three letters or digits in a row has no trigram: it is
			// common or the table is read.
			for _, q := range []string{"98765@example", "Article 98765", "no such text", "e"} {
				e.list(list, "q="+url.QueryEscape(q), nil)
			}
		}
	}
}

// deep explains a page that begins far inside the list: it is found, not
// counted up to.
func (e *explainer) deep(list listed, query string) {
	e.t.Helper()
	if list.hidden != "" || list.def.Name == "timeline" {
		return // these are short
	}
	const depth = 9_000
	page := e.get(fmt.Sprintf("%s?%s&count=none&limit=1&offset=%d", list.path, query, depth)).is(200)
	e.recorder.taken()
	e.list(list, query+"&cursor="+url.QueryEscape(page.at("next_cursor").(string)), nil)
}

// operands are values that few records have.
func (e *explainer) operands(list listed, f *definition.Field, operator string) []string {
	e.t.Helper()
	one := func(sort string) []string {
		query := list.path + "?count=none&limit=1&offset=100&sort=" + sort
		if list.hidden != "" || list.def.Name == "timeline" {
			query = list.path + "?count=none&limit=1&sort=" + sort
		}
		items := e.get(query).is(200).items()
		e.recorder.taken()
		if len(items) == 0 || items[0][f.Name] == nil {
			return nil
		}
		if n, ok := items[0][f.Name].(float64); ok {
			return []string{strconv.FormatInt(int64(n), 10)}
		}
		return []string{fmt.Sprint(items[0][f.Name])}
	}
	switch operator {
	case "":
		values := append(one(f.Name), one("-"+f.Name)...)
		if len(values) == 2 && values[0] != values[1] {
			values = append(values, values[0]+","+values[1])
		}
		return values
	case "_gte", "_gt":
		return one("-" + f.Name)
	case "_lte", "_lt":
		return one(f.Name)
	case "_null":
		return []string{"true", "false"}
	default:
		e.t.Fatalf("%s: unknown operator %s", f.Name, operator)
		return nil
	}
}

// list sends the query and explains the statements that answer it.
func (e *explainer) list(list listed, query string, filtered *definition.Field) {
	e.t.Helper()
	path := list.path + "?count=none&" + query
	e.recorder.taken()
	e.get(path).is(200)
	queries := e.recorder.taken()
	if len(queries) == 0 {
		e.t.Fatalf("%s: nothing was recorded", path)
	}
	for _, q := range queries {
		var why, plan string
		if e.db.Dialect() == dialect.Postgres {
			why, plan = e.postgres(q)
		} else {
			why, plan = e.sqlite(q, filtered != nil && strings.HasPrefix(query, filtered.Name+"="))
		}
		if why != "" {
			e.t.Errorf("%s %s:\n%s\n%v\n%s", path, why, q.query, q.args, plan)
		}
	}
}

// node is a node of PostgreSQL's plan, with what it did.
type node struct {
	Type      string  `json:"Node Type"`
	Relation  string  `json:"Relation Name"`
	Rows      float64 `json:"Actual Rows"`
	Loops     float64 `json:"Actual Loops"`
	Filtered  float64 `json:"Rows Removed by Filter"`
	Rechecked float64 `json:"Rows Removed by Index Recheck"`
	Plans     []node  `json:"Plans"`
}

func (n *node) all() []node {
	out := []node{*n}
	for i := range n.Plans {
		out = append(out, n.Plans[i].all()...)
	}
	return out
}

// postgres says what is wrong with a plan, by what running it came to.
func (e *explainer) postgres(q statement) (why, plan string) {
	e.t.Helper()
	err := e.db.ReadSQL().QueryRowContext(storetest.Context(e.t), "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "+q.query, q.args...).Scan(&plan)
	if err != nil {
		e.t.Fatal(err)
	}
	var plans []struct {
		Plan node `json:"Plan"`
	}
	if err := json.Unmarshal([]byte(plan), &plans); err != nil || len(plans) != 1 {
		e.t.Fatal(err, plan)
	}
	for _, n := range plans[0].Plan.all() {
		read := (n.Rows + n.Filtered + n.Rechecked) * n.Loops
		switch {
		case n.Type == "Seq Scan":
			return "scans " + n.Relation, plan
		case read > few:
			return fmt.Sprintf("reads %.0f rows in a %s", read, n.Type), plan
		}
	}
	return "", plan
}

// sqlite says what is wrong with a plan, by its words. A search finds rows by an
// index; a scan walks a table or an index, which is fine where that is the order
// asked for, since the limit stops it, but not to look for the rows that equal a
// value. For ranges the choice is its own: it keeps no histograms.
func (e *explainer) sqlite(q statement, filtered bool) (why, plan string) {
	e.t.Helper()
	plan = e.rows("EXPLAIN QUERY PLAN "+q.query, q.args...)
	steps := strings.Split(strings.TrimSpace(plan), "\n")
	found := slices.ContainsFunc(steps, func(s string) bool { return strings.Contains(s, "detail=SEARCH ") })
	switch {
	case filtered && !found:
		return "does not search by the filter", plan
	case !found && strings.Contains(plan, "USE TEMP B-TREE FOR ORDER BY"):
		return "sorts everything", plan
	}
	return "", plan
}
