package cart_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// within makes an edit in a transaction that the caller ends.
func within(e edit) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		_, err := e(ctx, tx)
		return err
	}
}

// An addition that meets a change of the same line uses the quantity after that change: the
// quantity before neither refuses nor accepts it.
func TestAdditionMeetsChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after int64
		refused       shop.Kind
		want          int64
	}{
		"made shorter": {shop.MaxQuantity, 5, "", 6},
		"made longer":  {5, shop.MaxQuantity, shop.KindInvalid, shop.MaxQuantity},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				p := shoptest.Products(t, db, 1, 10)[0]
				customer := shoptest.Customers(t, db, 1)[0]
				line := must(t, db, adding(customer, p, c.before)).Lines[0].ID
				first, second := shoptest.Overlap(t, db, within(setting(customer, line, c.after)), within(adding(customer, p, 1)))
				if first != nil || shop.KindOf(second) != c.refused {
					t.Errorf("expected %q, got %v, %v", c.refused, first, second)
				}
				if view, err := cart.View(storetest.Context(t), db.Client, customer); err != nil || view.Lines[0].Quantity != c.want {
					t.Errorf("expected %d, got %+v, %v", c.want, view, err)
				}
			})
		})
	}
}

// A cart whose customer is restored during a claim is claimed, and not reported as empty.
// The customer is restored after the claim found nothing. On SQLite there is no other
// writer at that moment.
func TestClaimMeetsRestoredCustomer(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	p := shoptest.Products(t, db, 1, 10)[0]
	customer := shoptest.Customers(t, db, 1)[0]
	must(t, db, adding(customer, p, 3))
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Customer.DeleteOneID(customer).Exec(ctx) })
	restored := false
	restore := func(ctx context.Context, tx *ent.Client) error {
		return tx.Customer.UpdateOneID(customer).ClearDeletedAt().Exec(ctx)
	}
	db.Client.Customer.Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
		return ent.QuerierFunc(func(ctx context.Context, query ent.Query) (ent.Value, error) {
			if !restored {
				restored = true
				shoptest.Do(t, db, restore) //nolint:contextcheck // a separate transaction
			}
			return next.Query(ctx, query)
		})
	}))
	var claimed *cart.Contents
	err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) (err error) {
		claimed, err = cart.Claim(ctx, tx, customer)
		return err
	})
	if err != nil || len(claimed.Lines) != 1 || claimed.Lines[0].Quantity != 3 || !restored {
		t.Errorf("claimed %v, %v", claimed, err)
	}
}
