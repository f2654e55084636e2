package pipeline_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// What is held is asked for once, each record and each question by itself, and only there.
func TestHeld(t *testing.T) {
	t.Parallel()
	asked := 0
	db := storetest.Open(t, store.Config{
		URL: storetest.URL(t, dialect.Postgres),
		Observe: func(ctx context.Context, statement string) (context.Context, func(error)) {
			if strings.HasPrefix(statement, "SELECT slug") {
				asked++
			}
			return ctx, func(error) {}
		},
	})
	a, b := shoptest.Category(t, db, "a", nil), shoptest.Category(t, db, "b", nil)
	const shared, plain = "SELECT slug FROM categories WHERE id = $1 FOR SHARE", "SELECT slug FROM categories WHERE id = $1"
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		ctx, asked = pipeline.Held(ctx), 0
		for range 3 {
			for id, want := range map[int64][]string{a: {"a"}, b: {"b"}, -1: nil} {
				found, err := rows(ctx, tx, shared, id)
				if err != nil || !slices.Equal(found, want) {
					t.Errorf("category %d: %q, %v", id, found, err)
				}
			}
		}
		if asked != 3 {
			t.Errorf("asked %d times for three", asked)
		}
		for range 3 {
			if _, err := rows(ctx, tx, plain, a); err != nil {
				return err
			}
		}
		if asked != 6 {
			t.Errorf("asked %d times without a lock", asked-3)
		}
		return nil
	})
}
