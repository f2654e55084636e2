package store_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// everything is what ent finds, of every kind of column and of way to ask.
func everything(ctx context.Context, client *ent.Client) ([]any, error) {
	var all []any
	add := func(v any, err error) error {
		all = append(all, v)
		return err
	}
	var sums []struct {
		CategoryID int64   `json:"category_id"`
		Sum        int64   `json:"sum"`
		Mean       float64 `json:"mean"`
	}
	for _, ask := range []func() error{
		func() error { return add(client.Product.Query().Order(ent.Asc("id")).All(ctx)) },
		func() error { return add(client.Product.Query().Where(product.Stock(-1)).All(ctx)) },
		func() error {
			return add(client.Category.Query().WithParent().WithChildren().Order(ent.Asc("id")).All(ctx))
		},
		func() error { return add(client.OrderItem.Query().WithOrder().WithProduct().All(ctx)) },
		func() error { return add(client.InventoryMovement.Query().Order(ent.Asc("id")).All(ctx)) },
		func() error { return add(client.AuditEntry.Query().Order(ent.Asc("id")).All(ctx)) },
		func() error { return add(client.Product.Query().Count(ctx)) },
		func() error { return add(client.Product.Query().Where(product.Stock(-1)).Exist(ctx)) },
		func() error { return add(client.Product.Query().Order(ent.Asc("id")).IDs(ctx)) },
		func() error { return add(client.Product.Query().Order(ent.Asc("id")).Select("name").Strings(ctx)) },
		func() error {
			return add(client.Product.Query().Select("id", "low_stock_at", "deleted_at").Order(ent.Asc("id")).All(ctx))
		},
		func() error {
			err := client.Product.Query().Order(ent.Asc("category_id")).GroupBy("category_id").Aggregate(ent.As(ent.Sum("stock"), "sum"), ent.As(ent.Mean("price"), "mean")).Scan(ctx, &sums)
			return add(sums, err)
		},
	} {
		if err := ask(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// What a query finds on PostgreSQL, which is read through pgx itself, is what ent
// finds through database/sql, inside of a transaction and outside.
func TestRows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products, customers := shoptest.Products(t, db, 5, 10), shoptest.Customers(t, db, 2)
		shoptest.Order(t, db, customers[0], products[0], products[1])
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(products[2]).
				SetName("Ä \"quoted\" \\ $1 ☕").SetDescription(strings.Repeat("long ", 400)).SetLowStockAt(3).SetIsActive(false).Exec(ctx)
		})
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Product.DeleteOneID(products[3]).Exec(ctx) })

		ctx := storetest.Context(t)
		plain := ent.NewClient(ent.Driver(entsql.OpenDB(db.Dialect(), db.ReadSQL())))
		outside, err := everything(ctx, plain)
		if err != nil {
			t.Fatal(err)
		}
		for _, also := range []context.Context{ctx, store.Replan(ctx)} {
			again, err := everything(also, db.Client)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, again, outside)
		}
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			inside, err := everything(ctx, tx)
			compare(t, inside, outside)
			return err
		})
	})
}

// compare looks at the fields of records alone, not at the clients that they keep.
func compare(t *testing.T, got, want []any) {
	t.Helper()
	for i := range want {
		if g, w := plain(reflect.ValueOf(got[i])), plain(reflect.ValueOf(want[i])); !reflect.DeepEqual(g, w) {
			t.Errorf("question %d: got\n%v\nwant\n%v", i, g, w)
		}
	}
}

// plain makes maps and lists of what is exported.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	case reflect.Struct:
		if at, ok := reflect.TypeAssert[time.Time](v); ok {
			return at.String()
		}
		fields := map[string]any{}
		for _, f := range reflect.VisibleFields(v.Type()) {
			if f.IsExported() && len(f.Index) == 1 {
				fields[f.Name] = plain(v.FieldByIndex(f.Index))
			}
		}
		return fields
	default:
		return v.Interface()
	}
}

// Connections that were lost while nobody used them are replaced unnoticed.
func TestRowsAfterLoss(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		id := shoptest.Products(t, db, 1, 1)[0]
		for range 3 {
			if db.Dialect() == "postgres" {
				cut(t, db)
			}
			if n, err := db.Reader.Product.Query().Count(ctx); err != nil || n != 1 {
				t.Errorf("%d, %v", n, err)
			}
			if db.Dialect() == "postgres" {
				cut(t, db)
			}
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(id).AddLowStockAt(1).Exec(ctx)
			})
		}
	})
}

// cut ends every connection to the database but the one that says so.
func cut(t *testing.T, db *store.DB) {
	t.Helper()
	_, err := db.SQL().ExecContext(t.Context(),
		`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err != nil {
		t.Fatal(err)
	}
}
