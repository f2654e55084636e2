package staff

import (
	"context"
	"errors"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

// DemoPassword is that of all demo accounts. It is printed in the documentation:
// accounts with it are made in a shop without any staff alone.
const DemoPassword = "demo-shop-please-look" //nolint:gosec // no secret

// DemoEmail is the address of the demo account with that role.
func DemoEmail(roleName string) string { return roleName + "@demo.test" }

// AddDemo makes an account for each built-in role in a shop that has no staff,
// and reports whether the demo accounts are there. A shop with staff of its own
// gets none.
func (s *Service) AddDemo(ctx context.Context) (bool, error) {
	ctx = system(ctx)
	there, err := s.db.Reader.Staff.Query().Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for staff: %w", err)
	}
	if !there {
		err := s.makeDemo(ctx)
		if err == nil || !errors.Is(err, errNotAlone) {
			return err == nil, err
		}
	}
	owner, err := s.db.Reader.Staff.Query().
		Where(entstaff.Email(DemoEmail(access.RoleOwner)), entstaff.IsActive(true)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for demo accounts: %w", err)
	}
	return owner, nil
}

// errNotAlone says that somebody else was faster.
var errNotAlone = errors.New("the shop has staff")

func (s *Service) makeDemo(ctx context.Context) error {
	hash, err := s.hasher.Hash(ctx, DemoPassword)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		for _, want := range access.Roles() {
			r, err := roleNamed(ctx, tx, want.Name)
			if err != nil {
				return err
			}
			err = tx.Staff.Create().SetEmail(DemoEmail(want.Name)).SetName("Demo " + want.Label).SetRoleID(r.ID).
				SetPasswordHash(hash).Exec(ctx)
			if store.UniqueViolation(err, "email") {
				return errNotAlone
			}
			if err != nil {
				return fmt.Errorf("make the demo account %s: %w", DemoEmail(want.Name), err)
			}
		}
		return nil
	})
}
