package access_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// clerk is a member of staff with these permissions.
func clerk(permissions ...access.Permission) *access.Viewer {
	return access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 7, Email: "clerk@example.com"}, permissions...)
}

// Without a viewer nothing is allowed. A viewer may do what the permissions allow, and the
// system everything.
func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		ctx    context.Context //nolint:containedctx // the subject of the test
		check  access.Permission
		refuse shop.Kind
	}{
		{"nobody", t.Context(), "products:read", shop.KindUnauthenticated},
		{"nobody, what anyone may", t.Context(), access.Anyone, shop.KindUnauthenticated},
		{"nobody once more", access.With(access.System(t.Context()), nil), "products:read", shop.KindUnauthenticated},
		{"a clerk", access.With(t.Context(), clerk("products:read")), "products:read", ""},
		{"a clerk, something else", access.With(t.Context(), clerk("products:read")), "products:update", shop.KindForbidden},
		{"a clerk, what anyone may", access.With(t.Context(), clerk()), access.Anyone, ""},
		{"a viewer of no permissions at all", access.With(t.Context(), &access.Viewer{Kind: access.KindStaff}), "products:read", shop.KindForbidden},
		{"the system", access.System(t.Context()), "products:update", ""},
		{"the system, an inner permission", access.System(t.Context()), "orders:create", ""},
		{"the system, no permission", access.System(t.Context()), "", ""},
		{"a clerk, no permission", access.With(t.Context(), clerk("")), "", shop.KindForbidden},
	} {
		if got := shop.KindOf(access.Check(c.ctx, c.check)); got != c.refuse {
			t.Errorf("%s: %q, want %q", c.name, got, c.refuse)
		}
	}
	if err := access.CheckAny(access.With(t.Context(), clerk("products:read"))); shop.KindOf(err) != shop.KindForbidden {
		t.Errorf("none of no permissions: %v", err)
	}
}

// Functions that bypass the policies are for the system only, whatever permissions others
// have.
func TestCheckSystem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		viewer *access.Viewer
		refuse shop.Kind
	}{
		"nobody":     {nil, shop.KindUnauthenticated},
		"an owner":   {clerk(access.All()...), shop.KindForbidden},
		"the system": {&access.Viewer{Kind: access.KindSystem}, ""},
	} {
		if got := shop.KindOf(access.CheckSystem(access.With(t.Context(), c.viewer))); got != c.refuse {
			t.Errorf("%s: %q, want %q", name, got, c.refuse)
		}
	}
}

// Listing an operation's inner permission in a role has no effect.
func TestUnknownPermissionsHaveNoEffect(t *testing.T) {
	t.Parallel()
	for _, p := range []access.Permission{
		"orders:create", "orders:update", "inventory-movements:create", "order-events:create", access.StockSale, "*", "products:*", "",
		"Products:read", " products:read",
	} {
		if access.Known(p) || clerk(p).Can(p) {
			t.Errorf("%q can be had by a role", p)
		}
	}
}

// Viewers are distinguished by their ids, not by their names.
func TestKey(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for name, v := range map[string]*access.Viewer{
		"nobody":              nil,
		"the system":          {Kind: access.KindSystem},
		"one":                 {Kind: access.KindStaff, StaffID: 1, Email: "a@example.com"},
		"one with the same":   {Kind: access.KindStaff, StaffID: 2, Email: "a@example.com"},
		"a token of one":      {Kind: access.KindToken, StaffID: 1, TokenID: 1, Email: "a@example.com", TokenName: "till"},
		"another of the same": {Kind: access.KindToken, StaffID: 1, TokenID: 2, Email: "a@example.com", TokenName: "till"},
	} {
		if other, taken := seen[v.Key()]; taken {
			t.Errorf("%s and %s have the key %q", name, other, v.Key())
		}
		seen[v.Key()] = name
	}
}
