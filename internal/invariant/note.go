package invariant

import "context"

type noteKey struct{}

// WithNote returns a context in which the events that hooks write to an order's timeline
// have this note.
func WithNote(ctx context.Context, note string) context.Context {
	return context.WithValue(ctx, noteKey{}, note)
}

// noteFrom returns the note for events, or nil for none.
func noteFrom(ctx context.Context) *string {
	if note, _ := ctx.Value(noteKey{}).(string); note != "" {
		return &note
	}
	return nil
}
