package migration_test

import (
	"slices"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func statusOf(t *testing.T, db *store.DB, h *history) *migration.State {
	t.Helper()
	state, err := migration.StatusOf(t.Context(), db, h.options().Files)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func TestStatus(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := newHistory(t, db)
		h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
		h.add(t, "2_b.sql", "CREATE TABLE b (id int);\nCREATE TABLE c (id int);\n")

		state := statusOf(t, db, h)
		if state.Current != "" || state.Latest != "2" || state.UpToDate() || state.Ahead() ||
			len(state.Applied) != 0 || !slices.Equal(names(state.Pending), []string{"1_a.sql", "2_b.sql"}) {
			t.Errorf("of an empty database: %+v", state)
		}
		if got := tables(t, db); len(got) != 0 {
			t.Errorf("the status made tables: %v", got)
		}

		began := time.Now().Truncate(time.Microsecond)
		up(t, db, h.options())
		state = statusOf(t, db, h)
		if state.Current != "2" || !state.UpToDate() || state.Ahead() || len(state.Pending) != 0 || len(state.Applied) != 2 {
			t.Fatalf("of a migrated database: %+v", state)
		}
		last := state.Applied[1]
		if last.Version != "2" || last.Description != "b" || !last.Known || last.Done != 2 || last.Total != 2 ||
			last.At.Before(began) || last.At.After(time.Now()) || last.By == "" {
			t.Errorf("entry %+v", last)
		}

		h.add(t, "3_c.sql", "CREATE TABLE d (id int);\n")
		if state = statusOf(t, db, h); state.UpToDate() || !slices.Equal(names(state.Pending), []string{"3_c.sql"}) {
			t.Errorf("of an old database: %+v", state)
		}
	})
}

func TestStatusOfADatabaseThatIsAhead(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := shopHistory(t, db)
		h.add(t, "20990101000000_future.sql", "CREATE TABLE future (id int);\n")
		up(t, db, h.options())
		state, err := migration.Status(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		if !state.Ahead() || state.UpToDate() || len(state.Pending) != 0 || state.Current != "20990101000000" {
			t.Errorf("%+v", state)
		}
		if last := state.Applied[len(state.Applied)-1]; last.Known {
			t.Errorf("known: %+v", last)
		}
		if applied := up(t, db, migration.Options{}); len(applied) != 0 {
			t.Errorf("applied %v", names(applied))
		}
	})
}

func TestStatusOfTheShop(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		state, err := migration.Status(t.Context(), db)
		if err != nil || !state.UpToDate() || state.Current != state.Latest {
			t.Errorf("%+v, %v", state, err)
		}
	})
}
