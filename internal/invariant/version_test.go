package invariant_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// An update that met no row is not taken for a success because somebody else
// commits a moment later and makes its conditions true. Ent asks for them twice,
// and the other commits when it asks for the second time. SQLite has no other
// writer then.
func TestUpdateIsNotMadeByAnother(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	p := shoptest.Products(t, db, 1, 10)[0]
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Product.DeleteOneID(p).Exec(ctx) })
	asked := 0
	restored := func(s *sql.Selector) {
		if audit.Previewing(s.Context()) {
			return
		}
		asked++
		if asked == 2 {
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(p).ClearDeletedAt().Exec(invariant.WithDeleted(ctx))
			})
		}
	}
	err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		err := tx.Product.UpdateOneID(p).Where(restored).SetName("Renamed").Exec(ctx)
		if !ent.IsNotFound(err) {
			t.Errorf("a deleted product was updated: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if now := db.Client.Product.GetX(storetest.Context(t), p); asked != 2 || now.Name != "Product 1" {
		t.Errorf("asked %d times; the product is %v", asked, now)
	}
}
