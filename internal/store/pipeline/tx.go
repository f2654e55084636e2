package pipeline

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// Tx is a PostgreSQL transaction that honours Later and Last. BEGIN travels with its first
// statement. As with any transaction, only one goroutine at a time may use it. Query
// returns after all rows have been read.
type Tx struct {
	ctx  context.Context //nolint:containedctx // of the transaction, because Commit takes none
	pool *Pool
	conn *stdsql.Conn // nil when the transaction is over

	waiting   []statement
	begun     bool
	over      bool // it has ended on the server: nothing is left to roll back
	committed bool
}

// statement is one to be sent.
type statement struct {
	text  string
	args  []any
	apart bool // see Apart
}

var _ dialect.Tx = (*Tx)(nil)

// Begin takes a connection of the pool for a transaction. Nothing is sent before its
// first statement. Errors: ErrBusy.
func Begin(ctx context.Context, pool *Pool) (*Tx, error) {
	conn, err := pool.take(ctx)
	if err != nil {
		return nil, err
	}
	return &Tx{ctx: ctx, pool: pool, conn: conn}, nil
}

// Exec implements dialect.Tx.
func (tx *Tx) Exec(ctx context.Context, query string, args, v any) error {
	values, ok := args.([]any)
	if !ok {
		return fmt.Errorf("exec: expected []any for arguments, got %T", args)
	}
	result, err := tx.execOrKeep(ctx, v == nil, statement{text: query, args: values})
	if err != nil {
		return err
	}
	switch into := v.(type) {
	case nil:
	case *stdsql.Result:
		*into = result
	default:
		return fmt.Errorf("exec: expected *sql.Result for the result, got %T", v)
	}
	return nil
}

// ExecContext serves the client's method of that name.
func (tx *Tx) ExecContext(ctx context.Context, query string, args ...any) (stdsql.Result, error) {
	return tx.exec(ctx, true, statement{text: query, args: args})
}

func (tx *Tx) exec(ctx context.Context, mayWait bool, s statement) (driver.Result, error) {
	if mayWait && marked(ctx, laterKey{}) {
		s.apart = marked(ctx, apartKey{})
		tx.waiting = append(tx.waiting, s)
		return driver.ResultNoRows, nil
	}
	var tag pgconn.CommandTag
	err := tx.send(ctx, trip{
		statement: &s,
		alone: func(ctx context.Context, conn *pgx.Conn) (err error) {
			tag, err = conn.Exec(ctx, s.text, s.args...)
			return err
		},
		along: func(results pgx.BatchResults) (err error) {
			tag, err = results.Exec()
			return err
		},
	})
	return driver.RowsAffected(tag.RowsAffected()), err
}

// Query implements dialect.Tx.
func (tx *Tx) Query(ctx context.Context, query string, args, v any) error {
	values, listed := args.([]any)
	into, wanted := v.(*entsql.Rows)
	if !listed || !wanted {
		return fmt.Errorf("query: expected []any and *sql.Rows, got %T and %T", args, v)
	}
	rows := keptIn(ctx).take()
	if rows == nil {
		var err error
		if rows, err = tx.readOnce(ctx, query, values); err != nil {
			return err
		}
	}
	into.ColumnScanner = rows
	return nil
}

func (tx *Tx) read(ctx context.Context, query string, values []any) (*Rows, error) {
	if marked(ctx, replanKey{}) { // a batch has one mode for all
		if err := tx.flush(ctx); err != nil {
			return nil, err
		}
		values = WithMode(ctx, values)
	}
	read := new(Rows)
	err := tx.send(ctx, trip{
		statement: &statement{text: query, args: values},
		alone: func(ctx context.Context, conn *pgx.Conn) error {
			found, err := conn.Query(ctx, query, values...)
			if err != nil {
				return err
			}
			return read.collect(found)
		},
		along: func(results pgx.BatchResults) error {
			found, err := results.Query()
			if err != nil {
				return err
			}
			return read.collect(found)
		},
		together: marked(ctx, alongKey{}),
		commit:   Ending(ctx) && marked(ctx, lastKey{}),
	})
	return read, err
}

// QueryContext serves the client's method of that name. Its rows keep the connection
// busy until they are closed.
func (tx *Tx) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	if err := tx.flush(ctx); err != nil {
		return nil, err
	}
	if tx.conn == nil {
		return nil, stdsql.ErrTxDone
	}
	return tx.conn.QueryContext(ctx, query, WithMode(ctx, args)...)
}

// flush sends BEGIN and the waiting writes, as far as they were not sent yet.
func (tx *Tx) flush(ctx context.Context) error {
	if tx.begun && len(tx.waiting) == 0 {
		return nil
	}
	return tx.send(ctx, trip{})
}

// Commit implements driver.Tx. When it fails before COMMIT was sent, the transaction
// still has to be rolled back.
func (tx *Tx) Commit() error {
	switch {
	case tx.conn == nil:
		return stdsql.ErrTxDone
	case tx.committed:
	case tx.over:
		return pgx.ErrTxCommitRollback
	case tx.ctx.Err() != nil:
		return fmt.Errorf("commit was not sent: %w", context.Cause(tx.ctx))
	case tx.begun || len(tx.waiting) > 0:
		if err := tx.send(tx.ctx, trip{commit: true}); err != nil {
			return err
		}
	}
	tx.release()
	return nil
}

// rollbackTime limits how long a rollback may take. After that the connection is closed,
// which has the same effect.
const rollbackTime = 5 * time.Second

// Rollback implements driver.Tx.
func (tx *Tx) Rollback() error {
	if tx.conn == nil {
		return stdsql.ErrTxDone
	}
	defer tx.release()
	switch {
	case tx.committed:
		return errors.New("the transaction is committed")
	case !tx.begun || tx.over:
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(tx.ctx), rollbackTime)
	defer cancel()
	return tx.raw(func(conn *pgx.Conn) error {
		if conn.IsClosed() {
			return nil
		}
		_, err := conn.Exec(ctx, "rollback")
		return err
	})
}

// release returns the connection to the pool, or closes it if it is broken or still in a
// transaction.
func (tx *Tx) release() {
	conn := tx.conn
	_ = tx.raw(func(c *pgx.Conn) error {
		if c.IsClosed() || c.PgConn().TxStatus() != 'I' {
			return driver.ErrBadConn // which the pool does not keep
		}
		return nil
	})
	tx.pool.give(conn)
	tx.conn = nil
}

func (tx *Tx) raw(fn func(conn *pgx.Conn) error) error {
	return raw(tx.conn, fn)
}

// raw calls a function with pgx's own connection.
func raw(conn *stdsql.Conn, fn func(conn *pgx.Conn) error) error {
	return conn.Raw(func(c any) error {
		own, ok := c.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("unexpected connection %T", c)
		}
		return fn(own.Conn())
	})
}
