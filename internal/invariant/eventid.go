package invariant

import "context"

type eventIDKey struct{}

// WithEventID returns a context in which the `placed` event of the order that is
// created has the id, which its sequence gave. Zero leaves it to the database.
func WithEventID(ctx context.Context, id int64) context.Context {
	return context.WithValue(ctx, eventIDKey{}, id)
}

func eventIDFrom(ctx context.Context) int64 {
	id, _ := ctx.Value(eventIDKey{}).(int64)
	return id
}
