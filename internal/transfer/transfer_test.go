package transfer_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/schema/field"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/transfer"
)

func open(t *testing.T, name string) *store.DB {
	t.Helper()
	if name == dialect.SQLite {
		return storetest.SQLite(t)
	}
	return storetest.Postgres(t)
}

// ways runs the test for every pair of databases.
func ways(t *testing.T, test func(t *testing.T, from, to *store.DB)) {
	t.Helper()
	for _, from := range []string{dialect.SQLite, dialect.Postgres} {
		for _, to := range []string{dialect.SQLite, dialect.Postgres} {
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				test(t, open(t, from), open(t, to))
			})
		}
	}
}

// empty is the fingerprint after an erasure, as a literal: no bytes, which is not NULL.
var empty = map[string]string{dialect.SQLite: "x''", dialect.Postgres: "''::bytea"}

// furnish makes a shop with something unusual in every table.
func furnish(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := storetest.Context(t)
	if _, err := seed.Run(ctx, db, seed.Options{Products: 60, Customers: 20, Orders: 80, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		err := tx.IdempotencyKey.Create().SetCaller("c").SetKey("k").SetFingerprint([]byte{0, 1, 255}).SetStatus(201).
			SetBody([]byte(`{"body":{"b":1,"a":"\u00e9\u2603"}}`)).SetExpiresAt(shop.Now()).Exec(ctx)
		if err != nil {
			return err
		}
		// A parent with a larger id than its child, and text of every sort.
		parent, err := tx.Category.Create().SetName("Öl & \"Essig\" \\ ☃ '").SetSlug("oil").Save(ctx)
		if err != nil {
			return err
		}
		if err := tx.Category.UpdateOneID(1).SetParentID(parent.ID).Exec(ctx); err != nil {
			return err
		}
		packer := tx.Role.Create().SetName("packer").SetLabel("Packer").SetPermissions([]access.Permission{"orders:read"})
		if err := packer.Exec(ctx); err != nil {
			return err
		}
		return tx.Customer.Create().SetEmail("x@example.com").SetName("\tX\n").SetNote(strings.Repeat("☃", 100)).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	// The last record is removed for good. Its id must not be used again.
	for _, statement := range []string{
		"UPDATE products SET price = 9007199254740991, deleted_at = updated_at WHERE id = 2",
		`UPDATE audit_entries SET changes = '[{"field":"x","before":-9223372036854775808,"after":[1e3,1.50,{"deep":[9007199254740993]}]}]' WHERE id = 1`,
		"DELETE FROM customers WHERE email = 'x@example.com'",
		"INSERT INTO idempotency_keys (created_at, caller, key, fingerprint, status, body, expires_at) " +
			"SELECT created_at, caller, 'erased', " + empty[db.Dialect()] + ", status, body, expires_at FROM idempotency_keys",
	} {
		storetest.SQL(t, db, statement)
	}
}

// content returns the rows of every table as text.
func content(t *testing.T, db *store.DB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, table := range migrate.Tables {
		rows, err := db.ReadSQL().QueryContext(t.Context(), "SELECT * FROM "+table.Name+" ORDER BY id")
		if err != nil {
			t.Fatal(err)
		}
		out[table.Name] = lines(t, rows)
	}
	return out
}

func lines(t *testing.T, rows *sql.Rows) []string {
	t.Helper()
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		columns := map[string]string{}
		for i, v := range values {
			columns[names[i]] = plain(*v.(*any))
		}
		out = append(out, fmt.Sprint(columns))
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

// plain returns the same text for values that mean the same.
func plain(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "1"
		}
		return "0"
	case interface{ UnixMicro() int64 }:
		return strconv.FormatInt(v.UnixMicro(), 10)
	case []byte:
		return document(string(v))
	case string:
		return document(v)
	default:
		return fmt.Sprint(v)
	}
}

// document gives JSON lists and objects one form, whatever form the database stores, and
// returns any other text unchanged.
func document(text string) string {
	if !strings.HasPrefix(text, "[") && !strings.HasPrefix(text, "{") || !json.Valid([]byte(text)) {
		return text
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var parsed any
	if err := decoder.Decode(&parsed); err != nil {
		return text
	}
	return fmt.Sprint(rational(parsed)) // keys in order
}

// rational makes equal numbers the same, and no others.
func rational(value any) any {
	switch v := value.(type) {
	case json.Number:
		number, _ := new(big.Rat).SetString(v.String())
		return number.RatString()
	case []any:
		for i := range v {
			v[i] = rational(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = rational(v[name])
		}
	}
	return value
}

// A copy has every row of every table, its books agree, and its ids continue where the
// source's would; a copy of the copy is the same again.
func TestCopy(t *testing.T) {
	t.Parallel()
	ways(t, func(t *testing.T, from, to *store.DB) {
		ctx := storetest.Context(t)
		furnish(t, from)
		done := map[string]int64{}
		report, err := transfer.Run(ctx, from, to, func(stage string, rows, total int64) {
			if rows > total {
				t.Errorf("%s: %d of %d", stage, rows, total)
			}
			done[stage] = rows
		})
		if err != nil {
			t.Fatal(err)
		}
		before, after := content(t, from), content(t, to)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error("(-source +target):\n" + diff)
		}
		for _, table := range report.Tables {
			if n := int64(len(after[table.Name])); n != table.Rows || done[table.Name] != n || len(table.Digest) != 32 {
				t.Errorf("%+v, but %d rows, %d shown", table, n, done[table.Name])
			}
			if table.Rows == 0 && slices.Contains([]string{"categories", "products", "customers", "orders", "idempotency_keys"}, table.Name) {
				t.Errorf("%s was empty: the test proves nothing about it", table.Name)
			}
		}
		if len(report.Tables) != len(migrate.Tables) {
			t.Errorf("%d tables of %d", len(report.Tables), len(migrate.Tables))
		}
		if books, err := reconcile.Run(ctx, to, reconcile.Options{}); err != nil || !books.OK {
			t.Errorf("%+v %v", books, err)
		}
		for i, db := range []*store.DB{from, to} {
			id := shoptest.Customers(t, db, 1)[0]
			if want := int64(22); id != want { // 20 seeded ones, the removed one, this one
				t.Errorf("database %d goes on with customer %d, want %d", i, id, want)
			}
		}
	})
}

// In SQLite, JSON is text and bytes are a blob, whether a server or a copy wrote them.
func TestStorageClasses(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := open(t, name), storetest.SQLite(t)
			furnish(t, from)
			if _, err := transfer.Run(storetest.Context(t), from, to, nil); err != nil {
				t.Fatal(err)
			}
			classed(t, to)
			if from.Dialect() == to.Dialect() {
				classed(t, from)
			}
		})
	}
}

