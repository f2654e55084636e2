package invariant

import (
	"context"
	"errors"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// allOrNothing runs fn so that its writes are undone if it fails, even if the caller goes
// on and commits. (store.Savepoint does the same, but package store depends on the schema
// and cannot be used here.) If fn succeeds, SAVEPOINT and RELEASE are sent together with
// the statements that follow them.
func allOrNothing(ctx context.Context, tx *ent.Client, fn func() error) error {
	later := pipeline.Apart(pipeline.Later(ctx))
	if err := exec(later, tx, "SAVEPOINT rule"); err != nil {
		return err
	}
	failed := fn()
	if failed != nil {
		if err := exec(ctx, tx, "ROLLBACK TO SAVEPOINT rule"); err != nil {
			return errors.Join(failed, err)
		}
	}
	return errors.Join(failed, exec(later, tx, "RELEASE SAVEPOINT rule"))
}

func exec(ctx context.Context, tx *ent.Client, statement string) error {
	if _, err := tx.ExecContext(ctx, statement); err != nil { //nolint:forbidigo // a savepoint changes no row
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
