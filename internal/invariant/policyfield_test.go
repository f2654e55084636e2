package invariant_test

import (
	"context"
	"errors"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// needing is a write or a read with all the permissions that it needs.
type needing struct {
	name  string
	needs []access.Permission
	do    func(ctx context.Context, tx *ent.Client) error
}

// writes are writes whose permissions depend on more than the operation of ent.
func writes(order, living, deleted, category int64) []needing {
	return []needing{
		{"deleting", []access.Permission{"products:delete"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.DeleteOneID(living).Exec(ctx)
		}},
		{"the mark of deletion", []access.Permission{"products:delete"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(living).SetDeletedAt(shop.Now()).Exec(ctx)
		}},
		{"the mark of many", []access.Permission{"products:delete"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.Update().Where(product.ID(living)).SetDeletedAt(shop.Now()).Exec(ctx)
		}},
		{"the mark with an edit", []access.Permission{"products:delete", "products:update"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(living).SetDeletedAt(shop.Now()).SetName("N").Exec(ctx)
		}},
		{"the mark with what the program keeps", []access.Permission{"customers:delete"}, func(ctx context.Context, tx *ent.Client) error {
			err := tx.Customer.Update().SetDeletedAt(shop.Now()).SetPhoneDigits("1").Exec(ctx)
			if shop.KindOf(err) == shop.KindInvalid { // by the rule on these digits, after the policy allowed it
				return nil
			}
			return err
		}},
		{"restoring", []access.Permission{"products:delete"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(deleted).ClearDeletedAt().Exec(ctx)
		}},
		{"restoring elsewhere", []access.Permission{"products:delete", "products:update"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(deleted).ClearDeletedAt().SetCategoryID(category).Exec(ctx)
		}},
		{"adding to a number", []access.Permission{"products:update"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(living).AddPrice(1).Exec(ctx)
		}},
		{"emptying a field", []access.Permission{"products:update"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(living).ClearLowStockAt().Exec(ctx)
		}},
		{"an update of nothing", []access.Permission{"products:update"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(living).Exec(ctx)
		}},
		{"a product with stock", []access.Permission{"products:create"}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.Create().SetSku("N").SetName("N").SetPrice(1).SetStock(5).SetCategoryID(category).Exec(ctx)
		}},
		{"processing", []access.Permission{access.OrdersTransition}, become(order, shop.Processing)},
		{"cancelling", []access.Permission{access.OrdersCancel}, become(order, shop.Cancelled)},
		{"a note", []access.Permission{access.OrdersNote}, func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderEvent.Create().SetOrderID(order).SetKind(shop.EventNote).SetNote("n").SetActor("a").Exec(ctx)
		}},
		{"where an order is sent", []access.Permission{access.OrdersAddress}, func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(order).SetDeliveryAddress("a").Exec(ctx)
		}},
		{"an edge loaded", []access.Permission{"products:read", "categories:read"}, func(ctx context.Context, tx *ent.Client) error {
			return loaded(tx.Product.Query().WithCategory().Only(ctx))
		}},
		{"an edge followed", []access.Permission{"products:read", "categories:read"}, func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.Product.Query().QueryCategory().Only(ctx)
			return err
		}},
		{"edges loaded of edges", []access.Permission{"inventory-movements:read", "products:read", "categories:read"}, func(ctx context.Context, tx *ent.Client) error {
			_, err := tx.InventoryMovement.Query().WithProduct(func(q *ent.ProductQuery) { q.WithCategory() }).All(ctx)
			return err
		}},
	}
}

func loaded(p *ent.Product, err error) error {
	if err == nil && p.Edges.Category == nil {
		return errors.New("not loaded")
	}
	return err
}

