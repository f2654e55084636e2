package invariant

import (
	"context"
	"slices"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// RoleGrant keeps roles from giving permissions that their author lacks:
//
//   - Except for the system, nobody can create or edit a role that has more permissions
//     than they have themselves, before or after the edit, nor edit their own role
//     (KindForbidden).
//   - All permissions must exist (KindInvalid). Those that the role has of an entity that is
//     gone may be given again, and are dropped.
//   - The name and the label are not those of a built-in role (KindInvalid).
//   - Built-in roles stay as the program defines them and are never deleted, and neither is
//     a role that a member has (KindConflict).
func RoleGrant() ent.Hook {
	return on(func(ctx context.Context, m *ent.RoleMutation, next proceed) (ent.Value, error) {
		if m.Op().Is(ent.OpUpdate | ent.OpDelete) {
			return nil, shop.Invalidf("id", "roles cannot be changed many at once: change each by its id")
		}
		if list, ok := m.AppendedPermissions(); ok && len(list) > 0 {
			return nil, shop.Invalidf("permissions", "cannot be added to: give all of them")
		}
		var err error
		switch {
		case m.Op().Is(ent.OpCreate):
			err = createRole(ctx, m)
		case m.Op().Is(ent.OpUpdateOne):
			err = editRole(ctx, m)
		default:
			err = deleteRole(ctx, m)
		}
		if err != nil {
			return nil, err
		}
		return next(ctx)
	})
}

// givePermissions puts the given permissions in order. Those that the role has, and the
// program does not know any more, are left out instead of refused.
func givePermissions(m *ent.RoleMutation, had []access.Permission) error {
	list, ok := m.Permissions()
	if !ok {
		return nil
	}
	list, err := knownPermissions(slices.DeleteFunc(slices.Clone(list), func(p access.Permission) bool {
		return !access.Known(p) && slices.Contains(had, p)
	}))
	if err != nil {
		return err
	}
	m.SetPermissions(list)
	return nil
}

func createRole(ctx context.Context, m *ent.RoleMutation) error {
	if err := givePermissions(m, nil); err != nil {
		return err
	}
	name, _ := m.Name()
	var p power
	p.permissions, _ = m.Permissions()
	if most, ok := m.MaxStockAdjustment(); ok {
		p.most = &most
	}
	if builtIn, _ := m.IsBuiltIn(); builtIn {
		return asBuiltIn(name, p)
	}
	if err := ownName(m); err != nil {
		return err
	}
	return hold(ctx, p, "this role")
}

// ownName refuses the name or the label of a built-in role.
func ownName(m *ent.RoleMutation) error {
	name, _ := m.Name()
	label, _ := m.Label()
	for _, r := range access.Roles() {
		switch {
		case r.Name == name:
			return shop.Invalidf(role.FieldName, "is the name of a built-in role")
		case strings.EqualFold(r.Label, label):
			return shop.Invalidf(role.FieldLabel, "is the label of a built-in role")
		}
	}
	return nil
}

func editRole(ctx context.Context, m *ent.RoleMutation) error {
	id, _ := m.ID()
	old, err := roleOf(ctx, ent.ClientOf(ctx, m), id)
	if err != nil {
		return err
	}
	if touches(m, role.FieldIsBuiltIn) {
		return shop.Invalidf(role.FieldIsBuiltIn, "cannot be changed")
	}
	if err := givePermissions(m, old.Permissions); err != nil {
		return err
	}
	p := powerOf(old)
	if list, ok := m.Permissions(); ok {
		p.permissions = list
	}
	if most, ok := m.MaxStockAdjustment(); ok {
		p.most = &most
	} else if m.MaxStockAdjustmentCleared() {
		p.most = nil
	}
	name := old.Name
	if given, ok := m.Name(); ok {
		name = given
	}
	if old.IsBuiltIn {
		if name != old.Name || !isSystem(ctx) {
			return shop.Conflictf("the role %s is part of the program and cannot be changed", old.Name)
		}
		return asBuiltIn(name, p)
	}
	if err := ownName(m); err != nil {
		return err
	}
	if err := notOwn(ctx, ent.ClientOf(ctx, m), id); err != nil {
		return err
	}
	if err := hold(ctx, powerOf(old), "changing this role"); err != nil {
		return err
	}
	return hold(ctx, p, "this role")
}

// asBuiltIn refuses a built-in role that differs from the program's.
func asBuiltIn(name string, p power) error {
	r, ok := access.BuiltIn(name)
	if !ok {
		return shop.Conflictf("the program has no role %s", name)
	}
	want := slices.Clone(r.Permissions)
	slices.Sort(want)
	if !slices.Equal(want, p.permissions) || p.most != nil {
		return shop.Conflictf("the role %s is part of the program and cannot be changed", name)
	}
	return nil
}

// notOwn refuses a change of the viewer's own role.
func notOwn(ctx context.Context, client *ent.Client, id int64) error {
	if isSystem(ctx) {
		return nil
	}
	v := access.From(ctx)
	if v == nil {
		return access.Check(ctx, access.RolesManage)
	}
	own, err := client.Staff.Query().Where(staff.ID(v.StaffID), staff.RoleID(id)).Exist(access.System(ctx))
	if err != nil {
		return err
	}
	if own {
		return shop.Errorf(shop.KindForbidden, "nobody changes the role that they have themselves")
	}
	return nil
}

func deleteRole(ctx context.Context, m *ent.RoleMutation) error {
	id, _ := m.ID()
	old, err := roleOf(ctx, ent.ClientOf(ctx, m), id)
	if err != nil {
		return err
	}
	if old.IsBuiltIn {
		return shop.Conflictf("the role %s is part of the program and cannot be deleted", old.Name)
	}
	if err := hold(ctx, powerOf(old), "deleting this role"); err != nil {
		return err
	}
	// If a member gets the role at this moment, the foreign key prevents the deletion.
	members, err := ent.ClientOf(ctx, m).Staff.Query().Where(staff.RoleID(id)).Count(access.System(ctx))
	if err != nil {
		return err
	}
	if members > 0 {
		return shop.Conflictf("the role %s is that of %d of the staff: give them another one first", old.Label, members)
	}
	return nil
}
