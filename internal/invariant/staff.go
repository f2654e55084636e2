package invariant

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/ent/session"
	"github.com/storekeeper/storekeeper/ent/setuplink"
	"github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// StaffGuard keeps members from raising their own permissions, and the shop from losing its
// owners:
//
//   - Nobody can give a role, or change a member with a role, that has more permissions
//     than they have themselves, and nobody can change their own role (KindForbidden).
//   - There is always at least one active owner with a password, even when the last two
//     disable each other at the same time (KindConflict). Only the command line may remove
//     the last password, because it prints a link to choose another one.
//   - A member who is disabled, or whose password changes, or whose second factor is turned
//     on or off, loses every session, every setup link and an unconfirmed authenticator in
//     the same transaction.
//
// Members are changed one by one, in a transaction.
func StaffGuard() ent.Hook {
	return on(func(ctx context.Context, m *ent.StaffMutation, next proceed) (ent.Value, error) {
		switch {
		case m.Op().Is(ent.OpCreate):
			id, _ := m.RoleID()
			if err := mayGive(ctx, ent.ClientOf(ctx, m), id); err != nil {
				return nil, err
			}
			return next(ctx)
		case m.Op().Is(ent.OpUpdate):
			return nil, shop.Invalidf("id", "staff cannot be changed many at once: change each by its id")
		case m.Op().Is(ent.OpUpdateOne) && guarded(m):
			return changeMember(ctx, m, next)
		default:
			return next(ctx)
		}
	})
}

// guarded reports whether an update changes more than a login does.
func guarded(m *ent.StaffMutation) bool {
	return !onlyOf(m, []string{staff.FieldLastLoginAt, staff.FieldTotpStep})
}

func changeMember(ctx context.Context, m *ent.StaffMutation, next proceed) (ent.Value, error) {
	if err := inTransaction(m); err != nil {
		return nil, err
	}
	if touches(m, staff.FieldRoleID) || touches(m, staff.FieldIsActive) || m.PasswordHashCleared() {
		if err := lockOwners(ctx, ent.ClientOf(ctx, m)); err != nil {
			return nil, err
		}
	}
	id, _ := m.ID()
	old, err := memberOf(ctx, ent.ClientOf(ctx, m), id, Exclusive)
	if err != nil {
		return nil, err
	}
	if err := mayChange(ctx, m, old); err != nil {
		return nil, err
	}
	if err := ownerStays(ctx, m, old); err != nil {
		return nil, err
	}
	if !letsInAnew(ctx, m, old) {
		return next(ctx)
	}
	if _, turned := m.TotpEnabled(); !turned && !old.TotpEnabled && old.TotpSecret != nil {
		m.ClearTotpSecret()
	}
	v, err := next(ctx)
	if err != nil {
		return nil, err
	}
	return v, logOut(ctx, ent.ClientOf(ctx, m), id)
}

// letsInAnew reports whether the update ends the member's sessions, so that they have to
// sign in again.
func letsInAnew(ctx context.Context, m *ent.StaffMutation, old *ent.Staff) bool {
	active, given := m.IsActive()
	factor, turned := m.TotpEnabled()
	return given && !active ||
		turned && factor != old.TotpEnabled ||
		touches(m, staff.FieldPasswordHash) && !isSamePassword(ctx)
}

type samePasswordKey struct{}

// WithSamePassword returns a context in which a new hash is one of the same password,
// computed with other parameters. It ends no session.
func WithSamePassword(ctx context.Context) context.Context {
	return context.WithValue(ctx, samePasswordKey{}, true)
}

func isSamePassword(ctx context.Context) bool {
	same, _ := ctx.Value(samePasswordKey{}).(bool)
	return same
}

// mayGive refuses a role with more permissions than the viewer has.
func mayGive(ctx context.Context, client *ent.Client, roleID int64) error {
	r, err := roleOf(ctx, client, roleID)
	if ent.IsNotFound(err) {
		return shop.Invalidf(staff.FieldRoleID, "role %d does not exist", roleID)
	}
	if err != nil {
		return err
	}
	return hold(ctx, powerOf(r), "giving the role "+r.Name)
}

func mayChange(ctx context.Context, m *ent.StaffMutation, old *ent.Staff) error {
	v := access.From(ctx)
	self := v != nil && v.StaffID == old.ID
	if !self {
		if err := hold(ctx, powerOf(old.Edges.Role), "changing a member with the role "+old.Edges.Role.Name); err != nil {
			return err
		}
	}
	to, given := m.RoleID()
	if !given || to == old.RoleID {
		return nil
	}
	if self {
		return shop.Errorf(shop.KindForbidden, "nobody changes their own role")
	}
	return mayGive(ctx, ent.ClientOf(ctx, m), to)
}

// ownerStays refuses to remove the last owner who can sign in.
func ownerStays(ctx context.Context, m *ent.StaffMutation, old *ent.Staff) error {
	if old.Edges.Role.Name != access.RoleOwner || !old.IsActive || old.PasswordHash == nil {
		return nil
	}
	to, moved := m.RoleID()
	active, given := m.IsActive()
	if (!moved || to == old.RoleID) && (!given || active) && (!m.PasswordHashCleared() || isSystem(ctx)) {
		return nil
	}
	others, err := ent.ClientOf(ctx, m).Staff.Query().
		Where(staff.IDNEQ(old.ID), staff.IsActive(true), staff.PasswordHashNotNil(), staff.HasRoleWith(role.Name(access.RoleOwner))).
		Exist(access.System(ctx))
	if err != nil {
		return fmt.Errorf("look for another owner: %w", err)
	}
	if !others {
		return shop.Conflictf("%s is the last owner who can sign in: make somebody else an owner first", old.Email)
	}
	return nil
}

// logOut ends every session of a member and makes their setup links invalid.
func logOut(ctx context.Context, client *ent.Client, id int64) error {
	ctx = access.System(ctx)
	if _, err := client.Session.Delete().Where(session.StaffID(id)).Exec(ctx); err != nil {
		return fmt.Errorf("end the member's sessions: %w", err)
	}
	if _, err := client.SetupLink.Delete().Where(setuplink.StaffID(id)).Exec(ctx); err != nil {
		return fmt.Errorf("void the member's setup links: %w", err)
	}
	return nil
}
