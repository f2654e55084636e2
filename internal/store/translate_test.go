package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A foreign key that refers to nothing is told by its field where the database tells
// it, and is not taken for a record that others refer to.
func TestForeignKeys(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		customer := shoptest.Customers(t, db, 1)[0]
		product := shoptest.Products(t, db, 1, 1)[0]
		add := func(product int64) error {
			_, err := db.SQL().ExecContext(t.Context(), `INSERT INTO cart_items (created_at, quantity, customer_id, product_id)
VALUES ('2026-11-01 10:00:00+00:00', 1, $1, $2)`, customer, product)
			return store.Translate(err)
		}
		if err := add(product); err != nil {
			t.Fatal(err)
		}
		if dangling := add(4711); db.Dialect() == dialect.Postgres {
			shoptest.Invalid(t, dangling, "product_id")
		} else {
			shoptest.Refused(t, dangling, shop.KindConflict)
		}
		_, err := db.SQL().ExecContext(t.Context(), "DELETE FROM products WHERE id = $1", product)
		shoptest.Refused(t, store.Translate(err), shop.KindConflict)
	})
}

// Whatever PostgreSQL says is taken, is told by the names of its columns.
func TestUniqueColumns(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	rows, err := db.SQL().QueryContext(t.Context(), `
SELECT c.relname, string_agg(a.attname, ',' ORDER BY array_position(i.indkey::int[], a.attnum::int))
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	indexes := 0
	for rows.Next() {
		var name, columns string
		if err := rows.Scan(&name, &columns); err != nil {
			t.Fatal(err)
		}
		indexes++
		taken := &pgconn.PgError{Code: "23505", ConstraintName: name}
		if !store.UniqueViolation(taken, strings.Split(columns, ",")...) {
			t.Errorf("%s is not known to be on %s", name, columns)
		}
	}
	if err := rows.Err(); err != nil || indexes < 10 {
		t.Errorf("%d unique indexes, %v", indexes, err)
	}
}

// A database that does not name the constraint, as Citus, is told by the columns of its
// detail, or without any.
func TestNamelessConstraints(t *testing.T) {
	t.Parallel()
	key := &pgconn.PgError{Code: "23505", Detail: "Key (caller, key)=(1, a)=(b) already exists."}
	if !store.UniqueViolation(key, "caller", "key") {
		t.Error("the columns of the detail are not known")
	}
	for _, c := range []struct {
		code, detail, says string
		kind               shop.Kind
	}{
		{"23505", "Schlüssel »(sku)=(A)« existiert bereits.", "another record has the same sku", shop.KindConflict},
		{"23505", "", "another record has what only one may have", shop.KindConflict},
		{"23514", "", "breaks a rule of the database", shop.KindInvalid},
		{"23503", "", "refers to a record that does not exist, or is referred to", shop.KindConflict},
	} {
		err := shoptest.Refusal(t, store.Translate(&pgconn.PgError{Code: c.code, Detail: c.detail}), c.kind)
		if err.Message != c.says || slices.ContainsFunc(err.Fields, func(f shop.FieldError) bool { return f.Location == "" }) {
			t.Errorf("%s: %q, %v", c.code, err.Message, err.Fields)
		}
	}
}

// What ent's validators refuse is told in the words of the API.
func TestValidators(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.SQLite(t), storetest.Context(t)
	long := strings.Repeat("ä", 20_000)
	type creation interface {
		Exec(ctx context.Context) error
	}
	customer := func(tx *ent.Client) *ent.CustomerCreate {
		return tx.Customer.Create().SetEmail("a@shop.test").SetName("A")
	}
	for want, create := range map[string]func(tx *ent.Client) creation{
		"name: is empty or too short":             func(tx *ent.Client) creation { return customer(tx).SetName("") },
		"name: expected at most 255 characters":   func(tx *ent.Client) creation { return customer(tx).SetName(long) },
		"note: expected at most 10000 characters": func(tx *ent.Client) creation { return customer(tx).SetNote(long) },
		"email: expected an email address such as jane@example.com": func(tx *ent.Client) creation {
			return customer(tx).SetEmail("a")
		},
		`name: missing required field "Customer.name"`: func(tx *ent.Client) creation {
			return tx.Customer.Create().SetEmail("a@shop.test")
		},
		"position: value out of range": func(tx *ent.Client) creation {
			return tx.Category.Create().SetName("A").SetSlug("a").SetPosition(-9_000_000)
		},
		"name: is too long": func(tx *ent.Client) creation { return tx.Tally.Create().SetName(long).SetNumber(1) }, // in no audit trail
	} {
		err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return create(tx).Exec(ctx) })
		if shop.KindOf(err) != shop.KindInvalid || err.Error() != "validation failed: "+want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
