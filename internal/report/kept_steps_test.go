package report_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// buy checks out a cart at another time than the present, in one transaction.
func buy(t *testing.T, r *rapid.T, db *store.DB, customers, products []int64) (id int64) {
	t.Helper()
	buyer := rapid.SampledFrom(customers).Draw(r, "buyer")
	currency := rapid.SampledFrom([]shop.Currency{"EUR", "EUR", "USD"}).Draw(r, "currency")
	lines := rapid.SliceOfNDistinct(rapid.SampledFrom(products), 1, 3, rapid.ID).Draw(r, "lines")
	quantity := rapid.Int64Range(1, 50).Draw(r, "quantity")
	at := moment(r, "placed").Truncate(time.Microsecond)
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) (err error) {
		id, err = checkOut(ctx, tx, buyer, lines, quantity, currency, at)
		return err
	})
	return id
}

func checkOut(
	ctx context.Context, tx *ent.Client, buyer int64, lines []int64, quantity int64, currency shop.Currency, at time.Time,
) (int64, error) {
	for _, product := range lines {
		if _, err := cart.Add(ctx, tx, buyer, product, quantity); err != nil {
			return 0, err
		}
	}
	placed, err := checkout.Place(ctx, tx, buyer, nil, nil, currency)
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE orders SET placed_at = $1 WHERE id = $2", at, placed.Order.ID)
	return placed.Order.ID, err
}

// file puts a product into another category, or into the same.
func file(t *testing.T, r *rapid.T, db *store.DB, products, categories []int64) {
	t.Helper()
	product, category := rapid.SampledFrom(products).Draw(r, "product"), rapid.SampledFrom(categories).Draw(r, "category")
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		return tx.Product.UpdateOneID(product).SetCategoryID(category).Exec(ctx)
	})
}

// restock changes the stock of a product, or whether it is scarce.
func restock(t *testing.T, r *rapid.T, db *store.DB, products []int64) {
	t.Helper()
	what := rapid.SampledFrom([]string{"low", "not low", "count", "inactive", "active", "gone", "back", "new"}).Draw(r, "what")
	id := products[3] // nobody buys this one
	if what == "low" || what == "not low" {
		id = rapid.SampledFrom(products).Draw(r, "product")
	}
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		ctx = invariant.WithDeleted(ctx)
		p, err := tx.Product.Get(ctx, id)
		if err != nil {
			return err
		}
		change := tx.Product.UpdateOneID(id)
		switch what {
		case "count":
			if p.DeletedAt == nil {
				counted := rapid.SampledFrom([]int64{0, 1_000_000_000}).Draw(r, "counted")
				_, err = stock.Count(ctx, tx, id, stock.Tally{Counted: counted, Expected: p.Stock})
			}
			return err
		case "new":
			taken, err := tx.Product.Query().Count(ctx)
			if err != nil {
				return err
			}
			_, err = tx.Product.Create().SetSku(fmt.Sprint("new ", taken)).SetName("New").SetPrice(1).
				SetCategoryID(p.CategoryID).SetStock(rapid.Int64Range(0, 1).Draw(r, "initial")).SetLowStockAt(1).Save(ctx)
			return err
		case "low":
			change.SetLowStockAt(p.Stock + rapid.Int64Range(-1, 1).Draw(r, "more") + 1)
		case "not low":
			change.ClearLowStockAt()
		case "inactive", "active":
			change.SetIsActive(what == "active")
		case "gone":
			change.SetDeletedAt(shop.Now())
		case "back":
			change.ClearDeletedAt()
		}
		return change.Exec(ctx)
	})
}

// move changes an order to one of its next states, if there is one.
func move(t *testing.T, r *rapid.T, db *store.DB, id int64) {
	t.Helper()
	o, err := db.Reader.Order.Get(storetest.Context(t), id)
	if err != nil {
		t.Fatal(err)
	}
	if next := o.Status.Next(); len(next) > 0 {
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(id).SetStatus(rapid.SampledFrom(next).Draw(r, "to")).Exec(ctx)
		})
	}
}
