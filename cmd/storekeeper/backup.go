package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/storekeeper/storekeeper/internal/backup"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/reconcile"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/transfer"
)

type backupCmd struct {
	File  string `arg:"" type:"path" help:"File to write."`
	Force bool   `env:"STOREKEEPER_BACKUP_FORCE" help:"Replace the file if it exists."`
}

// Run backs up an SQLite database, also while a server runs on it.
func (c *backupCmd) Run(ctx context.Context, a *app) error {
	return a.withDB(ctx, func(db *store.DB) error {
		state, err := migration.Status(ctx, db)
		if err != nil {
			return err
		}
		if state.Current == "" {
			return fmt.Errorf("%s is empty: there is no shop to back up", db.Name())
		}
		start := time.Now()
		report, err := backup.Run(ctx, db, c.File, backup.Options{Force: c.Force})
		if err != nil {
			return err
		}
		return a.print(report, func(w io.Writer) {
			fmt.Fprintf(w, "%s: %d bytes, checked, in %s\n", report.File, report.Bytes, time.Since(start).Round(time.Millisecond))
		})
	})
}

type copyCmd struct {
	From string `required:"" placeholder:"URL" help:"Database to copy: sqlite://FILE or postgres://…"`
	To   string `required:"" placeholder:"URL" help:"Database to copy to: migrated to the same version, and without rows."`
}

// copied is what the command prints.
type copied struct {
	*transfer.Report

	Reconciled *reconcile.Report `json:"reconciled"`
}

// Run copies a shop and reconciles the books of the copy.
func (c *copyCmd) Run(ctx context.Context, a *app) error {
	if err := a.readConfig(c.From).Validate(); err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	if err := a.config(c.To).Validate(); err != nil {
		return fmt.Errorf("--to: %w", err)
	}
	return existing(ctx, a.readConfig(c.From), func(from *store.DB) error {
		return existing(ctx, a.config(c.To), func(to *store.DB) error {
			if err := upToDate(ctx, from, to); err != nil {
				return err
			}
			return c.copy(ctx, a, from, to)
		})
	})
}

func (c *copyCmd) copy(ctx context.Context, a *app, from, to *store.DB) error {
	start := time.Now()
	report, err := transfer.Run(ctx, from, to, a.progress())
	if err != nil {
		return err
	}
	books, err := reconcile.Run(ctx, to, reconcile.Options{Progress: a.progress()})
	if err != nil {
		return fmt.Errorf("everything was copied; then: %w", err)
	}
	err = a.print(copied{report, books}, func(w io.Writer) {
		for _, table := range report.Tables {
			fmt.Fprintf(w, "%-24s %10d rows  %s\n", table.Name, table.Rows, table.Digest)
		}
		fmt.Fprintf(w, "Copied and compared %d rows in %s.\n", report.Rows, time.Since(start).Round(time.Millisecond))
		describeReport(w, books)
	})
	if err != nil {
		return err
	}
	return agreement(books)
}

// upToDate returns an error unless every database has exactly the migrations of this
// program: otherwise their tables may differ.
func upToDate(ctx context.Context, databases ...*store.DB) error {
	for _, db := range databases {
		state, err := migration.Status(ctx, db)
		if err != nil {
			return err
		}
		switch {
		case state.Current == "":
			return fmt.Errorf("%s is not migrated: run 'storekeeper migrate up' on it first", db.Name())
		case state.Ahead():
			return fmt.Errorf("%s is at version %s, newer than this program's %s: copy it with the newer program",
				db.Name(), state.Current, state.Latest)
		case !state.UpToDate():
			return fmt.Errorf("%s is at version %s, this program at %s: run 'storekeeper migrate up' on it first",
				db.Name(), state.Current, state.Latest)
		}
	}
	return nil
}
