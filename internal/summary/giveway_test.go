package summary_test

import (
	"context"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
	"github.com/storekeeper/storekeeper/internal/summary"
)

// While one program rebuilds the summaries of an SQLite file, other programs can write to
// it between the steps.
func TestOthersWriteBetweenSteps(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	end := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	if _, err := seed.Run(storetest.Context(t), db, seed.Options{Products: 100, Customers: 50, Orders: 2_000, Seed: 7, Now: end}); err != nil {
		t.Fatal(err)
	}
	other := storetest.Open(t, store.Config{URL: "sqlite://" + db.Name(), RelaxedSync: true})
	steps := 0
	done := make(chan error, 1)
	go func() {
		_, err := summary.Rebuild(storetest.Context(t), db, summary.Options{AtOnce: 200, Progress: func(string, int64, int64) { steps++ }})
		done <- err
	}()
	for writes := 0; ; writes++ {
		select {
		case err := <-done:
			if err != nil || writes < steps/2 {
				t.Errorf("%d writes within %d steps: %v", writes, steps, err)
			}
			return
		default:
		}
		err := other.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Update().AddPosition(1).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Millisecond) //nolint:forbidigo // a client that tries again
	}
}
