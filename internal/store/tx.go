package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// retries is the policy for transactions that were rolled back in favour of another
// one. The rollback is certain, so that repeating them has no second effect.
var retries = retrypolicy.NewBuilder[any]().
	HandleIf(func(_ any, err error) bool {
		_, waited := errors.AsType[*lockedOutError](err)
		return Retryable(err) && !waited
	}).
	WithBackoff(2*time.Millisecond, 250*time.Millisecond).
	WithJitterFactor(0.5).
	WithMaxRetries(12).
	ReturnLastFailure().
	Build()

// Tx runs fn in a transaction and commits it when fn returns nil. On an error or a panic,
// nothing is written. Serialization failures and deadlocks are retried with backoff, a
// bounded number of times. So fn may run more than once: it must change nothing outside the
// transaction except variables that every run assigns anew. Errors are returned as shop
// errors where Translate knows them. If Unsure reports true for the error, the transaction
// may have been committed.
func (db *DB) Tx(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	var last error
	ran := false
	err := failsafe.With(retries).WithContext(ctx).Run(func() error {
		ctx := ctx
		if ran {
			db.retries.Add(1)
			ctx = pipeline.Again(ctx)
		}
		ran = true
		last = db.once(ctx, fn)
		if errors.Is(last, pipeline.ErrRefused) {
			last = db.once(pipeline.Again(ctx), fn)
		}
		return last
	})
	if ran && (last == nil || Unsure(last)) {
		// If the context has ended meanwhile, the policy returns that error, even if the
		// commit succeeded.
		err = last
	}
	if err == nil || Unsure(err) {
		db.Seen(ctx)
	}
	return Translate(err)
}

func (db *DB) once(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) (err error) {
	tx, err := db.Client.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	committed := false
	defer func() {
		if committed {
			return
		}
		rollback := tx.Rollback() // also after a commit that failed before it was sent, which leaves the transaction open
		if rollback != nil && !errors.Is(rollback, sql.ErrTxDone) && ctx.Err() == nil {
			err = errors.Join(err, fmt.Errorf("rollback: %w", rollback))
		}
	}()
	client := tx.Client()
	if err := fn(ent.NewContext(ctx, client), client); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	committed = true
	return nil
}

// Savepoint runs fn inside a transaction so that a failure undoes only what fn wrote, and
// the transaction stays usable. Retryable errors must be passed on to Tx, because they
// concern the whole transaction. If the transaction cannot be kept usable, the error says
// so, instead of being that of fn.
func Savepoint(ctx context.Context, tx *ent.Client, fn func(ctx context.Context) error) error {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT row"); err != nil {
		return fmt.Errorf("savepoint: %w", err)
	}
	failed := fn(ctx)
	after := []string{"RELEASE SAVEPOINT row"}
	if failed != nil {
		after = []string{"ROLLBACK TO SAVEPOINT row", "RELEASE SAVEPOINT row"}
	}
	for _, statement := range after {
		_, err := tx.ExecContext(ctx, statement)
		switch {
		case err == nil:
		case failed == nil || Away(failed) || Unwritten(failed):
			return errors.Join(failed, fmt.Errorf("%s: %w", statement, err))
		default:
			return fmt.Errorf("%v; %s: %w", failed, statement, err) //nolint:errorlint // no more what concerns the row alone
		}
	}
	return failed
}
