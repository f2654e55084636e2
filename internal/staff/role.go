package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// SyncRoles makes the built-in roles in the database equal to those of the program. It
// writes nothing if they are the same already, and several replicas may run it at once.
func (s *Service) SyncRoles(ctx context.Context) error { return s.bringRoles(ctx, sameRole) }

// AddRoles adds the built-in roles that the database lacks. It does not change the others,
// which a newer program may have changed.
func (s *Service) AddRoles(ctx context.Context) error {
	return s.bringRoles(ctx, func(*ent.Role, access.Role) bool { return true })
}

// bringRoles writes the program's roles that the database lacks, and those for which good
// is false.
func (s *Service) bringRoles(ctx context.Context, good func(*ent.Role, access.Role) bool) error {
	ctx = access.System(ctx)
	rows, err := s.db.Reader.Role.Query().Where(role.IsBuiltIn(true)).All(ctx)
	if err != nil {
		return fmt.Errorf("read the built-in roles: %w", err)
	}
	for _, want := range access.Roles() {
		i := slices.IndexFunc(rows, func(r *ent.Role) bool { return r.Name == want.Name })
		if i >= 0 && good(rows[i], want) {
			continue
		}
		err := s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error { return syncRole(ctx, tx, want, good) })
		if err != nil {
			return fmt.Errorf("write the role %s: %w", want.Name, err)
		}
	}
	return nil
}

func sameRole(r *ent.Role, want access.Role) bool {
	permissions := slices.Sorted(slices.Values(want.Permissions))
	return r.Label == want.Label && r.Description == want.Description && slices.Equal(r.Permissions, permissions)
}

func syncRole(ctx context.Context, tx *ent.Client, want access.Role, good func(*ent.Role, access.Role) bool) error {
	r, err := tx.Role.Query().Where(role.Name(want.Name)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		err = tx.Role.Create().SetName(want.Name).SetLabel(want.Label).SetDescription(want.Description).
			SetPermissions(want.Permissions).SetIsBuiltIn(true).Exec(ctx)
		if store.UniqueViolation(err, "name") {
			return shop.ErrRepeat // another replica was first
		}
		return err
	case err != nil:
		return err
	case !r.IsBuiltIn:
		return shop.Conflictf("a role of your own has the name %s: rename it", want.Name)
	case good(r, want):
		return nil
	default:
		return tx.Role.UpdateOne(r).SetLabel(want.Label).SetDescription(want.Description).
			SetPermissions(want.Permissions).Exec(ctx)
	}
}

// roleNamed finds a role by its name. The error is KindInvalid naming role when there is
// none.
func roleNamed(ctx context.Context, client *ent.Client, name string) (*ent.Role, error) {
	r, err := client.Role.Query().Where(role.Name(name)).Only(ctx)
	if !ent.IsNotFound(err) {
		return r, err
	}
	names, err := client.Role.Query().Order(role.ByID()).Select(role.FieldName).Strings(ctx)
	if err != nil {
		return nil, err
	}
	return nil, shop.Invalidf("role", "there is no role %s; there are %s", name, strings.Join(names, ", "))
}
