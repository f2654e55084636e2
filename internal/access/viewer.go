// Package access says who acts in a context, from where, and what they may do. It does
// not use the database: package invariant enforces it on every query and mutation, and
// package handlers makes a viewer from a session or a token.
package access

import (
	"context"
	"strconv"
	"time"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Permission is RESOURCE:ACTION, such as "products:update" or "orders:cancel".
type Permission string

// Kind is the kind of caller that a viewer is.
type Kind string

// The kinds of viewers.
const (
	KindStaff  Kind = "staff"  // a person with a session
	KindToken  Kind = "token"  // a program with an API token of a staff member
	KindSystem Kind = "system" // the program itself: command line, migrations, housekeeping
)

// Viewer is who acts. It is made once for each request and does not change.
type Viewer struct {
	Kind    Kind
	StaffID int64 // 0 for the system
	TokenID int64 // 0 without a token
	// SessionID is the session that the request came with, 0 without one.
	SessionID int64
	// Authenticated is when the session or the token was looked up.
	Authenticated time.Time
	// Email is the email address of the staff member, also when a token is used.
	Email string
	// TokenName is the name of the token, empty without one.
	TokenName string
	// MaxStockAdjustment is the most units, up or down, that one adjustment of
	// stock may move; nil for no limit.
	MaxStockAdjustment *int64

	permissions map[Permission]bool
}

// NewViewer returns a viewer with these permissions. It leaves out those that are not
// Known, even when a role lists them: the inner permissions of operations can only be
// given by an operation.
func NewViewer(v Viewer, permissions ...Permission) *Viewer {
	v.permissions = make(map[Permission]bool, len(permissions))
	for _, p := range permissions {
		if Known(p) {
			v.permissions[p] = true
		}
	}
	return &v
}

// Can reports whether the viewer holds the permission. The system holds all.
func (v *Viewer) Can(p Permission) bool {
	return v != nil && (v.Kind == KindSystem || v.permissions[p])
}

// Actor names the viewer as the ledger, timelines and the audit trail record it.
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

// Key identifies the viewer permanently: no other viewer ever has the same key. Data of one
// caller is stored under it, and not under an email address, which can be given to somebody
// else.
func (v *Viewer) Key() string {
	switch {
	case v == nil:
		return ""
	case v.TokenID != 0:
		return "token:" + strconv.FormatInt(v.TokenID, 10)
	case v.StaffID != 0:
		return "staff:" + strconv.FormatInt(v.StaffID, 10)
	default:
		return string(v.Kind)
	}
}

type viewerKey struct{}

// With returns a context in which the viewer acts, or nobody if it is nil. Permissions that
// operations gave to the previous viewer do not carry over.
func With(ctx context.Context, v *Viewer) context.Context {
	if g, _ := ctx.Value(grantKey{}).(*grant); g != nil {
		ctx = context.WithValue(ctx, grantKey{}, (*grant)(nil))
	}
	return shop.WithActor(context.WithValue(ctx, viewerKey{}, v), v.Actor())
}

// System returns a context in which the program itself acts. Without a viewer nothing can
// be read or written.
func System(ctx context.Context) context.Context {
	return With(ctx, &Viewer{Kind: KindSystem})
}

// From returns who acts in this context, or nil for nobody.
func From(ctx context.Context) *Viewer {
	v, _ := ctx.Value(viewerKey{}).(*Viewer)
	return v
}

// Check returns nil when the viewer of the context holds the permission, or when an
// operation in progress gives it (see Allow). Without a viewer the error is of kind
// Unauthenticated, otherwise of kind Forbidden naming the permission.
func Check(ctx context.Context, p Permission) error { return CheckAny(ctx, p) }

// CheckAny is Check where one of several permissions is enough.
func CheckAny(ctx context.Context, anyOf ...Permission) error {
	_, err := held(ctx, anyOf)
	return err
}

// held returns the first of the permissions that the viewer of the context holds or that an
// operation in progress gives.
func held(ctx context.Context, anyOf []Permission) (Permission, error) {
	v := From(ctx)
	if v == nil {
		return "", shop.Errorf(shop.KindUnauthenticated, "sign in, or send a token")
	}
	for _, p := range anyOf {
		if p == Anyone || v.Can(p) || granted(ctx, p) {
			return p, nil
		}
	}
	return "", shop.Errorf(shop.KindForbidden, "this needs %s", Needs(anyOf...))
}

// CheckSystem returns nil when the program itself acts, and otherwise an error of kind
// Unauthenticated or Forbidden. It is for functions that bypass ent and its policies.
func CheckSystem(ctx context.Context) error {
	switch v := From(ctx); {
	case v == nil:
		return shop.Errorf(shop.KindUnauthenticated, "sign in, or send a token")
	case v.Kind != KindSystem:
		return shop.Errorf(shop.KindForbidden, "only the program itself may do this")
	default:
		return nil
	}
}
