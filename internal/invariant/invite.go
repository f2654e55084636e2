package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// InviteGuard keeps setup links from giving access to accounts with more permissions: only
// somebody who MayInvite can make one for a member. The link records who made it, and with
// which token, because that is checked again when it is used. The member is locked until
// the transaction ends, so that an update that disables them at the same time finds the
// link.
func InviteGuard() ent.Hook {
	return on(func(ctx context.Context, m *ent.SetupLinkMutation, next proceed) (ent.Value, error) {
		if !m.Op().Is(ent.OpCreate) {
			return next(ctx)
		}
		signLink(ctx, m)
		id, given := m.StaffID()
		if !given {
			if !isSystem(ctx) {
				return nil, shop.Errorf(shop.KindForbidden, "only the program itself sets up a new shop")
			}
			return next(ctx)
		}
		member, err := memberOf(ctx, ent.ClientOf(ctx, m), id, Exclusive)
		if err != nil {
			return nil, err
		}
		if err := MayInvite(ctx, member); err != nil {
			return nil, err
		}
		return next(ctx)
	})
}

// signLink sets the author of a link to the viewer, whatever the caller gave.
func signLink(ctx context.Context, m *ent.SetupLinkMutation) {
	m.ResetAuthorID()
	m.ResetAuthorTokenID()
	v := access.From(ctx)
	if v != nil && v.StaffID != 0 {
		m.SetAuthorID(v.StaffID)
	}
	if v != nil && v.TokenID != 0 {
		m.SetAuthorTokenID(v.TokenID)
	}
}

// MayInvite returns nil when the viewer of the context may make a link for the member, who
// is given with their role. The viewer must manage staff, have all permissions of the role,
// and not be the member, since a link asks for no password (KindForbidden). The member must
// be active (KindConflict).
func MayInvite(ctx context.Context, member *ent.Staff) error {
	if err := access.Check(ctx, access.StaffManage); err != nil {
		return err
	}
	if v := access.From(ctx); v != nil && v.StaffID == member.ID {
		return shop.Errorf(shop.KindForbidden, "for yourself, change your password instead")
	}
	if err := hold(ctx, powerOf(member.Edges.Role), "a link for a member with the role "+member.Edges.Role.Name); err != nil {
		return err
	}
	if !member.IsActive {
		return shop.Conflictf("%s is not active: let them in again first", member.Email)
	}
	return nil
}
