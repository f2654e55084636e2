package stock_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func count(ctx context.Context, db *store.DB, product, counted, expected int64) (m *ent.InventoryMovement, err error) {
	err = db.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		m, err = stock.Count(ctx, tx, product, stock.Tally{Counted: counted, Expected: expected, Note: "shelf 4"})
		return err
	})
	return m, err
}

// A count holds while the stock is what was expected, and only then.
func TestCount(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		p := shoptest.Products(t, db, 1, 47)[0]
		if m, err := count(ctx, db, p, 47, 47); err != nil || m != nil {
			t.Errorf("as expected: %v, %v", m, err)
		}
		m, err := count(ctx, db, p, 44, 47)
		if err != nil || m.QuantityChange != -3 || m.BalanceAfter != 44 || m.Reason != shop.Stocktake || *m.Note != "shelf 4" {
			t.Errorf("three less: %v, %v", m, err)
		}
		before := shoptest.Dump(t, db)
		for _, c := range [][2]int64{{44, 47}, {47, 47}, {50, 43}, {0, 0}} {
			_, err := count(ctx, db, p, c[0], c[1])
			shoptest.Refused(t, err, shop.KindConflict)
		}
		_, err = count(ctx, db, p, -1, 44)
		shoptest.Invalid(t, err, "counted")
		_, err = count(ctx, db, p, shop.MaxStock+1, 44)
		shoptest.Invalid(t, err, "counted")
		_, err = count(ctx, db, p, 44, -1)
		shoptest.Invalid(t, err, "expected")
		_, err = count(ctx, db, p, 44, shop.MaxStock+1)
		shoptest.Invalid(t, err, "expected")
		shoptest.Unchanged(t, db, before)
		if m, err := count(ctx, db, p, shop.MaxStock, 44); err != nil || m.BalanceAfter != shop.MaxStock {
			t.Errorf("up to the limit: %v, %v", m, err)
		}
		if m, err := count(ctx, db, p, 0, shop.MaxStock); err != nil || m.BalanceAfter != 0 {
			t.Errorf("down to nothing: %v, %v", m, err)
		}
		shoptest.Lawful(t, db)
	})
}

// Of many who counted the same stock differently, one is believed.
func TestCountingAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		p := shoptest.Products(t, db, 1, 10)[0]
		var believed atomic.Int64
		var wg sync.WaitGroup
		for i := range int64(8) {
			wg.Go(func() {
				switch _, err := count(ctx, db, p, 20+i, 10); shop.KindOf(err) {
				case "":
					believed.Add(1)
				case shop.KindConflict:
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if believed.Load() != 1 {
			t.Errorf("%d counts were believed", believed.Load())
		}
		shoptest.Lawful(t, db)
	})
}

// People adjust for reasons that people may give.
func TestAdjust(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := shoptest.Products(t, db, 1, 10)[0]
		for _, reason := range shop.MovementReasons {
			var m *stock.Entry
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) (err error) {
				m, _, err = stock.Adjust(ctx, tx, stock.Line{ProductID: p, Change: -1, Reason: reason, Note: "water"})
				return err
			})
			switch {
			case !reason.Manual():
				shoptest.Invalid(t, err, "reason")
			case err != nil || m.Reason != reason || m.QuantityChange != -1 || *m.Note != "water" || m.Actor != "system":
				t.Errorf("%s: %v, %v", reason, m, err)
			}
		}
		err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			_, _, err := stock.Adjust(ctx, tx, stock.Line{ProductID: p, Change: 1, Reason: shop.Receipt, Note: strings.Repeat("x", 2001)})
			return err
		})
		shoptest.Invalid(t, err, "note")
		shoptest.Lawful(t, db)
	})
}
