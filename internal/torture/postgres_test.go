//go:build linux

package torture_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the checker's own way in

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

const (
	pgConnections = 40 // that PostgreSQL allows
	pgRole        = "shop"
	pgPassword    = "torture"
)

// postgres is a PostgreSQL server of the test's own, with the shop's database.
type postgres struct {
	*pgtemp.Server

	mu sync.Mutex // held by whoever takes it down
}

// newPostgresWorld starts two replicas on one PostgreSQL server, which each of them reaches
// through its own link, with a role that is not a superuser.
func newPostgresWorld(t *testing.T) *world {
	t.Helper()
	server, err := pgtemp.Start(t.Context(), pgtemp.Options{Durable: true, MaxConnections: pgConnections})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	pg := &postgres{Server: server}
	for _, statement := range []string{
		"CREATE ROLE " + pgRole + " LOGIN PASSWORD '" + pgPassword + "'",
		"CREATE DATABASE shop OWNER " + pgRole,
	} {
		if err := pg.super(t.Context(), "postgres", func(ctx context.Context, conn *pgx.Conn) error {
			_, err := conn.Exec(ctx, statement)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	address, err := url.Parse(server.URL("shop"))
	if err != nil {
		t.Fatal(err)
	}
	db := newLink(t, "servers and PostgreSQL", address.Host)
	w := &world{direct: shopURL(address.Host), quiet: pg.quiet}
	w.open(t, 2, shopURL(db.address()), "--max-connections", "8", "--statement-timeout", "2s", "--lock-timeout", "1s")
	w.faults = append(w.faults, linkFaults(db)...)
	w.faults = append(w.faults, pg.faults()...)
	if w.db, err = sql.Open("pgx", server.URL("shop")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func shopURL(host string) string {
	return fmt.Sprintf("postgres://%s:%s@%s/shop?sslmode=disable&connect_timeout=3", pgRole, pgPassword, host)
}

// super does something as superuser. It returns errMissed if the server is down.
func (pg *postgres) super(ctx context.Context, database string, do func(ctx context.Context, conn *pgx.Conn) error) error {
	return pg.as(ctx, pg.URL(database), do)
}

func (*postgres) as(ctx context.Context, address string, do func(ctx context.Context, conn *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return errors.Join(errMissed, err)
	}
	err = do(ctx, conn)
	if err != nil && conn.IsClosed() { // the server went down meanwhile
		return errors.Join(errMissed, err)
	}
	return errors.Join(err, conn.Close(ctx))
}

// quiet waits until the shop has no transaction left.
func (pg *postgres) quiet(ctx context.Context) error {
	return pg.super(ctx, "postgres", func(ctx context.Context, conn *pgx.Conn) error {
		for {
			var n int
			err := conn.QueryRow(ctx, "SELECT count(*) FROM pg_stat_activity WHERE usename = $1", pgRole).Scan(&n)
			if err != nil || n == 0 {
				return err
			}
			rest(ctx, 50*time.Millisecond)
			if ctx.Err() != nil {
				return fmt.Errorf("%d connections of the shop are left", n)
			}
		}
	})
}

func (pg *postgres) faults() []fault {
	return []fault{
		{"PostgreSQL killed", pg.down(pg.Kill)},
		{"PostgreSQL shut down at once", pg.down(pg.Quit)},
		{"PostgreSQL restarted", pg.down(func() {})}, // which Restart does in order
		{"backends terminated", pg.on("SELECT pg_terminate_backend(pid)")},
		{"statements cancelled", pg.on("SELECT pg_cancel_backend(pid)")},
		{"commits slowed down", pg.slowCommits},
		{"tables locked", pg.lock("LOCK TABLE products IN EXCLUSIVE MODE")},
		{"rows locked", pg.lock("SELECT 1 FROM products WHERE id <= 10 ORDER BY id FOR UPDATE")},
		{"keys locked", pg.lock("LOCK TABLE idempotency_keys IN SHARE MODE")},
		{"connections used up", pg.useUp},
	}
}

// down stops the server in one way or another, and starts it again.
func (pg *postgres) down(how func()) func(ctx context.Context, rng *rand.Rand) error {
	return func(ctx context.Context, rng *rand.Rand) error {
		pg.mu.Lock()
		defer pg.mu.Unlock()
		how()
		rest(ctx, between(rng, 0, 700*time.Millisecond))
		return pg.Restart(context.WithoutCancel(ctx))
	}
}

// on does something to half of the shop's backends, several times.
func (pg *postgres) on(what string) func(ctx context.Context, rng *rand.Rand) error {
	return func(ctx context.Context, rng *rand.Rand) error {
		return pg.super(ctx, "postgres", func(ctx context.Context, conn *pgx.Conn) error {
			for range 1 + rng.IntN(4) {
				if _, err := conn.Exec(ctx, what+" FROM pg_stat_activity WHERE usename = $1 AND random() < 0.5", pgRole); err != nil {
					return err
				}
				rest(ctx, between(rng, time.Millisecond, 100*time.Millisecond))
			}
			return nil
		})
	}
}

// slowCommits makes every commit wait, as a slow disk does.
func (pg *postgres) slowCommits(ctx context.Context, rng *rand.Rand) error {
	return pg.super(ctx, "postgres", func(ctx context.Context, conn *pgx.Conn) error {
		set := func(delay int) error {
			for _, statement := range []string{
				fmt.Sprintf("ALTER SYSTEM SET commit_delay = %d", delay), "ALTER SYSTEM SET commit_siblings = 0", "SELECT pg_reload_conf()",
			} {
				if _, err := conn.Exec(ctx, statement); err != nil {
					return err
				}
			}
			return nil
		}
		err := set(100_000) // microseconds: the most that it takes
		rest(ctx, between(rng, 300*time.Millisecond, 1500*time.Millisecond))
		return errors.Join(err, set(0))
	})
}

// lock holds a lock for longer than some requests wait.
func (pg *postgres) lock(statement string) func(ctx context.Context, rng *rand.Rand) error {
	return func(ctx context.Context, rng *rand.Rand) error {
		return pg.super(ctx, "shop", func(ctx context.Context, conn *pgx.Conn) error {
			tx, err := conn.Begin(ctx)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, statement); err != nil {
				return errors.Join(err, tx.Rollback(ctx))
			}
			rest(ctx, between(rng, 100*time.Millisecond, 2500*time.Millisecond))
			return tx.Rollback(ctx)
		})
	}
}

// useUp terminates the shop's connections, and takes all that are free.
func (pg *postgres) useUp(ctx context.Context, rng *rand.Rand) error {
	address, err := url.Parse(pg.URL("shop"))
	if err != nil {
		return err
	}
	return pg.super(ctx, "postgres", func(ctx context.Context, conn *pgx.Conn) error {
		const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1"
		if _, err := conn.Exec(ctx, end, pgRole); err != nil {
			return err
		}
		var taken []*pgx.Conn
		for range pgConnections {
			one, err := pgx.Connect(ctx, shopURL(address.Host))
			if err != nil {
				break
			}
			taken = append(taken, one)
		}
		rest(ctx, between(rng, 100*time.Millisecond, 800*time.Millisecond))
		for _, one := range taken {
			_ = one.Close(ctx) // the server may have gone
		}
		return nil
	})
}
