package shop

import (
	"context"
	"unicode/utf8"
)

// Actor names who does something, as the ledger, the timeline and the audit
// trail record it.
type Actor string

// System is the actor of the program itself: the command line, migrations and
// seeding.
const System Actor = "system"

// MaxActor is the maximum number of characters of an actor in the ledger and in timelines.
const MaxActor = 255

type actorKey struct{}

// WithActor returns a context in which the actor does everything.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom returns the actor of the context, System when it has none. A name longer than
// MaxActor is cut; its beginning, which is kept, is the address.
func ActorFrom(ctx context.Context) Actor {
	a := WholeActorFrom(ctx)
	if utf8.RuneCountInString(string(a)) <= MaxActor {
		return a
	}
	return Actor([]rune(string(a))[:MaxActor])
}

// WholeActorFrom is ActorFrom without the limit, for the audit trail.
func WholeActorFrom(ctx context.Context) Actor {
	if a, ok := ctx.Value(actorKey{}).(Actor); ok {
		return a
	}
	return System
}
