package audit

import (
	"context"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// operation is the operation of a person, if that says more than its writes.
type operation struct {
	action string
	extra  []shop.Change
	blind  bool
}

type operationKey struct{}

// As returns a context whose writes to audited entities are recorded as the given action,
// instead of as create, update, delete or restore, with the extra changes after those of
// the record. When contexts are nested, the innermost one counts.
func As(ctx context.Context, action string, extra ...shop.Change) context.Context {
	return context.WithValue(ctx, operationKey{}, operation{action: action, extra: extra})
}

// AsErasure is As for writes that remove personal data. The entry names the fields, but
// contains neither their old nor their new values.
func AsErasure(ctx context.Context, action string) context.Context {
	return context.WithValue(ctx, operationKey{}, operation{action: action, blind: true})
}

func operationOf(ctx context.Context) operation {
	op, _ := ctx.Value(operationKey{}).(operation)
	return op
}

// named returns the action of the operation, or otherwise that of the write itself.
func (op operation) named(otherwise string) string {
	if op.action != "" {
		return op.action
	}
	return otherwise
}

type offKey struct{}

// Off returns a context whose writes are not recorded. It exists for the benchmark that
// measures what recording costs; lint forbids other uses.
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

// Previewing reports whether the conditions of an update are being applied only to find the
// rows that it will change. A condition that counts its applications must not count this
// one.
func Previewing(ctx context.Context) bool {
	is, _ := ctx.Value(previewKey{}).(bool)
	return is
}
