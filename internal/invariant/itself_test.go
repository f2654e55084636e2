package invariant_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// An entity that refers to itself and is not a tree cannot refer to a missing or deleted
// record. The rule refuses it before a foreign key does, whose error differs between the
// databases.
func TestReferencesToItself(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		own, other, gone := shoptest.Category(t, db, "own", nil), shoptest.Category(t, db, "other", nil), shoptest.Category(t, db, "gone", nil)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Category.DeleteOneID(gone).Exec(ctx) })
		for _, c := range []struct {
			name  string
			to    int64
			taken bool
		}{{"itself", own, true}, {"another", other, true}, {"deleted", gone, false}, {"none", 999, false}} {
			written := false
			stop := ent.MutateFunc(func(context.Context, ent.Mutation) (ent.Value, error) {
				written = true
				return nil, nil //nolint:nilnil // the result is not used
			})
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				m := tx.Category.UpdateOneID(own).SetParentID(c.to).Mutation()
				_, err := invariant.LivingReferencesBut(nil)(stop).Mutate(ctx, m)
				return err
			})
			switch {
			case written != c.taken:
				t.Errorf("%s: written %t, error %v", c.name, written, err)
			case !c.taken:
				shoptest.Invalid(t, err, "parent_id")
			case err != nil:
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}
