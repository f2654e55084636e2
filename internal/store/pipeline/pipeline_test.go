package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// diary is a table to write to.
type diary struct {
	*testing.T

	db *store.DB
}

func diaries(t *testing.T, test func(d diary)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if _, err := db.SQL().ExecContext(t.Context(), `CREATE TABLE diary (line text NOT NULL CHECK (line <> 'bad'))`); err != nil {
			t.Fatal(err)
		}
		test(diary{t, db})
	})
}

const insert = `INSERT INTO diary (line) VALUES ($1)`

// later writes a line that may wait.
func (d diary) later(ctx context.Context, tx *ent.Client, text string, args ...any) {
	d.Helper()
	if _, err := tx.ExecContext(pipeline.Later(ctx), text, args...); err != nil && d.db.Dialect() == dialect.Postgres {
		d.Error(err)
	}
}

func (d diary) query(ctx context.Context, tx *ent.Client, text string, args ...any) ([]string, error) {
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

func (d diary) expect(lines ...string) {
	d.Helper()
	got, err := d.query(storetest.Context(d), d.db.Reader, `SELECT line FROM diary ORDER BY line`)
	if err != nil || !slices.Equal(got, lines) {
		d.Errorf("the diary says %q, not %q, %v", got, lines, err)
	}
}

// What waits is there when it is looked for, when the transaction is committed,
// and not when it is rolled back.
func TestLater(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		shoptest.Do(d.T, d.db, func(ctx context.Context, tx *ent.Client) error {
			d.later(ctx, tx, insert, "a")
			d.later(ctx, tx, insert, "b")
			d.later(ctx, tx, insert, "c")
			seen, err := d.query(ctx, tx, `SELECT line FROM diary ORDER BY line`)
			if !slices.Equal(seen, []string{"a", "b", "c"}) {
				d.Error(seen)
			}
			d.later(ctx, tx, insert, "d")
			return err
		})
		d.expect("a", "b", "c", "d")

		stop := errors.New("stop")
		err := d.db.Tx(storetest.Context(d), func(ctx context.Context, tx *ent.Client) error {
			d.later(ctx, tx, insert, "e")
			return stop
		})
		if !errors.Is(err, stop) {
			d.Error(err)
		}
		d.expect("a", "b", "c", "d")
	})
}

// A write that is refused fails the transaction, at the latest at its commit.
func TestRefusedLater(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		for name, after := range map[string]func(ctx context.Context, tx *ent.Client) error{
			"commit": func(context.Context, *ent.Client) error { return nil },
			"write": func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.ExecContext(ctx, insert, "fine")
				return err
			},
			"query": func(ctx context.Context, tx *ent.Client) error {
				_, err := d.query(ctx, tx, `SELECT 'fine'`)
				return err
			},
		} {
			err := d.db.Tx(storetest.Context(d), func(ctx context.Context, tx *ent.Client) error {
				d.later(ctx, tx, insert, "good")
				if _, err := tx.ExecContext(pipeline.Later(ctx), insert, "bad"); err != nil {
					return err
				}
				return after(ctx, tx)
			})
			if err == nil {
				d.Errorf("%s: a bad line was taken", name)
			}
			d.expect()
		}
	})
}

// A savepoint that is given up takes nothing with it that came before.
func TestLaterBeforeSavepoint(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		shoptest.Do(d.T, d.db, func(ctx context.Context, tx *ent.Client) error {
			d.later(ctx, tx, insert, "before")
			stop := errors.New("stop")
			err := store.Savepoint(ctx, tx, func(ctx context.Context) error {
				d.later(ctx, tx, insert, "inside")
				return stop
			})
			if !errors.Is(err, stop) {
				return err
			}
			d.later(ctx, tx, insert, "after")
			return nil
		})
		d.expect("after", "before")
	})
}

// rows reads what a client's Rows returns.
func rows(ctx context.Context, tx *ent.Client, text string, args ...any) (all []string, err error) {
	found, err := tx.Rows(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	for found.Next() {
		var s string
		if err := found.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, found.Err()
}

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
			if n := d.db.SQL().Stats().InUse; n != 0 {
				d.Errorf("%s: %d connections are in use", name, n)
			}
		}
		d.expect()
	})
}