// forbidden are writes that no permission allows, because they belong to operations.
func forbidden(order, living int64) map[string]func(ctx context.Context, tx *ent.Client) error {
	return map[string]func(ctx context.Context, tx *ent.Client) error{
		"an order": func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.Create().SetCustomerID(1).SetTotalAmount(0).SetCurrency("EUR").Exec(ctx)
		},
		"an order's fields": func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(order).SetUpdatedAt(shop.Now()).Exec(ctx)
		},
		"an order item": addItem(order, living),
		"a transition that is none": func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderEvent.Create().SetOrderID(order).SetKind(shop.EventTransition).SetActor("a").Exec(ctx)
		},
		"an order that is placed again": func(ctx context.Context, tx *ent.Client) error {
			return tx.OrderEvent.Create().SetOrderID(order).SetKind(shop.EventPlaced).SetActor("a").Exec(ctx)
		},
		"a movement": func(ctx context.Context, tx *ent.Client) error {
			return tx.InventoryMovement.Create().SetProductID(living).SetQuantityChange(1).SetBalanceAfter(11).
				SetReason(shop.Receipt).SetActor("a").Exec(ctx)
		},
	}
}

// The permissions that a write needs are enough for it. It is refused if any of them is
// missing, even with all other permissions.
func TestFieldsSayWhatIsNeeded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		order, living := emptyOrder(t, db)
		category := shoptest.Category(t, db, "other", nil)
		var deleted int64
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			p, err := tx.Product.Create().SetSku("D").SetName("D").SetPrice(1).SetCategoryID(category).Save(ctx)
			if err != nil {
				return err
			}
			deleted = p.ID
			return tx.Product.DeleteOneID(deleted).Exec(ctx)
		})
		for _, w := range writes(order, living, deleted, category) {
			if err := attempted(t, db, member(w.needs...), w.do); err != nil {
				t.Errorf("%s with %v: %v", w.name, w.needs, err)
			}
			for _, without := range w.needs {
				if err := attempted(t, db, member(except(without)...), w.do); shop.KindOf(err) != shop.KindForbidden {
					t.Errorf("%s without %s: %v", w.name, without, err)
				}
			}
		}
		for name, do := range forbidden(order, living) {
			if err := attempted(t, db, member(access.All()...), do); shop.KindOf(err) != shop.KindForbidden {
				t.Errorf("%s by an owner: %v", name, err)
			}
		}
	})
}

// except returns all permissions except one.
func except(without access.Permission) []access.Permission {
	var rest []access.Permission
	for _, p := range access.All() {
		if p != without {
			rest = append(rest, p)
		}
	}
	return rest
}

// attempted does something as a viewer in a transaction that is rolled back.
func attempted(t *testing.T, db *store.DB, viewer *access.Viewer, do func(ctx context.Context, tx *ent.Client) error) error {
	t.Helper()
	ctx := access.With(t.Context(), viewer)
	tx, err := db.Client.Tx(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}()
	return do(ctx, tx.Client())
}

// Reading deleted records needs the same permission as reading others.
func TestDeletedAreGuarded(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	ctx := invariant.WithDeleted(access.With(t.Context(), member("categories:read")))
	if _, err := db.Reader.Product.Query().Count(ctx); shop.KindOf(err) != shop.KindForbidden {
		t.Error(err)
	}
}

// Setting an edge whose other end holds the reference is an update of that end. The
// permission to create is not enough for it.
func TestEdgesNeedTheOtherEnd(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	child := shoptest.Category(t, db, "child", nil)
	adopt := func(ctx context.Context, tx *ent.Client) error {
		return tx.Category.Create().SetName("N").SetSlug("n").AddChildIDs(child).Exec(ctx)
	}
	if err := attempted(t, db, member(except("categories:update")...), adopt); shop.KindOf(err) != shop.KindForbidden {
		t.Errorf("without the permission to update: %v", err)
	}
	if err := attempted(t, db, member(access.All()...), adopt); shop.KindOf(err) != shop.KindInvalid {
		t.Errorf("with it the rule of the tree decides: %v", err)
	}
}
