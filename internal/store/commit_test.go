package store_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/Shopify/toxiproxy/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/rs/zerolog"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A commit whose answer did not come in time is told apart from one that the
// database has refused: only of the latter it is known that nothing was written.
// Either way the connection is given back.
func TestCommitWithoutAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != dialect.Postgres {
			return // whose commit is answered by this process itself
		}
		slowCommits(t, db)
		add := func(ctx context.Context, text string) error {
			return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.ExecContext(ctx, `INSERT INTO slow VALUES ($1)`, text)
				return err
			})
		}
		ctx, cancel := context.WithCancel(storetest.Context(t))
		go whileCommitting(t, db, "slow", cancel)
		if err := add(ctx, "slow"); !store.Unsure(err) {
			t.Errorf("a commit that takes too long: %v", err)
		}
		ending := func(ctx context.Context, text string) error {
			return db.Tx(pipeline.MayEnd(ctx), func(ctx context.Context, tx *ent.Client) error {
				rows, err := tx.Rows(pipeline.Last(ctx), `INSERT INTO slow VALUES ($1) RETURNING text`, text)
				if err != nil {
					return err
				}
				return rows.Close()
			})
		}
		again, cancel := context.WithCancel(storetest.Context(t))
		go whileCommitting(t, db, "last", cancel)
		if err := ending(again, "last"); !store.Unsure(err) {
			t.Errorf("a last statement whose commit takes too long: %v", err)
		}
		if err := ending(storetest.Context(t), "no"); err == nil || store.Unsure(err) {
			t.Errorf("a last statement whose commit is refused: %v", err)
		}
		err := add(storetest.Context(t), "no")
		if _, answered := errors.AsType[*pgconn.PgError](err); !answered || store.Unsure(err) {
			t.Errorf("a commit that is refused: %v", err)
		}
		err = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error { // fails before it is sent
			_, err := tx.ExecContext(pipeline.Later(ctx), `INSERT INTO missing VALUES (1)`)
			return err
		})
		if _, answered := errors.AsType[*pgconn.PgError](err); !answered || store.Unsure(err) {
			t.Errorf("a statement that waited for the commit: %v", err)
		}
		if used := db.SQL().Stats().InUse; used != 0 {
			t.Errorf("%d connections are still in use", used)
		}
	})
}

// slowCommits makes a table of which a new row is committed after ten seconds, except
// "no", which is refused then.
func slowCommits(t *testing.T, db *store.DB) {
	t.Helper()
	for _, statement := range []string{
		`CREATE TABLE slow (text text)`,
		`CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF NEW.text = 'no' THEN RAISE 'no'; END IF;
			PERFORM set_config('application_name', NEW.text, false), pg_sleep(10);
			RETURN NULL; END $$`,
		`CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION at_commit()`,
	} {
		must(t, db.SQL(), statement)
	}
}

// whileCommitting does something once the row with that text is being committed.
func whileCommitting(t *testing.T, db *store.DB, text string, do func()) {
	t.Helper()
	defer do()
	const query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1"
	for committing := 0; committing == 0; {
		if err := db.Probe().QueryRowContext(storetest.Context(t), query, text).Scan(&committing); err != nil {
			return // the test is over
		}
	}
}

// proxied returns the URL of a PostgreSQL database behind a proxy that can do harm.
func proxied(t *testing.T) (proxy *toxiproxy.Proxy, databaseURL string) {
	t.Helper()
	address, err := url.Parse(storetest.URL(t, dialect.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	proxy = toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop()), t.Name(), "127.0.0.1:0", address.Host)
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Stop)
	address.Host = proxy.Listen
	return proxy, address.String()
}

// A last statement whose connection breaks while it is being committed may be there.
func TestConnectionBreaksInCommit(t *testing.T) {
	t.Parallel()
	ctx := storetest.Context(t)
	proxy, databaseURL := proxied(t)
	db := storetest.Open(t, store.Config{URL: databaseURL})
	slowCommits(t, db)
	go whileCommitting(t, db, "there", proxy.Stop)
	err := db.Tx(pipeline.MayEnd(ctx), func(ctx context.Context, tx *ent.Client) error {
		if _, err := tx.ExecContext(ctx, `SELECT 1`); err != nil {
			return err
		}
		rows, err := tx.Rows(pipeline.Last(ctx), `INSERT INTO slow VALUES ('there') RETURNING text`)
		if err != nil {
			return err
		}
		return rows.Close()
	})
	if !store.Unsure(err) {
		t.Errorf("%v is not unsure", err)
	}
}

// A context that ends when the commit has just succeeded does not make a failure
// of it.
func TestContextEndsAfterCommit(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(storetest.Context(t))
	defer cancel()
	db, err := store.Open(ctx, store.Config{
		URL: storetest.URL(t, "postgres"),
		Observe: func(ctx context.Context, statement string) (context.Context, func(error)) {
			return ctx, func(error) {
				if strings.EqualFold(statement, "commit") {
					cancel()
				}
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.Category.Create().SetName("kept").SetSlug("kept").Exec(ctx)
	})
	if err != nil || ctx.Err() == nil {
		t.Errorf("what was committed is reported as %v; context: %v", err, ctx.Err())
	}
	if n, err := db.Reader.Category.Query().Count(storetest.Context(t)); err != nil || n != 1 {
		t.Errorf("%d categories, %v", n, err)
	}
}

// A connection that was closed since it was last used counts as a database that is
// away, in whatever it is used for next.
func TestAwayOnAClosedConnection(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != dialect.Postgres {
			return // has no connections
		}
		ctx := storetest.Context(t)
		conn, err := db.SQL().Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		err = conn.Raw(func(raw any) error {
			plain := raw.(*stdlib.Conn).Conn()
			if err := plain.Close(ctx); err != nil {
				return err
			}
			_, begin := plain.Begin(ctx)
			_, exec := plain.Exec(ctx, "SELECT 1")
			var n int
			query := plain.QueryRow(ctx, "SELECT 1").Scan(&n)
			for _, err := range []error{begin, exec, query} {
				if !store.Away(err) || store.Unsure(err) {
					t.Errorf("%v", err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// A connection that breaks after a statement was sent, before an answer, counts as a
// database that is away too, and not as one that has seen nothing.
func TestAwayWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	ctx := storetest.Context(t)
	config, err := pgx.ParseConfig(storetest.URL(t, dialect.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	var way deafened
	config.DialFunc = func(ctx context.Context, network, address string) (_ net.Conn, err error) {
		way.Conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
		return &way, err
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	way.deaf.Store(true)
	if _, err := conn.Exec(ctx, "SAVEPOINT row"); !store.Away(err) || pgconn.SafeToRetry(err) {
		t.Errorf("%v", err)
	}
}

// deafened is a connection on which nothing more comes once it is deaf.
type deafened struct {
	net.Conn

	deaf atomic.Bool
}

func (d *deafened) Read(into []byte) (int, error) {
	if d.deaf.Load() {
		return 0, io.EOF
	}
	return d.Conn.Read(into)
}
