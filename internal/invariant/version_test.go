package invariant_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// An update that matched no row is not reported as a success because somebody else commits
// a moment later and makes its conditions true. Ent checks the conditions twice, and the
// other transaction commits before the second time. On SQLite there is no other writer at
// that moment.
func TestUpdateIsNotMadeByAnother(t *testing.T) {
	t.Parallel()
	for name, with := range map[string]func(context.Context) context.Context{
		"recorded":   func(ctx context.Context) context.Context { return ctx },
		"unrecorded": audit.Off,
	} {
		t.Run(name, func(t *testing.T) {
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
			err := db.Tx(with(storetest.Context(t)), func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(p).Where(restored).SetName("Renamed").Exec(ctx)
			})
			now := db.Client.Product.GetX(storetest.Context(t), p).Name
			switch {
			case asked < 2:
				t.Errorf("asked %d times", asked)
			case shop.KindOf(err) != shop.KindNotFound || now != "Product 1":
				t.Errorf("a deleted product was updated: %v, it is %s", err, now)
			}
		})
	}
}

// A new record was last edited when it was created, and not a microsecond later.
func TestNewRecordsAreUnedited(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		long := shop.Now().AddDate(-1, 0, 0)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			one, err := tx.Category.Create().SetName("A").SetSlug("a").SetCreatedAt(long).Save(ctx)
			if err != nil {
				return err
			}
			many, err := tx.Category.CreateBulk(tx.Category.Create().SetName("B").SetSlug("b").SetCreatedAt(long)).Save(ctx)
			for _, c := range append(many, one) {
				if !c.UpdatedAt.Equal(long) {
					t.Errorf("%s was created at %s and edited at %s", c.Name, c.CreatedAt, c.UpdatedAt)
				}
			}
			return err
		})
	})
}
