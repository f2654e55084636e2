package invariant_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// garden is a shop for transactions that meet. It has two trees of categories, a product
// and a deleted product in the second, and a deleted category below the first.
type garden struct {
	a, belowA, b, belowB           int64
	product, deletedProduct, fresh int64
	deletedBelowA                  int64
}

func plant(t *testing.T, db *store.DB) garden {
	t.Helper()
	var g garden
	g.a = shoptest.Category(t, db, "a", nil)
	g.belowA = shoptest.Category(t, db, "below-a", &g.a)
	g.deletedBelowA = shoptest.Category(t, db, "deleted-below-a", &g.belowA)
	g.b = shoptest.Category(t, db, "b", nil)
	g.belowB = shoptest.Category(t, db, "below-b", &g.b)
	g.fresh = shoptest.Category(t, db, "fresh", nil)
	products := shoptest.Products(t, db, 2, 10)
	g.product, g.deletedProduct = products[0], products[1]
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		if err := tx.Category.DeleteOneID(g.deletedBelowA).Exec(ctx); err != nil {
			return err
		}
		if err := tx.Product.UpdateOneID(g.deletedProduct).SetCategoryID(g.belowA).Exec(ctx); err != nil {
			return err
		}
		return tx.Product.DeleteOneID(g.deletedProduct).Exec(ctx)
	})
	return g
}

// act is what one person does in the garden.
type act func(ctx context.Context, tx *ent.Client, g garden) error

// uproot and uprootMany delete the category below a, which nothing prevents; uprootMany
// also deletes the empty category.
func uproot(ctx context.Context, tx *ent.Client, g garden) error {
	return tx.Category.DeleteOneID(g.belowA).Exec(ctx)
}

func uprootMany(ctx context.Context, tx *ent.Client, _ garden) error {
	_, err := tx.Category.Delete().Where(slugIn("below-a", "fresh")).Exec(ctx)
	return err
}

// comers put something into the category below a, or restore something in it.
var comers = []struct {
	name    string
	come    act
	refused shop.Kind
	field   string
}{
	{"a new category", func(ctx context.Context, tx *ent.Client, g garden) error {
		return tx.Category.Create().SetName("n").SetSlug("n").SetParentID(g.belowA).Exec(ctx)
	}, shop.KindInvalid, "parent_id"},
	{"a category that moves", func(ctx context.Context, tx *ent.Client, g garden) error {
		return tx.Category.UpdateOneID(g.b).SetParentID(g.belowA).Exec(ctx)
	}, shop.KindInvalid, "parent_id"},
	{"a category that comes back", func(ctx context.Context, tx *ent.Client, g garden) error {
		return tx.Category.UpdateOneID(g.deletedBelowA).ClearDeletedAt().Exec(ctx)
	}, shop.KindConflict, ""},
	{"a new product", func(ctx context.Context, tx *ent.Client, g garden) error {
		return tx.Product.Create().SetSku("N").SetName("N").SetPrice(1).SetCategoryID(g.belowA).Exec(ctx)
	}, shop.KindInvalid, "category_id"},
	{"a product that moves", func(ctx context.Context, tx *ent.Client, g garden) error {
		return tx.Product.UpdateOneID(g.product).SetCategoryID(g.belowA).Exec(ctx)
	}, shop.KindInvalid, "category_id"},
	{"products that move", func(ctx context.Context, tx *ent.Client, g garden) error {
		return tx.Product.Update().SetCategoryID(g.belowA).Exec(ctx)
	}, shop.KindInvalid, "category_id"},
	{"a product that comes back", func(ctx context.Context, tx *ent.Client, g garden) error {
		return tx.Product.UpdateOneID(g.deletedProduct).ClearDeletedAt().Exec(ctx)
	}, shop.KindConflict, ""},
}

// If something is put into a category while it is deleted, or the other way round, the
// second transaction is refused.
func TestDeletionMeetsComer(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]act{"one": uproot, "many": uprootMany} {
		for _, c := range comers {
			t.Run(name+" and "+c.name, func(t *testing.T) {
				t.Parallel()
				storetest.Each(t, func(t *testing.T, db *store.DB) {
					g := plant(t, db)
					first, second := overlap(t, db, g, c.come, leave)
					if first != nil {
						t.Error("coming in:", first)
					}
					shoptest.Refused(t, second, shop.KindConflict)
					shoptest.Lawful(t, db)
				})
				storetest.Each(t, func(t *testing.T, db *store.DB) {
					g := plant(t, db)
					first, second := overlap(t, db, g, leave, c.come)
					if first != nil {
						t.Error("deleting:", first)
					}
					shoptest.Refused(t, second, c.refused)
					if c.field != "" {
						shoptest.Invalid(t, second, c.field)
					}
					shoptest.Lawful(t, db)
				})
			})
		}
	}
}

// A record that starts to match a waiting deletion is not deleted with the others, because
// it was not checked whether anything refers to it. On SQLite the deletion finds it.
func TestDeletionMeetsMatch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := plant(t, db)
		first, second := overlap(t, db, g,
			func(ctx context.Context, tx *ent.Client, g garden) error {
				if err := tx.Category.UpdateOneID(g.fresh).SetName("held").Exec(ctx); err != nil {
					return err
				}
				return tx.Category.UpdateOneID(g.b).SetSlug("gone").Exec(ctx)
			},
			func(ctx context.Context, tx *ent.Client, _ garden) error {
				_, err := tx.Category.Delete().Where(slugIn("fresh", "gone")).Exec(ctx)
				return err
			})
		if first != nil {
			t.Error("coming to match:", first)
		}
		if db.Dialect() == dialect.SQLite {
			shoptest.Refused(t, second, shop.KindConflict)
		} else if second != nil {
			t.Error("deleting:", second)
		}
		if _, err := db.Client.Category.Get(storetest.Context(t), g.b); err != nil {
			t.Error("the match, which has a child:", err)
		}
		shoptest.Lawful(t, db)
	})
}

