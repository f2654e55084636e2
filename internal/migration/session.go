package migration

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"time"

	"ariga.io/atlas/sql/schema"
	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
)

// lockName is the name of the lock that Atlas's command line also takes.
const lockName = "atlas_migrate_execute"

// session is the connection on which migrations run. On PostgreSQL it holds the lock that
// lets only one session at a time migrate a database. On SQLite the write lock of each
// transaction does that.
type session struct {
	conn    *sql.Conn
	dialect string
	dir     *directory
	wait    time.Duration // maximum wait for a lock
	pooled  bool          // a pooler is in between, and the lock cannot be held
	unlock  schema.UnlockFunc
}

func openSession(ctx context.Context, db *store.DB, dir *directory, wait time.Duration) (_ *session, err error) {
	conn, err := db.SQL().Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to migrate: %w", err)
	}
	s := &session{conn: conn, dialect: db.Dialect(), dir: dir, wait: wait, pooled: db.Pooled(), unlock: func() error { return nil }}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.dialect == dialect.Postgres {
		if err := s.lock(ctx); err != nil {
			return nil, err
		}
	}
	return s, s.createHistory(ctx)
}

func (s *session) createHistory(ctx context.Context) error {
	found, err := history{s.conn, s.dialect}.exists(ctx)
	if err != nil || found {
		return err
	}
	return s.transaction(ctx, func(tx schema.ExecQuerier) error {
		return history{tx, s.dialect}.create(ctx)
	})
}

// lock waits for the advisory lock. It takes the lock on the connection that migrates,
// because the pool may not have a second one.
func (s *session) lock(ctx context.Context) error {
	if s.pooled {
		return ErrPooled
	}
	if err := checkSearchPath(ctx, s.conn); err != nil {
		return err
	}
	drv, err := openDriver(s.dialect, s.conn)
	if err != nil {
		return err
	}
	unlock, err := drv.Lock(ctx, lockName, s.wait)
	if errors.Is(err, schema.ErrLocked) {
		return fmt.Errorf("another program migrates this database, and did not end within %v: %w", s.wait, err)
	}
	if err != nil {
		return fmt.Errorf("lock the database to migrate: %w", err)
	}
	s.unlock = unlock
	return nil
}

// checkSearchPath returns an error for a connection that would make tables in another
// schema than that of the history.
func checkSearchPath(ctx context.Context, conn interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
},
) error {
	var current sql.NullString
	if err := conn.QueryRowContext(ctx, "SELECT current_schema()").Scan(&current); err != nil {
		return fmt.Errorf("read the search path: %w", err)
	}
	if current.String != postgresSchema {
		return fmt.Errorf("the shop's tables belong in schema %q, but the search_path of this connection begins with %q",
			postgresSchema, current.String)
	}
	return nil
}

func (s *session) close() error {
	unlocked := s.unlock()
	if unlocked != nil {
		s.discard() // closing the connection releases its locks
		unlocked = fmt.Errorf("unlock the database: %w", unlocked)
	}
	if err := s.conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		return errors.Join(unlocked, fmt.Errorf("release the connection: %w", err))
	}
	return unlocked
}

// discard closes the connection instead of returning it to its pool.
func (s *session) discard() {
	_ = s.conn.Raw(func(any) error { return sqldriver.ErrBadConn })
}

// transaction runs fn in a transaction, possibly several times; every run but the last is
// rolled back.
func (s *session) transaction(ctx context.Context, fn func(schema.ExecQuerier) error) error {
	if s.dialect == dialect.SQLite {
		return s.withoutForeignKeys(ctx, func() error { return s.sqliteTransaction(ctx, fn) })
	}
	return s.postgresTransaction(ctx, fn)
}

// while runs fn between two statements: the first changes a setting of the connection, the
// second changes it back. If that fails, the connection is discarded.
func (s *session) while(ctx context.Context, change, back string, fn func() error) (err error) {
	if _, err := s.conn.ExecContext(ctx, change); err != nil {
		return fmt.Errorf("%s: %w", change, err)
	}
	defer func() {
		if _, failed := s.conn.ExecContext(context.WithoutCancel(ctx), back); failed != nil {
			s.discard()
			err = errors.Join(err, fmt.Errorf("%s: %w", back, failed))
		}
	}()
	return fn()
}

func finish(commit, rollback func() error, err error) error {
	if err != nil {
		if failed := rollback(); failed != nil && !errors.Is(failed, sql.ErrTxDone) {
			return errors.Join(err, fmt.Errorf("roll back: %w", failed))
		}
		return err
	}
	if err := commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
