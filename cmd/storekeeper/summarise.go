package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/summary"
)

type summariseCmd struct {
	Rebuild bool `help:"Discard the summaries and rebuild them from all orders."`
}

// Run brings the summaries of reports up to date.
func (c *summariseCmd) Run(ctx context.Context, a *app) error {
	return a.withOwnShop(ctx, func(db *store.DB) error {
		start := time.Now()
		update := summary.Update
		if c.Rebuild {
			update = summary.Rebuild
		}
		result, err := update(ctx, db, summary.Options{Progress: a.progress()})
		if err != nil {
			return err
		}
		return a.print(result, func(w io.Writer) {
			fmt.Fprintf(w, "Counted %d order events, up to %d, in %s.\n",
				result.Events, result.Position, time.Since(start).Round(time.Millisecond))
		})
	})
}

// summarise brings the summaries of reports up to date for a server. Reports are correct
// without it, but become slower the longer it is not done. Once a newer program has
// migrated the database it does nothing: the newer program may keep more summaries than
// this one.
func summarise(ctx context.Context, log *slog.Logger, db *store.DB) error {
	start := time.Now()
	left := false
	result, err := summary.Update(ctx, db, summary.Options{While: func(ctx context.Context) (bool, error) {
		status, err := migration.Status(ctx, db)
		left = err == nil && status.Ahead()
		return !left, err
	}})
	switch {
	case err != nil:
		return err
	case left:
		log.DebugContext(ctx, "summaries are left to the newer program")
	case time.Since(start) > time.Minute:
		log.InfoContext(ctx, "caught up with the summaries", "events", result.Events, "took", time.Since(start).Round(time.Second))
	}
	return nil
}
