package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
)

// config is the configuration of the database at url, with the settings of the flags.
func (a *app) config(url string) store.Config {
	return store.Config{
		URL:         url,
		MaxConns:    a.flags.MaxConnections,
		RelaxedSync: a.flags.SQLiteSynchronous == "normal",
	}
}

// readConfig is config for reading alone.
func (a *app) readConfig(url string) store.Config {
	cfg := a.config(url)
	cfg.ReadOnly = true
	return cfg
}

// withDB runs fn on the database that the flags name. A missing SQLite file is an error.
func (a *app) withDB(ctx context.Context, fn func(db *store.DB) error) error {
	return existing(ctx, a.config(a.flags.DatabaseURL), fn)
}

// withShop runs fn on the database that the flags name. It returns an error when
// migrations are pending, and logs a warning when a newer program has migrated the
// database.
func (a *app) withShop(ctx context.Context, fn func(db *store.DB) error) error {
	return a.withDB(ctx, func(db *store.DB) error {
		if _, err := a.migrated(ctx, db); err != nil {
			return err
		}
		return fn(db)
	})
}

// readShop is withShop for commands that only read.
func (a *app) readShop(ctx context.Context, fn func(db *store.DB) error) error {
	return a.readDB(ctx, func(db *store.DB) error {
		if _, err := a.migrated(ctx, db); err != nil {
			return err
		}
		return fn(db)
	})
}

// migrated returns the state of the migrations. The error says so when the database is
// not migrated far enough for this program.
func (a *app) migrated(ctx context.Context, db *store.DB) (*migration.State, error) {
	status, err := migration.Status(ctx, db)
	if err != nil {
		return nil, err
	}
	if len(status.Pending) > 0 {
		return nil, errors.New("the database is not migrated: run 'storekeeper migrate up'")
	}
	a.warnAhead(ctx, status)
	return status, complete(ctx, db, status)
}

// complete returns an error when the database has all migrations, and no newer ones, but
// not all that the program reads.
func complete(ctx context.Context, db *store.DB, status *migration.State) error {
	if status.Ahead() {
		return nil
	}
	return migration.Complete(ctx, db)
}

// withOwnShop is withShop for commands that fill tables. It refuses a database that a
// newer program has migrated, which may have to be filled differently.
func (a *app) withOwnShop(ctx context.Context, fn func(db *store.DB) error) error {
	return a.withDB(ctx, func(db *store.DB) error {
		status, err := a.migrated(ctx, db)
		if err != nil {
			return err
		}
		if status.Ahead() {
			return errors.New(ahead(status) + " Use the newer one.")
		}
		return fn(db)
	})
}

func (a *app) warnAhead(ctx context.Context, status *migration.State) {
	if status.Ahead() {
		a.log.WarnContext(ctx, "a newer program has migrated the database: this one does not know all of it",
			"database", status.Current, "program", status.Latest)
	}
}

// readDB is withDB for commands that only read: an SQLite file is left as it is.
func (a *app) readDB(ctx context.Context, fn func(db *store.DB) error) error {
	return existing(ctx, a.readConfig(a.flags.DatabaseURL), fn)
}

// existing runs fn on a database that exists. It never creates an SQLite file, because the
// name may be mistyped.
func existing(ctx context.Context, cfg store.Config, fn func(db *store.DB) error) error {
	missing, err := store.Missing(cfg.URL)
	if err != nil {
		return err
	}
	if missing != "" {
		return fmt.Errorf("%s: there is no such file as %s: check its name, and the folder that you are in; "+
			"\"storekeeper migrate up --database-url '%s'\" makes a new, empty shop", cfg.URL, missing, cfg.URL)
	}
	return using(ctx, cfg, fn)
}

// withNewDB is withDB for commands that create a missing SQLite file.
func (a *app) withNewDB(ctx context.Context, fn func(db *store.DB) error) error {
	return using(ctx, a.config(a.flags.DatabaseURL), fn)
}

func using(ctx context.Context, cfg store.Config, fn func(db *store.DB) error) (err error) {
	if err := checkForeign(ctx, cfg); err != nil {
		return err
	}
	db, err := store.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return fn(db)
}

// checkForeign refuses an SQLite file that belongs to another program. It runs before the
// file is opened for writing, which changes its journal mode. It ignores all other
// errors: opening the database reports them.
func checkForeign(ctx context.Context, cfg store.Config) error {
	if missing, err := store.Missing(cfg.URL); err != nil || missing != "" || cfg.ReadOnly || !strings.HasPrefix(cfg.URL, "sqlite:") {
		return nil //nolint:nilerr // Opening it says so.
	}
	cfg.ReadOnly = true
	err := using(ctx, cfg, func(db *store.DB) error {
		_, err := migration.Status(ctx, db)
		return err
	})
	if foreign, ok := errors.AsType[*migration.ForeignError](err); ok {
		return foreign
	}
	return nil
}
