package summary_test

import (
	"context"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// When While returns false, Update ends between two steps and keeps what was done.
func TestWhile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		end := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		if _, err := seed.Run(ctx, db, seed.Options{Products: 20, Customers: 10, Orders: 200, Seed: 7, Now: end}); err != nil {
			t.Fatal(err)
		}
		for done, may := range []int{0, 1, 3} { // number of steps
			steps := may
			got, err := summary.Update(ctx, db, summary.Options{AtOnce: 10, While: func(context.Context) (bool, error) {
				steps--
				return steps >= 0, nil
			}})
			if err != nil || got.Events != int64(may)*10 {
				t.Errorf("%d: may make %d steps: %+v %v", done, may, got, err)
			}
		}
		if got, err := summary.Update(ctx, db, summary.Options{}); err != nil || got.Events < 100 {
			t.Errorf("the rest: %+v %v", got, err)
		}
	})
}
