package invariant

import "context"

type eventIDKey struct{}

// WithEventID returns a context in which the `placed` event of a new order gets this id,
// which its sequence gave. With zero the database assigns one.
func WithEventID(ctx context.Context, id int64) context.Context {
	return context.WithValue(ctx, eventIDKey{}, id)
}

func eventIDFrom(ctx context.Context) int64 {
	id, _ := ctx.Value(eventIDKey{}).(int64)
	return id
}
