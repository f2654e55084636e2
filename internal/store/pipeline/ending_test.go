package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

const insertReturning = insert + ` RETURNING line`

// The last statement of a transaction that may end with it is committed at once,
// with all that came before, and nothing can follow it.
func TestLast(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		postgres := d.db.Dialect() == dialect.Postgres
		stop := errors.New("stop")
		for _, may := range []bool{true, false} {
			ctx := storetest.Context(d)
			if may {
				ctx = pipeline.MayEnd(ctx)
			}
			ends := may && postgres
			err := d.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
				if _, err := tx.ExecContext(ctx, insert, "first"); err != nil {
					return err
				}
				d.later(ctx, tx, insert, "later")
				last, err := rows(pipeline.Last(ctx), tx, insertReturning, "last")
				if !slices.Equal(last, []string{"last"}) || err != nil {
					d.Errorf("%q, %v", last, err)
				}
				if ends {
					d.expect("first", "last", "later") //nolint:contextcheck // looks from outside
				}
				if _, err := tx.ExecContext(ctx, insert, "after"); (err != nil) != ends {
					d.Errorf("a statement after the last one: %v", err)
				}
				return stop
			})
			if !errors.Is(err, stop) {
				d.Error(err)
			}
			if ends {
				d.expect("first", "last", "later") // a failure that comes too late
				must(d, `DELETE FROM diary`)
			}
			d.expect()
		}
		err := d.db.Tx(pipeline.MayEnd(storetest.Context(d)), func(ctx context.Context, tx *ent.Client) error {
			_, err := rows(pipeline.Last(ctx), tx, insertReturning, "only")
			return err
		})
		if err != nil {
			d.Error(err)
		}
		d.expect("only")
	})
}

func must(d diary, text string) {
	d.Helper()
	if _, err := d.db.SQL().ExecContext(d.Context(), text); err != nil {
		d.Fatal(err)
	}
}

// A last statement that is refused undoes all, and is tried again where it does not
// end the transaction.
func TestRefusedLast(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		runs := 0
		err := d.db.Tx(pipeline.MayEnd(storetest.Context(d)), func(ctx context.Context, tx *ent.Client) error {
			runs++
			d.later(ctx, tx, insert, "line")
			if pipeline.Ending(ctx) && tx.Dialect() == dialect.Postgres {
				_, err := rows(pipeline.Last(ctx), tx, `SELECT CAST(1 / (count(*) FILTER (WHERE line = 'other'))::int AS text) FROM diary`)
				return err
			}
			_, err := rows(pipeline.Last(ctx), tx, insertReturning, "good")
			return err
		})
		if want := map[string]int{dialect.Postgres: 2, dialect.SQLite: 1}[d.db.Dialect()]; err != nil || runs != want {
			d.Errorf("%d runs, %v", runs, err)
		}
		if d.db.Dialect() == dialect.Postgres {
			d.expect("good", "line")
		}
	})
}

// A transaction that says nothing asks nothing of the database, and every one gives
// its connection back.
func TestConnectionsComeBack(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		ctx, cancel := context.WithCancel(storetest.Context(d))
		stop := errors.New("stop")
		for name, fn := range map[string]func(ctx context.Context, tx *ent.Client) error{
			"nothing": func(context.Context, *ent.Client) error { return nil },
			"refused": func(context.Context, *ent.Client) error { return stop },
			"syntax":  func(ctx context.Context, tx *ent.Client) error { _, err := rows(ctx, tx, `SELEKT`); return err },
			"wrong type": func(ctx context.Context, tx *ent.Client) error {
				_, err := rows(ctx, tx, insertReturning, struct{}{})
				return err
			},
			"last": func(ctx context.Context, tx *ent.Client) error {
				_, err := rows(pipeline.Last(pipeline.MayEnd(ctx)), tx, insertReturning, "bad")
				return err
			},
			"cancelled": func(ctx context.Context, tx *ent.Client) error {
				if _, err := tx.ExecContext(ctx, insert, "gone"); err != nil {
					return err
				}
				cancel()
				return nil
			},
		} {
			use := storetest.Context(d)
			if name == "cancelled" {
				use = ctx
			}
			if err := d.db.Tx(use, fn); (err == nil) != (name == "nothing") {
				d.Errorf("%s: %v", name, err)
			}
			d.unused(name)
		}
		d.expect()
	})
}

// unused expects that all connections are back. On SQLite it waits for the only one:
// when a context ends, database/sql rolls back in a goroutine of its own.
func (d diary) unused(after string) {
	d.Helper()
	if d.db.Dialect() == dialect.SQLite {
		ctx, cancel := context.WithTimeout(storetest.Context(d), 10*time.Second)
		defer cancel()
		conn, err := d.db.SQL().Conn(ctx)
		if err != nil {
			d.Fatalf("%s: %v", after, err)
		}
		_ = conn.Close()
	}
	if n := d.db.SQL().Stats().InUse; n != 0 {
		d.Errorf("%s: %d connections are in use", after, n)
	}
}

// A transaction that has lost its connection is over: nothing goes on without what
// came before.
func TestLostConnectionEnds(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		if d.db.Dialect() != dialect.Postgres {
			return // has no connections
		}
		ctx := storetest.Context(d)
		err := d.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			given, giveUp := context.WithCancel(ctx)
			go d.whileAsleep(giveUp) //nolint:contextcheck // looks from outside
			if _, err := tx.ExecContext(given, `SELECT pg_sleep(10)`); err == nil {
				d.Error("slept to the end")
			}
			if _, err := tx.ExecContext(ctx, insert, "after"); err == nil {
				d.Error("went on")
			}
			return nil // as if nothing had happened
		})
		if err == nil {
			d.Error("committed")
		}
		d.expect()
	})
}

// whileAsleep does something once a statement sleeps.
func (d diary) whileAsleep(do func()) {
	d.Helper()
	defer do()
	const query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
	for asleep := 0; asleep == 0; {
		if err := d.db.Probe().QueryRowContext(storetest.Context(d), query).Scan(&asleep); err != nil {
			return // the test is over
		}
	}
}

// A connection that is lost behind a savepoint is not mistaken for the failure of
// what was done there, which the transaction could outlive.
func TestLostBehindSavepoint(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		if d.db.Dialect() != dialect.Postgres {
			return // which has no connection to lose
		}
		err := d.db.Tx(storetest.Context(d), func(ctx context.Context, tx *ent.Client) error {
			return store.Savepoint(ctx, tx, func(ctx context.Context) error {
				if _, err := tx.ExecContext(ctx, insert, "a"); err != nil {
					return err
				}
				//nolint:contextcheck // from outside
				must(d, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
					WHERE datname = current_database() AND pid <> pg_backend_pid()`)
				return shop.Invalidf("line", "is too short")
			})
		})
		if shop.KindOf(err) == shop.KindInvalid || !store.Away(err) {
			d.Errorf("expected that the database is away, got %v", err)
		}
		d.expect()
	})
}

// What waits for a connection that was lost meanwhile goes over another one.
func TestLaterAfterLoss(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		err := d.db.Tx(storetest.Context(d), func(ctx context.Context, tx *ent.Client) error {
			d.later(ctx, tx, insert, "a")
			if d.db.Dialect() == dialect.Postgres {
				//nolint:contextcheck // from outside
				must(d, `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
					WHERE datname = current_database() AND pid <> pg_backend_pid()`)
			}
			_, err := tx.ExecContext(ctx, insert, "b")
			return err
		})
		if err != nil {
			d.Error(err)
		}
		d.expect("a", "b")
	})
}
