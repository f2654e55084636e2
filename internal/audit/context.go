package audit

import (
	"context"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// operation is what a person does, where that says more than the writes in it.
type operation struct {
	action string
	extra  []shop.Change
	blind  bool
}

type operationKey struct{}

// As returns a context whose writes to audited entities are recorded as the
// action, instead of as create, update, delete or restore, with further changes
// behind those of the record. Of contexts inside each other the innermost
// counts.
func As(ctx context.Context, action string, extra ...shop.Change) context.Context {
	return context.WithValue(ctx, operationKey{}, operation{action: action, extra: extra})
}

// AsErasure is As for writes that take personal data away: which fields they
// set is recorded, but neither the values before nor those after.
func AsErasure(ctx context.Context, action string) context.Context {
	return context.WithValue(ctx, operationKey{}, operation{action: action, blind: true})
}

func operationOf(ctx context.Context) operation {
	op, _ := ctx.Value(operationKey{}).(operation)
	return op
}

// named is the action of the operation, or else what the write itself is.
func (op operation) named(otherwise string) string {
	if op.action != "" {
		return op.action
	}
	return otherwise
}

type offKey struct{}

// Off returns a context whose writes are not recorded. It is there for the
// benchmark that measures what recording costs, and lint keeps everybody else
// from calling it.
func Off(ctx context.Context) context.Context {
	return context.WithValue(ctx, offKey{}, true)
}

func off(ctx context.Context) bool {
	is, _ := ctx.Value(offKey{}).(bool)
	return is
}

type previewKey struct{}

// preview returns a context for a query to which the conditions of an update are applied
// once more, to find the rows that the update is going to change.
func preview(ctx context.Context) context.Context {
	return context.WithValue(ctx, previewKey{}, true)
}

// Previewing reports whether the conditions of an update are only applied to find the
// rows that it is going to change. A condition that depends on how often it was applied
// must not count that.
func Previewing(ctx context.Context) bool {
	is, _ := ctx.Value(previewKey{}).(bool)
	return is
}
