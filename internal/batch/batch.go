// Package batch makes many changes in one transaction, each of which stands or falls alone.
package batch

import (
	"context"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/idempotency"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
	"github.com/storekeeper/storekeeper/internal/store"
)

// rounds bounds how often the changes that failed are tried again.
const rounds = 5

// Apply makes a change to each of the records, which differ, in the order given, and
// returns why some were not made. It first tries all of them behind one savepoint, and
// only when one fails each behind its own. An error that concerns the whole transaction,
// such as a deadlock or a lost connection, is returned (see EndsAll).
//
// As long as some of the changes succeed, the others are tried again in the opposite
// order: a category can be deleted once those below it are, and restored once the one
// above it is.
func Apply(
	ctx context.Context, tx *ent.Client, ids []int64, change func(ctx context.Context, id int64) error,
) (failed map[int64]error, err error) {
	err = store.Savepoint(ctx, tx, func(ctx context.Context) error {
		ctx = stock.Gather(ctx)
		for _, id := range ids {
			if err := change(ctx, id); err != nil {
				return err
			}
		}
		return stock.Settle(ctx, tx)
	})
	if err == nil || EndsAll(err) {
		return nil, err
	}
	return oneByOne(ctx, tx, ids, change)
}

// oneByOne is the part of Apply behind savepoints of their own.
func oneByOne(
	ctx context.Context, tx *ent.Client, ids []int64, change func(ctx context.Context, id int64) error,
) (map[int64]error, error) {
	failed := map[int64]error{}
	for range rounds {
		var again []int64
		for _, id := range ids {
			err := store.Savepoint(ctx, tx, func(ctx context.Context) error { return change(ctx, id) })
			if err == nil {
				delete(failed, id)
				continue
			}
			if EndsAll(err) {
				return nil, err
			}
			failed[id] = err
			again = append(again, id)
		}
		if len(again) == 0 || len(again) == len(ids) {
			break
		}
		slices.Reverse(again)
		ids = again
	}
	return failed, nil
}

// EndsAll reports whether an error concerns more than one record. When the request's
// Idempotency-Key was used before, the first statement of the first record says so.
func EndsAll(err error) bool {
	return store.Retryable(err) || idempotency.Taken(err) || shop.KindOf(store.Translate(err)) == shop.KindInternal
}
