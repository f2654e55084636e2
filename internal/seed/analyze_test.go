package seed_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// On SQLite the planner knows the tables that were filled, and no others, whose few rows say
// nothing of what will be in them.
func TestStatistics(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Config{URL: storetest.URL(t, dialect.SQLite), RelaxedSync: true})
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { // with an audit entry
		return tx.Role.Create().SetName("packers").SetLabel("Packers").SetPermissions([]access.Permission{access.DataExport}).Exec(ctx)
	})
	run(t, db, small())
	var known string
	err := db.ReadSQL().QueryRowContext(storetest.Context(t),
		"SELECT group_concat(tbl, ' ') FROM (SELECT DISTINCT tbl FROM sqlite_stat1 ORDER BY tbl)").Scan(&known)
	filled := strings.Join(slices.Sorted(slices.Values(seed.Tables())), " ")
	if err != nil || known != filled {
		t.Errorf("there are statistics of %q, want %q: %v", known, filled, err)
	}
}
