package audit_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A time from a schema's default, in the machine's time zone and in nanoseconds, is the
// same in the returned record, in the table and in the trail.
func TestTimesAreKept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		odd := time.Date(2026, 11, 1, 1, 30, 0, 123456789, time.FixedZone("east", 2*3600))
		want := time.Date(2026, 10, 31, 23, 30, 0, 123456000, time.UTC)
		var made, changed *ent.Category
		entries := written(t, db, func(ctx context.Context, tx *ent.Client) (err error) {
			if made, err = tx.Category.Create().SetName("Tea").SetSlug("tea").SetCreatedAt(odd).Save(ctx); err != nil {
				return err
			}
			changed, err = tx.Category.UpdateOneID(made.ID).SetDeletedAt(odd).Save(ctx)
			return err
		})
		kept, err := db.Reader.Category.Get(invariant.WithDeleted(storetest.Context(t)), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		for what, at := range map[string]time.Time{
			"created": made.CreatedAt, "kept": kept.CreatedAt, "changed": *changed.DeletedAt, "kept as changed": *kept.DeletedAt,
		} {
			if !at.Equal(want) {
				t.Errorf("%s at %s, want %s", what, at, want)
			}
		}
		text, err := json.Marshal(want)
		if got := entries[1].Changes[0]; err != nil || !audit.Same(got.After, text) {
			t.Errorf("the trail has %s, want %s: %v", got.After, text, err)
		}
		found := 0
		if err := db.SQL().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM categories WHERE created_at = $1", want).Scan(&found); err != nil || found != 1 {
			t.Errorf("%d found by the time: %v", found, err)
		}
	})
}
