package listquery_test

import (
	"fmt"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// fillProducts adds n products whose names, prices and times have ties.
func fillProducts(t *testing.T, db *store.DB, n int) {
	t.Helper()
	fillCategories(t, db, 1)
	created, analyze := "datetime('now', '-' || (i / 3) || ' seconds') || '+00:00'", "ANALYZE"
	if db.Dialect() == dialect.Postgres {
		created = "CURRENT_TIMESTAMP - (i / 3) * interval '1 second'"
		analyze = "VACUUM ANALYZE products" // VACUUM also empties the pending lists of the trigram indexes
	}
	storetest.SQL(t, db, fmt.Sprintf(`
			WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < %d)
			INSERT INTO products (created_at, updated_at, version, sku, name, name_folded, description, price, stock, is_active, category_id)
			SELECT %s, CURRENT_TIMESTAMP, 1, 'SKU-' || i, 'Product ' || (i / 7), 'product ' || (i / 7), '', i %% 500, 0, true, (SELECT id FROM categories)
			FROM numbers`, n, created))
	storetest.SQL(t, db, analyze)
}

// plan returns the database's plan for a page of products.
func plan(t *testing.T, db *store.DB, q *listquery.Query) string {
	t.Helper()
	return planOf(t, db, "products", q)
}

func planOf(t *testing.T, db *store.DB, table string, q *listquery.Query) string {
	t.Helper()
	b := sql.Dialect(db.Dialect())
	s := b.Select("id", "name").From(b.Table(table))
	q.Where(s)
	q.Order(s)
	query, args := s.Limit(q.Limit()).Query()
	explain := "EXPLAIN "
	if db.Dialect() == dialect.SQLite {
		explain = "EXPLAIN QUERY PLAN "
	}
	rows, err := db.ReadSQL().QueryContext(storetest.Context(t), explain+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var lines strings.Builder
	for rows.Next() {
		var id, parent, unused int64
		var line string
		into := []any{&line}
		if db.Dialect() == dialect.SQLite {
			into = []any{&id, &parent, &unused, &line}
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		lines.WriteString(line + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines.String()
}

// Pages in the middle of an indexed order are found in the index, without
// reading what comes before and without sorting.
func TestIndexesServePages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fillProducts(t, db, 20_000)
		middle, err := db.Reader.Product.Get(storetest.Context(t), 10_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, sort := range []string{"", "id", "-id", "name", "-name", "price", "-price", "created_at", "-created_at"} {
			query := "limit=25"
			if sort != "" {
				query += "&sort=" + sort
			}
			first := parse(t, products(), query)
			next := parse(t, products(), query+"&cursor="+first.NextCursor(valueOf(middle)))
			for _, q := range []*listquery.Query{first, next} {
				got := plan(t, db, q)
				if db.Dialect() == dialect.Postgres {
					if !strings.Contains(got, "Index Scan") || strings.Contains(got, "Sort") || strings.Contains(got, "Seq Scan") ||
						q == next && !strings.Contains(got, "Index Cond: ") {
						t.Errorf("sort=%s:\n%s", sort, got)
					}
					continue
				}
				if strings.Contains(got, "TEMP B-TREE") || q == next && !strings.Contains(got, "SEARCH") {
					t.Errorf("sort=%s:\n%s", sort, got)
				}
			}
		}
		// With different directions, the bound on the first field still finds the position
		// in its index.
		first := parse(t, products(), "sort=-created_at,name")
		got := plan(t, db, parse(t, products(), "sort=-created_at,name&cursor="+first.NextCursor(valueOf(middle))))
		if !strings.Contains(got, "product_created_at_id") || db.Dialect() == dialect.Postgres && !strings.Contains(got, "Index Cond: ") {
			t.Errorf("sort=-created_at,name:\n%s", got)
		}
	})
}

// The trigram indexes find a telephone number however it is typed, also in words of two
// digits.
func TestTrigramIndexesServeNumbers(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	storetest.SQL(t, db, `INSERT INTO customers (created_at, updated_at, version, email, name, name_folded, phone, phone_digits)
		SELECT CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1, i || '@example.com', 'Person ' || i, 'person ' || i, '+49 176 ' || n, '49176' || n
		FROM generate_series(1, 20000) AS i, LATERAL (SELECT 1000000 + i::bigint * 7919 * 7919 % 1000003 AS n) AS number`)
	storetest.SQL(t, db, "VACUUM ANALYZE customers")
	for _, query := range []string{"q=01761234567", "q=%2B49+176+1234567", "q=1761234567", "q=01&q=76&q=12&q=34&q=56&q=7", "q=person&q=0176&q=123&q=4567"} {
		got := planOf(t, db, "customers", parse(t, customers(), query))
		if !strings.Contains(got, "customer_phone_digits_trgm") || strings.Contains(got, "Seq Scan") || strings.Contains(got, "Index Scan using") {
			t.Errorf("%s:\n%s", query, got)
		}
	}
}

// Substring search on PostgreSQL uses the trigram indexes, combined by OR.
func TestTrigramIndexesServeSearch(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	fillProducts(t, db, 20_000)
	got := plan(t, db, parse(t, products(), "q=sku-1234"))
	if !strings.Contains(got, "product_sku_trgm") || !strings.Contains(got, "product_name_folded") || strings.Contains(got, "Seq Scan") {
		t.Error(got)
	}
}
