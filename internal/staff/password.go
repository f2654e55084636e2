package staff

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// ChangePassword gives the member another password. All their sessions end; a new
// one begins in place of that whose token is given.
func (s *Service) ChangePassword(ctx context.Context, staffID int64, current, next, previous string) (*SignedIn, error) {
	m, err := s.withPassword(ctx, staffID, "current_password", current)
	if err != nil {
		return nil, err
	}
	if err := password.Check("new_password", next, m.Name, m.Email); err != nil {
		return nil, err
	}
	if current == next {
		return nil, shop.Invalidf("new_password", "is your present password")
	}
	hash, err := s.hasher.Hash(ctx, next)
	if err != nil {
		return nil, err
	}
	var signed *SignedIn
	err = s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		now, err := locked(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		if !now.IsActive || hashOf(now) != hashOf(m) {
			return shop.Conflictf("the password was changed meanwhile")
		}
		if err := setPassword(self(ctx, m), tx, m.ID, hash); err != nil {
			return err
		}
		signed, err = s.begin(ctx, tx, now, false, previous)
		return err
	})
	if err != nil {
		return nil, err
	}
	return signed, nil
}

// setPassword keeps the hash of a new password; hooks end the member's sessions
// and links.
func setPassword(ctx context.Context, tx *ent.Client, id int64, hash string) error {
	if err := tx.Staff.UpdateOneID(id).SetPasswordHash(hash).Exec(ctx); err != nil {
		return fmt.Errorf("keep a password: %w", err)
	}
	return nil
}

// Rename gives the member another name, at their own wish.
func (s *Service) Rename(ctx context.Context, staffID int64, name string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		m, err := tx.Staff.Query().Where(entstaff.ID(staffID)).Only(system(ctx))
		if err != nil {
			return err
		}
		return tx.Staff.UpdateOneID(staffID).SetName(name).Exec(self(ctx, m))
	})
}

// Member returns the member with their role.
func (s *Service) Member(ctx context.Context, staffID int64) (*ent.Staff, error) {
	m, err := s.db.Reader.Staff.Query().Where(entstaff.ID(staffID)).WithRole().Only(system(ctx))
	if err != nil {
		return nil, fmt.Errorf("read the account: %w", err)
	}
	return m, nil
}
