// Package access says who acts in a context, from where, and what they may do.
// It knows no database: package invariant enforces it on every query and
// mutation, package handlers makes a viewer of a session or a token.
package access

import (
	"context"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Permission is RESOURCE:ACTION, as "products:update" or "orders:cancel".
type Permission string

// Kind is what sort of caller a viewer is.
type Kind string

// The kinds of viewers.
const (
	KindStaff  Kind = "staff"  // a person with a session
	KindToken  Kind = "token"  // a program with an API token of a staff member
	KindSystem Kind = "system" // the program itself: command line, migrations, housekeeping
)

// Viewer is who acts. It is made once a request and does not change.
type Viewer struct {
	Kind    Kind
	StaffID int64 // 0 for the system
	TokenID int64 // 0 without a token
	// Email is that of the staff member, also behind a token.
	Email string
	// TokenName is what the token is called, empty without one.
	TokenName string
	// MaxStockAdjustment is the most units, up or down, that one adjustment of
	// stock may move; nil for no limit.
	MaxStockAdjustment *int64

	permissions map[Permission]bool
}

// NewViewer is a viewer with these permissions.
func NewViewer(v Viewer, permissions ...Permission) *Viewer {
	v.permissions = make(map[Permission]bool, len(permissions))
	for _, p := range permissions {
		v.permissions[p] = true
	}
	return &v
}

// Can reports whether the viewer holds the permission. The system holds all.
func (v *Viewer) Can(p Permission) bool {
	return v != nil && (v.Kind == KindSystem || v.permissions[p])
}

// Actor names the viewer as ledger, timeline and audit trail record it.
func (v *Viewer) Actor() shop.Actor {
	switch {
	case v == nil || v.Kind == KindSystem:
		return shop.System
	case v.TokenName != "":
		return shop.Actor(v.Email + " (" + v.TokenName + ")")
	default:
		return shop.Actor(v.Email)
	}
}

type viewerKey struct{}

// With returns a context in which the viewer acts.
func With(ctx context.Context, v *Viewer) context.Context {
	return shop.WithActor(context.WithValue(ctx, viewerKey{}, v), v.Actor())
}

// System returns a context in which the program itself acts: without a viewer
// nothing can be read or written.
func System(ctx context.Context) context.Context {
	return With(ctx, &Viewer{Kind: KindSystem})
}

// From returns who acts in this context, nil when nobody was named.
func From(ctx context.Context) *Viewer {
	v, _ := ctx.Value(viewerKey{}).(*Viewer)
	return v
}

// Check returns nil when the viewer of the context holds the permission, an
// error of kind Unauthenticated when there is no viewer, and one of kind
// Forbidden naming the permission otherwise.
func Check(ctx context.Context, p Permission) error {
	switch v := From(ctx); {
	case v == nil:
		return shop.Errorf(shop.KindUnauthenticated, "log in, or send a token")
	case !v.Can(p):
		return shop.Errorf(shop.KindForbidden, "this needs the permission %s", p)
	default:
		return nil
	}
}
