package migration

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Dev says where to make scratch databases, in which migrations are replayed to see which
// schema they lead to. Those for SQLite are temporary files.
type Dev struct {
	// PostgresURL is a PostgreSQL server whose role may create databases. The database that
	// it names is not touched. If it is empty, a server is started from the installed
	// binaries.
	PostgresURL string
}

// scratch is an empty database that is removed when it is closed.
type scratch struct {
	*store.DB

	undo []func(context.Context) error
}

func (d Dev) open(ctx context.Context, name string) (_ *scratch, err error) {
	s := &scratch{}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("open a scratch database: %w", err), s.close(ctx))
		}
	}()
	if name == dialect.SQLite {
		return s, s.openSQLite(ctx)
	}
	server := d.PostgresURL
	if server == "" {
		if server, err = s.startPostgres(ctx); err != nil {
			return nil, err
		}
	}
	return s, s.openPostgres(ctx, server)
}

func (s *scratch) openSQLite(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "storekeeper-scratch-")
	if err != nil {
		return fmt.Errorf("make its directory: %w", err)
	}
	s.later(func(context.Context) error { return os.RemoveAll(dir) })
	return s.connect(ctx, "sqlite://"+filepath.ToSlash(filepath.Join(dir, "scratch.db")))
}

func (s *scratch) startPostgres(ctx context.Context) (string, error) {
	server, err := pgtemp.Start(ctx, pgtemp.Options{})
	if err != nil {
		return "", fmt.Errorf("without the URL of a development server, start one: %w", err)
	}
	s.later(server.Stop)
	return server.URL("postgres"), nil
}

func (s *scratch) openPostgres(ctx context.Context, server string) error {
	own, err := url.Parse(server)
	if err != nil {
		return errors.New("the URL of the development server is malformed") // the cause would show the password
	}
	admin, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to the development server: %w", err)
	}
	s.later(admin.Close)
	name := "storekeeper_scratch_" + strings.ToLower(rand.Text())
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return fmt.Errorf("on the development server: %w", err)
	}
	s.later(func(ctx context.Context) error {
		_, err := admin.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)")
		return err
	})
	own.Path = "/" + name
	return s.connect(ctx, own.String())
}

func (s *scratch) connect(ctx context.Context, databaseURL string) error {
	db, err := store.Open(ctx, store.Config{URL: databaseURL, MaxConns: 4, RelaxedSync: true})
	if err != nil {
		return err
	}
	s.DB = db
	s.later(func(context.Context) error { return db.Close() })
	return nil
}

func (s *scratch) later(undo func(context.Context) error) { s.undo = append(s.undo, undo) }

// close removes the database, even when the context has ended.
func (s *scratch) close(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	var failed []error
	for _, v := range slices.Backward(s.undo) {
		failed = append(failed, v(ctx))
	}
	s.undo = nil
	return errors.Join(failed...)
}
