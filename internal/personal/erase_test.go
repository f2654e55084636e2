package personal_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/internal/personal"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A long trail is erased completely, and with few statements: years of orders and edits of
// one customer can be thousands of entries. Entries about others stay.
func TestEraseLongTrail(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var changes atomic.Int64
			var replace atomic.Value
			db := storetest.Open(t, store.Config{
				URL: storetest.URL(t, name), RelaxedSync: true,
				Observe: func(ctx context.Context, statement string) (context.Context, func(error)) {
					if strings.Contains(statement, "UPDATE audit_entries") {
						changes.Add(1)
						replace.Store(statement)
					}
					return ctx, func(error) {}
				},
			})
			const edits = 520 // and the creation
			customers := shoptest.Customers(t, db, 12)
			storetest.SQL(t, db, "ANALYZE") // as after seeding, when the trail is short
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				for i := range edits {
					if err := tx.Customer.UpdateOneID(customers[0]).SetNote(fmt.Sprint("Quux ", i)).Exec(ctx); err != nil {
						return err
					}
				}
				return tx.Customer.UpdateOneID(customers[1]).SetNote("somebody else").Exec(ctx)
			})
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				_, err := personal.Erase(ctx, tx, customers[0])
				return err
			})
			for _, e := range db.Client.AuditEntry.Query().Order(auditentry.ByID()).AllX(storetest.Context(t)) {
				for _, c := range e.Changes {
					if erased := e.RecordID == customers[0]; e.Resource == "customers" && c.Erased != erased {
						t.Errorf("entry %d of customer %d tells %s: %s", e.ID, e.RecordID, c.Field, c.After)
					}
				}
			}
			if n := changes.Load(); n != 2 {
				t.Errorf("%d statements have changed %d entries", n, edits+1)
			}
			if name == dialect.SQLite {
				// By id, even when the statistics say that there are few: reading the trail of
				// years would stop the shop for minutes.
				statement := replace.Load().(string)
				if plan := storetest.Plan(t, db, statement, "[]"); !slices.Contains(plan, "SEARCH audit_entries USING INTEGER PRIMARY KEY (rowid=?)") {
					t.Errorf("%s is planned so: %q", statement, plan)
				}
			}
			if dump := shoptest.Dump(t, db); strings.Contains(dump, "Quux") || !strings.Contains(dump, "somebody else") {
				t.Error("too little was erased, or too much")
			}
		})
	}
}
