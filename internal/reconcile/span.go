package reconcile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
)

// books is the database that is checked.
type books struct {
	pool    *sql.DB
	dialect string
}

// extent is the state of a table at the beginning, or of its rows after an id.
type extent struct {
	table string
	after int64
	rows  int64
	last  int64 // largest id
}

func (b books) extent(ctx context.Context, table string, after int64) (extent, error) {
	e := extent{table: table, after: after}
	query := "SELECT COUNT(*), COALESCE(MAX(id), $1) FROM " + table + " WHERE id > $1"
	err := b.read(ctx, func(p *page) error { return p.tx.QueryRowContext(ctx, query, after).Scan(&e.rows, &e.last) })
	return e, err
}

// span is a range of ids: after < id <= to. Spans follow each other without
// gaps.
type span struct{ after, to int64 }

// each checks a table span by span, each of at most size rows and in its own snapshot,
// and returns how many rows there were.
func (b books) each(
	ctx context.Context, whole extent, size int64,
	progress func(string, int64, int64), look func(context.Context, *page, span) error,
) (int64, error) {
	done, after := int64(0), whole.after
	for after < whole.last {
		var s span
		var rows int64
		err := b.read(ctx, func(p *page) error {
			to, n, err := p.next(ctx, whole, after, size)
			if err != nil {
				return err
			}
			s, rows = span{after, to}, n
			return look(ctx, p, s)
		})
		if err != nil {
			return 0, fmt.Errorf("after id %d: %w", after, err)
		}
		after = s.to
		done += rows
		progress(whole.table, min(done, whole.rows), whole.rows)
	}
	progress(whole.table, whole.rows, whole.rows)
	return done, nil
}

// page is a snapshot for one span.
type page struct {
	tx      *sql.Tx
	dialect string
}

// read calls look with a read-only snapshot.
func (b books) read(ctx context.Context, look func(*page) error) (err error) {
	options := &sql.TxOptions{ReadOnly: true}
	if b.dialect == dialect.Postgres {
		options.Isolation = sql.LevelRepeatableRead // as every SQLite transaction is
	}
	tx, err := b.pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { err = errors.Join(err, end(tx)) }()
	p := &page{tx: tx, dialect: b.dialect}
	for name, value := range settings {
		if err := p.set(ctx, name, value); err != nil {
			return err
		}
	}
	return look(p)
}

// settings apply to every snapshot. Each span is planned anew, because the best plan
// depends on its width. There is no timeout, because that is meant for requests.
var settings = map[string]string{"plan_cache_mode": "force_custom_plan", "jit": "off", "statement_timeout": "0"}

func end(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) { // it only read
		return fmt.Errorf("end: %w", err)
	}
	return nil
}

// set changes a setting of PostgreSQL within the snapshot. It does nothing on SQLite,
// which has none of these settings.
func (p *page) set(ctx context.Context, name, value string) error {
	if p.dialect != dialect.Postgres {
		return nil
	}
	if _, err := p.tx.ExecContext(ctx, "SELECT set_config($1, $2, true)", name, value); err != nil {
		return fmt.Errorf("set %s: %w", name, err)
	}
	return nil
}

// next finds the end of the span that begins after an id, and counts its rows.
func (p *page) next(ctx context.Context, whole extent, after, size int64) (to, rows int64, err error) {
	err = p.tx.QueryRowContext(ctx,
		"SELECT COALESCE(MAX(id), 0), COUNT(*) FROM (SELECT id FROM "+whole.table+
			" WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) AS page",
		after, whole.last, size).Scan(&to, &rows)
	if rows < size {
		to = whole.last // nothing is left after it
	}
	return to, rows, err
}
