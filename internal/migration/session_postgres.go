package migration

import (
	"context"
	"fmt"
	"time"

	"ariga.io/atlas/sql/schema"

	"github.com/storekeeper/storekeeper/internal/store"
)

// Once a migration waits for a table's lock, all later users of the table wait behind it,
// even if the current holder only reads the table, such as pg_dump. So a migration gives up
// after a while, lets the others pass, and tries again.
const (
	lockPatience = "2s"
	lockPause    = time.Second
)

// postgresTransaction runs fn in a transaction. It waits for the tables that fn needs as
// long as for the lock of the session.
func (s *session) postgresTransaction(ctx context.Context, fn func(schema.ExecQuerier) error) error {
	deadline := time.Now().Add(s.wait)
	for {
		err := s.attempt(ctx, fn)
		if !store.LockedOut(err) {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("others use a table, and did not end within %v: %w", s.wait, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for a table: %w", ctx.Err())
		case <-time.After(lockPause):
		}
	}
}

// attempt runs fn in a transaction once. It keeps a lock_timeout that the role or the URL
// has set, but lifts their statement_timeout, which is meant for requests.
func (s *session) attempt(ctx context.Context, fn func(schema.ExecQuerier) error) error {
	tx, err := s.conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	_, err = tx.ExecContext(ctx, "SELECT set_config('statement_timeout', '0', true),"+
		" set_config('lock_timeout', COALESCE(NULLIF(current_setting('lock_timeout'), '0'), $1), true)", lockPatience)
	if err != nil {
		err = fmt.Errorf("set the limits of a migration: %w", err)
	} else {
		err = fn(tx)
	}
	return finish(tx.Commit, tx.Rollback, err)
}

// unlimited runs fn outside of a transaction without the statement_timeout of the role or
// the URL.
func (s *session) unlimited(ctx context.Context, fn func() error) error {
	return s.while(ctx, "SET statement_timeout = 0", "RESET statement_timeout", fn)
}
