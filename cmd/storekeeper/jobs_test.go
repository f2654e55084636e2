package main

import (
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A server whose clock is not that of PostgreSQL says so and removes nothing that others
// have made. On SQLite there is no other clock.
func TestWrongClockRemovesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		for skew, says := range map[time.Duration]string{
			0: "", 48 * time.Hour: "48h0m0s ahead of PostgreSQL's", -48 * time.Hour: "48h0m0s behind PostgreSQL's",
		} {
			if _, err := staff.New(staff.Config{DB: db}).FirstRun(ctx); err != nil {
				t.Fatal(err)
			}
			now := func() time.Time { return shop.Now().Add(skew) }
			err := removeExpired(ctx, db, staff.New(staff.Config{DB: db, Now: now}), now)
			alone := db.Dialect() == dialect.SQLite
			if refused := err != nil; refused != (skew != 0 && !alone) || refused && !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v", skew, err)
			}
			if kept := db.Reader.SetupLink.Query().ExistX(ctx); kept != (skew == 0 || !alone) {
				t.Errorf("%s: the link is kept: %v", skew, kept)
			}
		}
	})
}
