package invariant_test

import (
	"context"
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func slugIn(slugs ...string) predicate.Category { return category.SlugIn(slugs...) }

// Deleted records are left out of every kind of query, unless the caller asks for them.
func TestDeletedAreHidden(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		products := shoptest.Products(t, db, 2, 10)
		owner := shoptest.Customers(t, db, 1)[0]
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			err := tx.CartItem.Create().SetCustomerID(owner).SetProductID(products[0]).SetQuantity(1).Exec(ctx)
			if err != nil {
				return err
			}
			return tx.Product.DeleteOneID(products[0]).Exec(ctx)
		})
		all := invariant.WithDeleted(ctx)
		for _, client := range []*ent.Client{db.Client, db.Reader} {
			if n := client.Product.Query().CountX(ctx); n != 1 {
				t.Errorf("%d counted", n)
			}
			if n := client.Product.Query().CountX(all); n != 2 {
				t.Errorf("%d counted with the deleted", n)
			}
			if _, err := client.Product.Get(ctx, products[0]); !ent.IsNotFound(err) {
				t.Errorf("get: %v", err)
			}
			if p := client.Product.GetX(all, products[0]); p.DeletedAt == nil || p.Version != 2 {
				t.Errorf("the deleted product: %v", p)
			}
			line := client.CartItem.Query().WithProduct().OnlyX(ctx)
			if line.Edges.Product != nil {
				t.Error("seen by loading an edge")
			}
			if n := line.QueryProduct().CountX(ctx); n != 0 {
				t.Error("seen by following an edge")
			}
			if n := client.CartItem.Query().QueryProduct().CountX(all); n != 1 {
				t.Error("not seen by following an edge with the deleted")
			}
			if n := len(client.Product.Query().Select(product.FieldSku).StringsX(ctx)); n != 1 {
				t.Errorf("%d selected", n)
			}
		}
	})
}

// Deleted records cannot be edited or deleted again, alone or in bulk, but they can be
// restored. Every change raises the version once.
func TestLifeOfARecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		id := shoptest.Customers(t, db, 2)[0]
		do := func(fn func(ctx context.Context, tx *ent.Client) error) error { return db.Tx(storetest.Context(t), fn) }
		rename := func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.UpdateOneID(id).SetName("X").Exec(ctx)
		}
		remove := func(ctx context.Context, tx *ent.Client) error { return tx.Customer.DeleteOneID(id).Exec(ctx) }
		restore := func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.UpdateOneID(id).Where(customer.DeletedAtNotNil()).ClearDeletedAt().Exec(ctx)
		}
		many := func(ctx context.Context, tx *ent.Client) error {
			n, err := tx.Customer.Update().SetName("Y").Save(ctx)
			if err == nil && n != 1 {
				t.Errorf("%d edited", n)
			}
			return err
		}
		removeMany := func(ctx context.Context, tx *ent.Client) error {
			n, err := tx.Customer.Delete().Where(customer.ID(id)).Exec(ctx)
			if err == nil && n != 0 {
				t.Errorf("%d deleted again", n)
			}
			return err
		}
		for i, step := range []struct {
			do      func(ctx context.Context, tx *ent.Client) error
			kind    shop.Kind
			version int64
			living  bool
		}{
			{restore, shop.KindNotFound, 1, true},
			{rename, "", 2, true},
			{remove, "", 3, false},
			{rename, shop.KindNotFound, 3, false},
			{many, "", 3, false},
			{remove, shop.KindNotFound, 3, false},
			{removeMany, "", 3, false},
			{restore, "", 4, true},
			{restore, shop.KindNotFound, 4, true},
			{rename, "", 5, true},
		} {
			if err := do(step.do); shop.KindOf(err) != step.kind {
				t.Errorf("step %d: %v", i, err)
			}
			c := db.Client.Customer.GetX(invariant.WithDeleted(storetest.Context(t)), id)
			if c.Version != step.version || (c.DeletedAt == nil) != step.living {
				t.Errorf("after step %d: %v", i, c)
			}
		}
		err := do(func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.UpdateOneID(id).Where(customer.Version(4)).SetName("late").Exec(ctx)
		})
		shoptest.Refused(t, err, shop.KindNotFound)
	})
}

