package staff

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Member is a member to be added.
type Member struct {
	Email, Name, Role string
	// Password is valid at once. Without one the member gets a link to choose one.
	Password string
}

// Add adds a member, who may be the first one. The link is nil when the member was given
// a password.
func (s *Service) Add(ctx context.Context, in Member) (*ent.Staff, *Link, error) {
	hash, err := s.chosen(ctx, in.Password, in.Name, in.Email)
	if err != nil {
		return nil, nil, err
	}
	var (
		m    *ent.Staff
		link *Link
	)
	err = s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		link = nil
		if _, _, err := holdOwners(ctx, tx); err != nil {
			return err
		}
		r, err := roleNamed(ctx, tx, in.Role)
		if err != nil {
			return err
		}
		create := tx.Staff.Create().SetEmail(in.Email).SetName(in.Name).SetRoleID(r.ID)
		if hash != "" {
			create.SetPasswordHash(hash)
		}
		if m, err = create.Save(ctx); err != nil {
			return err
		}
		m.Edges.Role = r
		if hash == "" {
			link, err = s.Invite(ctx, tx, m.ID, false)
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return m, link, nil
}

// chosen returns the hash of a password that was chosen for a member, or "" for no
// password.
func (s *Service) chosen(ctx context.Context, text string, personal ...string) (string, error) {
	if text == "" {
		return "", nil
	}
	if err := password.Check("password", text, personal...); err != nil {
		return "", err
	}
	return s.hasher.Hash(ctx, text)
}

// Members returns all members, by name.
func (s *Service) Members(ctx context.Context) ([]*ent.Staff, error) {
	return s.db.Reader.Staff.Query().WithRole().Order(entstaff.ByNameFolded(), entstaff.ByID()).All(ctx)
}

// SetActive makes the member active, or makes them inactive and ends their sessions.
func (s *Service) SetActive(ctx context.Context, email string, active bool) (*ent.Staff, error) {
	var m *ent.Staff
	err := s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		found, err := byAddress(ctx, tx, email)
		if err != nil {
			return err
		}
		m, err = tx.Staff.UpdateOneID(found.ID).SetIsActive(active).Save(ctx)
		if err == nil {
			m.Edges.Role = found.Edges.Role
		}
		return err
	})
	return m, err
}

// ResetPassword makes the member's current password invalid at once and ends their
// sessions. It sets the next password or, if that is empty, makes a link to choose one. It
// does so even for the last owner: if the link expires unused, the command line can make
// another. It returns the updated member, with their role.
func (s *Service) ResetPassword(ctx context.Context, email, next string, withoutTOTP bool) (*ent.Staff, *Link, error) {
	m, err := byAddress(ctx, s.db.Reader, email)
	if err != nil {
		return nil, nil, err
	}
	hash, err := s.chosen(ctx, next, m.Name, m.Email)
	if err != nil {
		return nil, nil, err
	}
	var link *Link
	err = s.tx(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
		if withoutTOTP {
			if err := removeTOTP(ctx, tx, m.ID); err != nil {
				return err
			}
		}
		if link, err = s.replacePassword(ctx, tx, m.ID, hash); err != nil {
			return err
		}
		m, err = locked(ctx, tx, m.ID)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reset the password: %w", err)
	}
	return m, link, nil
}

// replacePassword gives the member the password with that hash. Without a hash it removes
// their current password and makes a link.
func (s *Service) replacePassword(ctx context.Context, tx *ent.Client, id int64, hash string) (*Link, error) {
	reset := audit.As(ctx, audit.ResetPassword)
	if hash != "" {
		return nil, setPassword(reset, tx, id, hash)
	}
	if err := tx.Staff.UpdateOneID(id).ClearPasswordHash().Exec(reset); err != nil {
		return nil, err
	}
	return s.Invite(ctx, tx, id, false)
}

// byAddress finds a member by email for the command line.
func byAddress(ctx context.Context, client *ent.Client, email string) (*ent.Staff, error) {
	m, err := client.Staff.Query().Where(entstaff.Email(normalEmail(email))).WithRole().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, shop.Errorf(shop.KindNotFound, "nobody has the email %s", email)
	}
	return m, err
}