func classed(t *testing.T, db *store.DB) {
	t.Helper()
	for _, table := range migrate.Tables {
		for _, column := range table.Columns {
			want, ok := map[field.Type]string{field.TypeJSON: "text", field.TypeBytes: "blob"}[column.Type]
			if !ok {
				continue
			}
			var others int
			query := fmt.Sprintf("SELECT COUNT(*) FROM %s WHERE typeof(%s) NOT IN ('%s', 'null')", table.Name, column.Name, want)
			if err := db.ReadSQL().QueryRowContext(t.Context(), query).Scan(&others); err != nil || others > 0 {
				t.Errorf("%s.%s: %d are not of the class %s, %v", table.Name, column.Name, others, want, err)
			}
		}
	}
}

// The digests of one shop are the same on both databases, also in those that were
// reconciled while they were empty.
func TestDigestsAgree(t *testing.T) {
	t.Parallel()
	ctx := storetest.Context(t)
	lite, pg, back := storetest.SQLite(t), storetest.Postgres(t), storetest.SQLite(t)
	furnish(t, lite)
	for _, db := range []*store.DB{lite, pg, back} {
		if _, err := reconcile.Prove(ctx, db, reconcile.Options{}, false); err != nil {
			t.Fatal(err)
		}
	}
	there, err := transfer.Run(ctx, lite, pg, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := transfer.Run(ctx, pg, back, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(there, again); diff != "" {
		t.Error(diff)
	}
}

// A target with a row in any table is refused, and left as it is.
func TestTargetMustBeEmpty(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, to *store.DB) {
		ctx := storetest.Context(t)
		from := storetest.SQLite(t)
		furnish(t, from)
		shoptest.Customers(t, to, 1)
		if _, err := reconcile.Prove(ctx, to, reconcile.Options{}, false); err != nil {
			t.Fatal(err)
		}
		before := content(t, to)
		_, err := transfer.Run(ctx, from, to, nil)
		if shop.KindOf(err) != shop.KindConflict || !strings.Contains(err.Error(), "the target has rows in audit_entries") { // the entry about the customer
			t.Errorf("%v", err)
		}
		if diff := cmp.Diff(before, content(t, to)); diff != "" {
			t.Error(diff)
		}
	})
}

// A copy that fails midway leaves nothing behind.
func TestCopyFails(t *testing.T) {
	t.Parallel()
	ways(t, func(t *testing.T, from, to *store.DB) {
		furnish(t, from)
		before := content(t, to)
		for _, stage := range []string{"categories", "orders", "inventory_movements"} {
			ctx, cancel := context.WithCancel(storetest.Context(t))
			_, err := transfer.Run(ctx, from, to, func(at string, _, _ int64) {
				if at == stage {
					cancel()
				}
			})
			cancel()
			if err == nil {
				t.Errorf("%s: the copy was not cancelled", stage)
			}
			if diff := cmp.Diff(before, content(t, to)); diff != "" {
				t.Errorf("%s: %s", stage, diff)
			}
		}
		if _, err := transfer.Run(storetest.Context(t), from, to, nil); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}