// Names are unique only among records that are not deleted: a name is free after a
// deletion, and the deleted record cannot be restored while another one has it.
func TestUniqueAmongTheLiving(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		old := shoptest.Customers(t, db, 1)[0]
		create := func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.Create().SetName("N").SetEmail(" C1@Example.com ").Exec(ctx)
		}
		err := db.Tx(storetest.Context(t), create)
		if e := shoptest.Refusal(t, err, shop.KindConflict); len(e.Fields) != 1 || e.Fields[0].Location != "email" {
			t.Errorf("%+v", e.Fields)
		}
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Customer.DeleteOneID(old).Exec(ctx) })
		shoptest.Do(t, db, create)
		err = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.UpdateOneID(old).ClearDeletedAt().Exec(ctx)
		})
		shoptest.Refused(t, err, shop.KindConflict)
	})
}

// Only hooks set the time of deletion and the version.
func TestGivenMarks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		id := shoptest.Customers(t, db, 1)[0]
		for field, write := range map[string]func(ctx context.Context, tx *ent.Client) error{
			"deleted_at": func(ctx context.Context, tx *ent.Client) error {
				return tx.Customer.Create().SetName("N").SetEmail("n@example.com").SetDeletedAt(shop.Now()).Exec(ctx)
			},
			"version": func(ctx context.Context, tx *ent.Client) error {
				return tx.Customer.Create().SetName("N").SetEmail("n@example.com").SetVersion(2).Exec(ctx)
			},
			"version ": func(ctx context.Context, tx *ent.Client) error {
				return tx.Customer.UpdateOneID(id).AddVersion(-1).Exec(ctx)
			},
			" version": func(ctx context.Context, tx *ent.Client) error {
				return tx.Customer.Update().SetVersion(1).Exec(ctx)
			},
		} {
			shoptest.Invalid(t, db.Tx(storetest.Context(t), write), strings.TrimSpace(field))
		}
	})
}

// Categories that are below each other can be deleted together; only children that would
// remain prevent it. The same rules apply if the context shows deleted records.
func TestDeletingABranch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := plant(t, db)
		ids := func(ids ...int64) predicate.Category {
			return func(s *sql.Selector) { category.IDIn(ids...)(s) }
		}
		branch := func(ids predicate.Category) error {
			return db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.Category.Delete().Where(ids).Exec(invariant.WithDeleted(ctx))
				return err
			})
		}
		shoptest.Refused(t, branch(ids(g.a, g.b, g.belowB)), shop.KindConflict)
		if err := branch(ids(g.b, g.belowB)); err != nil {
			t.Error(err)
		}
		if err := branch(ids(g.belowA)); err != nil { // its child and product are deleted
			t.Error(err)
		}
		shoptest.Lawful(t, db)
	})
}

// Restoring in bulk could restore a child before its parent, so records are restored by
// their ids.
func TestBulkRestore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		plant(t, db)
		for name, write := range map[string]func(ctx context.Context, tx *ent.Client) error{
			"categories": func(ctx context.Context, tx *ent.Client) error {
				return tx.Category.Update().ClearDeletedAt().Exec(ctx)
			},
			"products": func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.Update().ClearDeletedAt().Exec(ctx)
			},
		} {
			if err := db.Tx(storetest.Context(t), write); shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A restored record can get another parent in the same edit. Then that parent must not be
// deleted.
func TestRestoreElsewhere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := plant(t, db)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return uproot(ctx, tx, g) })
		restore := func(ctx context.Context, tx *ent.Client, parent int64) error {
			return tx.Category.UpdateOneID(g.deletedBelowA).ClearDeletedAt().SetParentID(parent).Exec(ctx)
		}
		for _, parent := range []int64{g.belowA, g.deletedBelowA, 4711} {
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error { return restore(ctx, tx, parent) })
			shoptest.Invalid(t, err, "parent_id")
		}
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			if err := restore(ctx, tx, g.belowB); err != nil {
				return err
			}
			if err := tx.Category.UpdateOneID(g.belowA).ClearDeletedAt().ClearParentID().Exec(ctx); err != nil {
				return err
			}
			return tx.Product.UpdateOneID(g.deletedProduct).ClearDeletedAt().SetCategoryID(g.b).Exec(ctx)
		})
		shoptest.Lawful(t, db)
	})
}
