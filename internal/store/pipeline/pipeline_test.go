package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

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

// query asks by way of database/sql, rows by way of pgx.
func (d diary) query(ctx context.Context, tx *ent.Client, text string, args ...any) ([]string, error) {
	found, err := tx.QueryContext(ctx, text, args...) //nolint:rowserrcheck // lines does
	if err != nil {
		return nil, err
	}
	return lines(found)
}

func rows(ctx context.Context, tx *ent.Client, text string, args ...any) ([]string, error) {
	found, err := tx.Rows(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	return lines(found)
}

func lines(found entsql.ColumnScanner) (all []string, err error) {
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

// What waits goes along with the statement that takes it, whichever way either
// numbers its parameters and whatever is in quotes.
func TestAlong(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		shoptest.Do(d.T, d.db, func(ctx context.Context, tx *ent.Client) error {
			for _, text := range []string{
				`SELECT CAST($2 AS text) || $1 || '$1 "$1'`,
				`WITH one AS (SELECT CAST($2 AS text) AS x) SELECT x || $1 || '$1 "$1' FROM one`,
			} {
				d.later(ctx, tx, `INSERT INTO "diary" ("line") VALUES ($2 || '$1''$2' || $1)`, "x", "y")
				d.later(ctx, tx, insert, "z")
				got, err := rows(pipeline.Along(ctx), tx, text, "A", "B")
				if err != nil {
					return err
				}
				if !slices.Equal(got, []string{`BA$1 "$1`}) {
					d.Error(got)
				}
			}
			return nil
		})
		d.expect("y$1'$2x", "y$1'$2x", "z", "z")
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
			"along": func(ctx context.Context, tx *ent.Client) error {
				_, err := rows(pipeline.Along(ctx), tx, `SELECT 'fine'`)
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

// What waits is not lost with a statement that is never sent, because its own context is
// over, and that nobody minds.
func TestLaterBehindUnsent(t *testing.T) {
	t.Parallel()
	diaries(t, func(d diary) {
		for _, line := range []string{"a", "b"} {
			shoptest.Do(d.T, d.db, func(ctx context.Context, tx *ent.Client) error {
				if line == "b" { // in a transaction that is begun
					if _, err := tx.ExecContext(ctx, insert, "begun"); err != nil {
						return err
					}
				}
				d.later(ctx, tx, insert, line)
				over, end := context.WithCancel(ctx)
				end()
				if _, err := rows(over, tx, `SELECT 'x'`); err == nil {
					d.Error("it was sent")
				}
				return nil
			})
		}
		d.expect("a", "b", "begun")
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
