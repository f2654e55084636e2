package staff

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// ChangePassword changes the password of whoever is signed in. All their sessions end,
// and a new one begins.
func (s *Service) ChangePassword(ctx context.Context, current, next string) (*SignedIn, error) {
	m, err := s.withPassword(ctx, "current_password", current)
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
	return s.anew(ctx, func(ctx context.Context, tx *ent.Client, m *ent.Staff) error {
		return setPassword(ctx, tx, m.ID, hash)
	})
}

// setPassword stores the hash of a new password. Hooks end the member's sessions and
// links.
func setPassword(ctx context.Context, tx *ent.Client, id int64, hash string) error {
	if err := tx.Staff.UpdateOneID(id).SetPasswordHash(hash).Exec(ctx); err != nil {
		return fmt.Errorf("keep a password: %w", err)
	}
	return nil
}

// Rename changes the name of whoever is signed in.
func (s *Service) Rename(ctx context.Context, name string) error {
	return s.own(ctx, func(ctx context.Context, tx *ent.Client, m *ent.Staff) error {
		return tx.Staff.UpdateOneID(m.ID).SetName(name).Exec(ctx)
	})
}

// Me returns the member who acts, with their role.
func (s *Service) Me(ctx context.Context) (*ent.Staff, error) {
	v := access.From(ctx)
	if v == nil {
		return nil, unauthenticated("sign in first")
	}
	m, err := s.db.Reader.Staff.Query().Where(entstaff.ID(v.StaffID)).WithRole().Only(access.System(ctx))
	if err != nil {
		return nil, fmt.Errorf("read the account: %w", err)
	}
	return m, nil
}

// withPassword returns the member who is signed in, provided that the password is theirs.
// A wrong password counts as a failed login.
func (s *Service) withPassword(ctx context.Context, location, password string) (*ent.Staff, error) {
	m, err := s.Me(ctx)
	if err != nil {
		return nil, err
	}
	attempt, err := s.throttle.Begin(ctx, m.Email, access.OriginFrom(ctx).IP)
	if err != nil {
		return nil, err
	}
	ok, _, err := s.hasher.Verify(ctx, password, hashOf(m))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, shop.Invalidf(location, "is not your password")
	}
	return m, attempt.Succeeded(ctx)
}