// Of two moves that together make a cycle, the second is refused, however far apart the
// categories are.
func TestMovesMeet(t *testing.T) {
	t.Parallel()
	below := func(ctx context.Context, tx *ent.Client, id, parent int64) error {
		return tx.Category.UpdateOneID(id).SetParentID(parent).Exec(ctx)
	}
	for name, moves := range map[string][2]act{
		"directly": {
			func(ctx context.Context, tx *ent.Client, g garden) error { return below(ctx, tx, g.a, g.b) },
			func(ctx context.Context, tx *ent.Client, g garden) error { return below(ctx, tx, g.b, g.a) },
		},
		"through a child": {
			func(ctx context.Context, tx *ent.Client, g garden) error { return below(ctx, tx, g.a, g.belowB) },
			func(ctx context.Context, tx *ent.Client, g garden) error { return below(ctx, tx, g.b, g.belowA) },
		},
		"the other way round": {
			func(ctx context.Context, tx *ent.Client, g garden) error { return below(ctx, tx, g.b, g.belowA) },
			func(ctx context.Context, tx *ent.Client, g garden) error { return below(ctx, tx, g.a, g.belowB) },
		},
		"in one transaction with another move": {
			func(ctx context.Context, tx *ent.Client, g garden) error {
				if err := below(ctx, tx, g.fresh, g.belowB); err != nil {
					return err
				}
				return below(ctx, tx, g.a, g.fresh)
			},
			func(ctx context.Context, tx *ent.Client, g garden) error { return below(ctx, tx, g.b, g.belowA) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				first, second := overlap(t, db, plant(t, db), moves[0], moves[1])
				if first != nil {
					t.Error("the first move:", first)
				}
				shoptest.Invalid(t, second, "parent_id")
				shoptest.Lawful(t, db)
			})
		})
	}
}

// A category that is moved away in time does not prevent a deletion.
func TestMoveAwayMeetsDeletion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		away := func(ctx context.Context, tx *ent.Client, g garden) error {
			return tx.Category.UpdateOneID(g.belowB).ClearParentID().Exec(ctx)
		}
		leave := func(ctx context.Context, tx *ent.Client, g garden) error {
			return tx.Category.DeleteOneID(g.b).Exec(ctx)
		}
		g := plant(t, db)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return away(ctx, tx, g) })
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return leave(ctx, tx, g) })
		shoptest.Lawful(t, db)
	})
}

func overlap(t *testing.T, db *store.DB, g garden, first, second act) (error, error) {
	t.Helper()
	return shoptest.Overlap(t, db,
		func(ctx context.Context, tx *ent.Client) error { return first(ctx, tx, g) },
		func(ctx context.Context, tx *ent.Client) error { return second(ctx, tx, g) })
}

// emptyOrder makes a pending order without items, to which items with the price 0 are
// added.
func emptyOrder(t *testing.T, db *store.DB) (order, product int64) {
	t.Helper()
	product = shoptest.Products(t, db, 1, 10)[0]
	customer := shoptest.Customers(t, db, 1)[0]
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		o, err := tx.Order.Create().SetCustomerID(customer).SetTotalAmount(0).SetCurrency("EUR").Save(ctx)
		if err == nil {
			order = o.ID
		}
		return err
	})
	return order, product
}

func addItem(order, product int64) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		return tx.OrderItem.Create().SetOrderID(order).SetProductID(product).SetSku("P-1").SetProductName("P").
			SetQuantity(2).SetPrice(0).Exec(ctx)
	}
}

func become(order int64, to shop.OrderStatus) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		return tx.Order.UpdateOneID(order).SetStatus(to).Exec(ctx)
	}
}

// An item that is added while its order is cancelled is either returned to stock with the
// others, or refused.
func TestCancelMeetsItem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		order, product := emptyOrder(t, db)
		first, second := shoptest.Overlap(t, db, addItem(order, product), become(order, shop.Cancelled))
		if first != nil || second != nil {
			t.Error(first, second)
		}
		shoptest.Lawful(t, db)
	})
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		order, product := emptyOrder(t, db)
		shoptest.Do(t, db, addItem(order, product))
		first, second := shoptest.Overlap(t, db, become(order, shop.Cancelled), addItem(order, product))
		if first != nil {
			t.Error(first)
		}
		shoptest.Refused(t, second, shop.KindConflict)
		shoptest.Lawful(t, db)
	})
}

// If two people read the same state, the second to write gets an error with the state that
// the first one set. On SQLite the second reads after the first has written.
func TestTransitionsMeet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		order, product := emptyOrder(t, db)
		shoptest.Do(t, db, addItem(order, product))
		first, second := shoptest.Overlap(t, db, become(order, shop.Processing), become(order, shop.Processing))
		if first != nil {
			t.Error(first)
		}
		if e := shoptest.Refusal(t, second, shop.KindInvalidTransition); e.From != shop.Processing || e.To != shop.Processing {
			t.Errorf("from %s to %s", e.From, e.To)
		}
		shoptest.Lawful(t, db)
	})
}
