package invariant

import (
	"context"
	"errors"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
)

// allOrNothing runs fn so that its failure undoes its own writes, even when the
// caller goes on and commits. (store.Savepoint does the same, but package store
// stands above the schema.)
func allOrNothing(ctx context.Context, tx *ent.Client, fn func() error) error {
	if err := exec(ctx, tx, "SAVEPOINT rule"); err != nil {
		return err
	}
	failed := fn()
	if failed != nil {
		if err := exec(ctx, tx, "ROLLBACK TO SAVEPOINT rule"); err != nil {
			return errors.Join(failed, err)
		}
	}
	return errors.Join(failed, exec(ctx, tx, "RELEASE SAVEPOINT rule"))
}

func exec(ctx context.Context, tx *ent.Client, statement string) error {
	if _, err := tx.ExecContext(ctx, statement); err != nil { //nolint:forbidigo // a savepoint changes no row
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
