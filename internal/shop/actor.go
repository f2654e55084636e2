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

// MaxActor is how many characters of an actor ledger and timeline have room for.
const MaxActor = 255

type actorKey struct{}

// WithActor returns a context in which everything is done by the actor.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom returns who acts in this context, System when nobody was named: the
// beginning, which is the address, of an actor longer than MaxActor.
func ActorFrom(ctx context.Context) Actor {
	a := WholeActorFrom(ctx)
	if utf8.RuneCountInString(string(a)) <= MaxActor {
		return a
	}
	return Actor([]rune(string(a))[:MaxActor])
}

// WholeActorFrom is ActorFrom for the trail, which has room for more.
func WholeActorFrom(ctx context.Context) Actor {
	if a, ok := ctx.Value(actorKey{}).(Actor); ok {
		return a
	}
	return System
}
