package staff

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/apitoken"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/ent/setuplink"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Setup is the request to use a setup link. Name and Email are for the first owner. Others
// have theirs already, and must not send them.
type Setup struct {
	Token, Name, Email, Password string
}

// SetUp uses a link: it sets the member's password, or makes the first owner, and begins
// a session, which awaits the second factor if there is one. A link works once: of two
// simultaneous requests one succeeds.
func (s *Service) SetUp(ctx context.Context, in Setup, previous string) (*SignedIn, error) {
	link, err := s.db.Reader.SetupLink.Query().Where(s.linkOf(in.Token)).WithStaff().Only(access.System(ctx))
	if ent.IsNotFound(err) {
		return nil, errNoLink()
	}
	if err != nil {
		return nil, fmt.Errorf("look up a setup link: %w", err)
	}
	name, email, err := named(in, link)
	if err != nil {
		return nil, err
	}
	if err := password.Check("password", in.Password, name, email); err != nil {
		return nil, err
	}
	hash, err := s.hasher.Hash(ctx, in.Password)
	if err != nil {
		return nil, err
	}
	var signed *SignedIn
	err = s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		n, err := tx.SetupLink.Delete().Where(s.linkOf(in.Token)).Exec(access.System(ctx))
		if err != nil {
			return fmt.Errorf("take a setup link: %w", err)
		}
		if n == 0 {
			return errNoLink()
		}
		m, err := s.settle(ctx, tx, link, name, email, hash)
		if err != nil {
			return err
		}
		signed, err = s.begin(ctx, tx, m, m.TotpEnabled, previous)
		return err
	})
	if err != nil {
		return nil, err
	}
	return signed, nil
}

// named returns the name and the email of whoever uses the link.
func named(in Setup, link *ent.SetupLink) (name, email string, err error) {
	const taken = "expected none: the member has one already"
	switch {
	case link.StaffID == nil && (in.Name == "" || in.Email == ""):
		return "", "", shop.Invalidf("email", "name and email are required for the first owner")
	case link.StaffID == nil:
		return in.Name, in.Email, nil
	case in.Name != "":
		return "", "", shop.Invalidf("name", taken)
	case in.Email != "":
		return "", "", shop.Invalidf("email", taken)
	default:
		return link.Edges.Staff.Name, link.Edges.Staff.Email, nil
	}
}

func errNoLink() error {
	return shop.Invalidf("token", "this link is used up or has expired: ask for another one")
}

// linkOf matches the link with that token until it expires.
func (s *Service) linkOf(token string) predicate.SetupLink {
	now := s.now()
	return setuplink.And(setuplink.TokenHash(secret.Hash(token)), setuplink.ExpiresAtGT(now), setuplink.CreatedAtLTE(now.Add(ahead)))
}

// settle sets the password of the link's account, provided that the author of the link
// could still make it now.
func (s *Service) settle(ctx context.Context, tx *ent.Client, link *ent.SetupLink, name, email, hash string) (*ent.Staff, error) {
	var id int64
	if link.StaffID != nil {
		id = *link.StaffID
	} else {
		first, err := firstOwner(ctx, tx, name, email)
		if err != nil {
			return nil, err
		}
		id = first.ID
	}
	m, err := locked(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if err := s.stillGood(ctx, tx, link, m); err != nil {
		return nil, err
	}
	if err := setPassword(self(ctx, m), tx, id, hash); err != nil {
		return nil, err
	}
	if !m.TotpEnabled {
		return m, s.noteLogin(ctx, tx, m)
	}
	return m, nil
}

// stillGood refuses the link if its author could no longer make it for the member. The
// caller has locked the member.
func (s *Service) stillGood(ctx context.Context, tx *ent.Client, link *ent.SetupLink, m *ent.Staff) error {
	author, err := s.authorOf(ctx, tx, link)
	if err != nil {
		return err
	}
	if author == nil || invariant.MayInvite(access.With(ctx, author), m) != nil {
		return errNoLink()
	}
	return nil
}

// authorOf returns the author of the link, with their current permissions. It returns nil
// if they, or the token that they used, are no longer let in.
func (s *Service) authorOf(ctx context.Context, tx *ent.Client, link *ent.SetupLink) (*access.Viewer, error) {
	switch {
	case link.AuthorTokenID != nil:
		h, err := s.tokenHolder(ctx, tx, apitoken.ID(*link.AuthorTokenID))
		if h == nil || err != nil {
			return nil, err
		}
		return h.viewer(access.KindToken, s.now())
	case link.AuthorID != nil:
		a, err := tx.Staff.Query().Where(entstaff.ID(*link.AuthorID)).WithRole().Only(access.System(ctx))
		if err != nil {
			return nil, fmt.Errorf("read who made the link: %w", err)
		}
		if !a.IsActive {
			return nil, nil //nolint:nilnil // not let in
		}
		return access.NewViewer(access.Viewer{
			Kind: access.KindStaff, StaffID: a.ID, Email: a.Email, MaxStockAdjustment: a.Edges.Role.MaxStockAdjustment,
		}, a.Edges.Role.Permissions...), nil
	default:
		return access.From(access.System(ctx)), nil
	}
}

// firstOwner makes the first owner of a shop without staff.
func firstOwner(ctx context.Context, tx *ent.Client, name, email string) (*ent.Staff, error) {
	ctx = access.System(ctx)
	owner, alone, err := holdOwners(ctx, tx)
	if err != nil {
		return nil, err
	}
	if !alone {
		return nil, shop.Conflictf("the shop has been set up already: sign in")
	}
	if _, err := tx.SetupLink.Delete().Where(setuplink.StaffIDIsNil()).Exec(ctx); err != nil {
		return nil, fmt.Errorf("void older links: %w", err)
	}
	m, err := tx.Staff.Create().SetName(name).SetEmail(email).SetRoleID(owner.ID).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("make the first owner: %w", err)
	}
	return m, nil
}

// holdOwners locks the owner role until the transaction ends, and reports whether the shop
// has no staff. Everything that may add the first member calls it, so that of several
// simultaneous calls only one finds the shop without staff.
func holdOwners(ctx context.Context, tx *ent.Client) (owner *ent.Role, alone bool, err error) {
	owner, err = tx.Role.Query().Where(role.Name(access.RoleOwner), invariant.Exclusive).Only(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("hold the role of owners: %w", err)
	}
	there, err := tx.Staff.Query().Exist(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("look for staff: %w", err)
	}
	return owner, !there, nil
}
