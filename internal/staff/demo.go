package staff

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
)

// DemoPassword is the password of all demo accounts. It is printed in the documentation,
// so accounts with it are only made in a shop that has no staff.
const DemoPassword = "demo-shop-please-look" //nolint:gosec // published on purpose

// DemoEmail is the address of the demo account with that role.
func DemoEmail(roleName string) string { return roleName + "@demo.test" }

// AddDemo makes an account for each built-in role in a shop that has no staff, and
// reports whether the demo accounts exist. A shop that has staff of its own gets none.
func (s *Service) AddDemo(ctx context.Context) (bool, error) {
	ctx = access.System(ctx)
	there, err := s.db.Reader.Staff.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for staff: %w", err)
	}
	if !there {
		if made, err := s.makeDemo(ctx); made || err != nil {
			return made, err
		}
	}
	owner, err := s.db.Reader.Staff.Query().
		Where(entstaff.Email(DemoEmail(access.RoleOwner)), entstaff.IsActive(true)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for demo accounts: %w", err)
	}
	return owner, nil
}

// makeDemo makes the accounts, unless another process was faster.
func (s *Service) makeDemo(ctx context.Context) (made bool, err error) {
	hash, err := s.hasher.Hash(ctx, DemoPassword)
	if err != nil {
		return false, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		if _, made, err = holdOwners(ctx, tx); !made || err != nil {
			return err
		}
		for _, want := range access.Roles() {
			r, err := roleNamed(ctx, tx, want.Name)
			if err != nil {
				return err
			}
			err = tx.Staff.Create().SetEmail(DemoEmail(want.Name)).SetName("Demo " + want.Label).SetRoleID(r.ID).
				SetPasswordHash(hash).Exec(ctx)
			if err != nil {
				return fmt.Errorf("make the demo account %s: %w", DemoEmail(want.Name), err)
			}
		}
		return nil
	})
	return made && err == nil, err
}
