package invariant

import (
	"context"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// power is what a role allows.
type power struct {
	permissions []access.Permission
	most        *int64 // units that one adjustment of stock may move; nil for no limit
}

func powerOf(r *ent.Role) power { return power{r.Permissions, r.MaxStockAdjustment} }

// corrections are the permissions to which the limit of one adjustment applies.
var corrections = []access.Permission{access.StockAdjust, access.StockCount}

// hold returns an error, KindForbidden, if the power exceeds that of the viewer of the
// context. The system may give any power. The limit of one adjustment matters only if the
// power includes correcting stock.
func hold(ctx context.Context, p power, what string) error {
	v := access.From(ctx)
	for _, permission := range p.permissions {
		if access.Known(permission) && !v.Can(permission) {
			return shop.Errorf(shop.KindForbidden, "%s needs what you lack: the permission %s", what, permission)
		}
	}
	if isSystem(ctx) || v == nil || v.MaxStockAdjustment == nil || len(access.Both(p.permissions, corrections)) == 0 {
		return nil
	}
	if p.most == nil || *p.most > *v.MaxStockAdjustment {
		return shop.Errorf(shop.KindForbidden, "%s needs what you lack: you may move at most %d units of stock at once",
			what, *v.MaxStockAdjustment)
	}
	return nil
}

// isSystem reports whether the system acts.
func isSystem(ctx context.Context) bool {
	v := access.From(ctx)
	return v != nil && v.Kind == access.KindSystem
}

// knownPermissions returns the permissions sorted and without duplicates. It refuses
// permissions that do not exist.
func knownPermissions(list []access.Permission) ([]access.Permission, error) {
	out := append([]access.Permission{}, list...)
	slices.Sort(out)
	out = slices.Compact(out)
	for _, p := range out {
		if !access.Known(p) {
			return nil, shop.Invalidf("permissions", "there is no permission %q", string(p))
		}
	}
	return out, nil
}

// roleOf reads a role for a rule, whoever the viewer is.
func roleOf(ctx context.Context, client *ent.Client, id int64) (*ent.Role, error) {
	r, err := client.Role.Get(access.System(ctx), id)
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("read the role: %w", err)
	}
	return r, err
}

// memberOf reads a member with their role for a rule, whoever the viewer is.
func memberOf(ctx context.Context, client *ent.Client, id int64, and ...predicate.Staff) (*ent.Staff, error) {
	m, err := client.Staff.Query().Where(staff.ID(id)).Where(and...).WithRole().Only(access.System(ctx))
	if err != nil && !ent.IsNotFound(err) {
		return nil, fmt.Errorf("read the staff member: %w", err)
	}
	return m, err
}

// lockOwners lets only one transaction at a time change who is an owner, until it ends.
func lockOwners(ctx context.Context, client *ent.Client) error {
	_, err := client.Role.Query().Where(role.Name(access.RoleOwner), Exclusive).IDs(access.System(ctx))
	if err != nil {
		return fmt.Errorf("lock the owners: %w", err)
	}
	return nil
}
