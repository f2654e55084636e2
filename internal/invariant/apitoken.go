package invariant

import (
	"context"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/apitoken"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// TokenGrant keeps tokens from having more permissions than their authors:
//
//   - A token's permissions are among its author's (KindForbidden) and among those of its
//     member's role (KindInvalid).
//   - A token for somebody else requires all permissions of their role. Otherwise its
//     author could act in the name of somebody with more permissions (KindForbidden).
//   - A token for somebody else, and one made with another token, has its author's limit
//     for one adjustment of stock.
//   - A token without a list of permissions follows the member's role. Only that member,
//     signed in, or the system can make one (KindForbidden).
//
// A revoked token stays revoked (KindConflict).
func TokenGrant() ent.Hook {
	return on(func(ctx context.Context, m *ent.APITokenMutation, next proceed) (ent.Value, error) {
		var err error
		switch {
		case m.Op().Is(ent.OpCreate):
			err = createToken(ctx, m)
		case m.Op().Is(updates) && m.RevokedAtCleared():
			err = shop.Conflictf("a revoked token stays revoked: make another one")
		}
		if err != nil {
			return nil, err
		}
		return next(ctx)
	})
}

func createToken(ctx context.Context, m *ent.APITokenMutation) error {
	staffID, _ := m.StaffID()
	member, err := memberOf(ctx, ent.ClientOf(ctx, m), staffID)
	if ent.IsNotFound(err) {
		return shop.Invalidf(apitoken.FieldStaffID, "staff member %d does not exist", staffID)
	}
	if err != nil {
		return err
	}
	if !member.IsActive {
		return shop.Invalidf(apitoken.FieldStaffID, "the member is not active: let them in again first")
	}
	v := access.From(ctx)
	self := v != nil && v.StaffID == staffID
	if !self {
		if err := hold(ctx, powerOf(member.Edges.Role), "a token for this member"); err != nil {
			return err
		}
	}
	atScreen := self && v.Kind == access.KindStaff
	boundToken(m, v, atScreen)
	list, _ := m.Permissions()
	if list == nil {
		if !isSystem(ctx) && !atScreen {
			return shop.Errorf(shop.KindForbidden, "a token without a list of permissions is for oneself, signed in")
		}
		return nil
	}
	if list, err = knownPermissions(list); err != nil {
		return err
	}
	for _, p := range list {
		if !slices.Contains(member.Edges.Role.Permissions, p) {
			return shop.Invalidf(apitoken.FieldPermissions, "the role %s of the member does not allow %s", member.Edges.Role.Name, p)
		}
		if !v.Can(p) {
			return shop.Errorf(shop.KindForbidden, "this token needs what you lack: the permission %s", p)
		}
	}
	m.SetPermissions(list)
	return nil
}

// boundToken gives a token its author's limit, unless a person makes it for themselves.
func boundToken(m *ent.APITokenMutation, author *access.Viewer, forThemselves bool) {
	m.ResetMaxStockAdjustment()
	if author != nil && author.MaxStockAdjustment != nil && !forThemselves {
		m.SetMaxStockAdjustment(*author.MaxStockAdjustment)
	}
}
