package staff

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/apitoken"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/ent/setuplink"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
)

const (
	firstRunLife = time.Hour          // of the link that a new shop prints
	inviteLife   = 3 * 24 * time.Hour // of a link for a member
)

// Link lets whoever has it choose a password, once, until it expires.
type Link struct {
	Token   string
	Email   string // of the member; "" for the first owner of a new shop
	Expires time.Time
}

// URL is the link at the address of the shop, as http://127.0.0.1:8080. What it
// holds stands behind the #, which browsers keep to themselves.
func (l *Link) URL(base string) string {
	out := base + "/#/setup?token=" + l.Token
	if l.Email != "" {
		out += "&email=" + url.QueryEscape(l.Email)
	}
	return out
}

// FirstRun makes the link by which the first owner of a shop without staff sets
// it up, nil when there is somebody.
func (s *Service) FirstRun(ctx context.Context) (*Link, error) {
	ctx = system(ctx)
	switch there, err := s.db.Reader.Staff.Query().Exist(ctx); {
	case err != nil:
		return nil, fmt.Errorf("look for staff: %w", err)
	case there:
		return nil, nil //nolint:nilnil // nothing to set up
	}
	link := &Link{Token: secret.New(""), Expires: s.now().Add(firstRunLife)}
	err := s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.SetupLink.Create().SetTokenHash(secret.Hash(link.Token)).SetExpiresAt(link.Expires).Exec(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("make a setup link: %w", err)
	}
	return link, nil
}

// Invite makes a link by which the member chooses a password, also in place of
// one that they forgot; the links made for them before are void. With withoutTOTP
// their second factor goes at once, for those who have lost it, and their sessions
// with it. The trail names who made the link. Rules: see
// invariant.MayInvite.
func (s *Service) Invite(ctx context.Context, tx *ent.Client, staffID int64, withoutTOTP bool) (*Link, error) {
	m, err := tx.Staff.Query().Where(entstaff.ID(staffID), invariant.Exclusive).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, shop.NotFound("staff member", staffID)
	}
	if err != nil {
		return nil, err
	}
	if withoutTOTP && m.TotpSecret != nil {
		if err := removeTOTP(ctx, tx, staffID); err != nil {
			return nil, err
		}
	}
	if _, err := tx.SetupLink.Delete().Where(setuplink.StaffID(staffID)).Exec(system(ctx)); err != nil {
		return nil, fmt.Errorf("void older links: %w", err)
	}
	link := &Link{Token: secret.New(""), Email: m.Email, Expires: s.now().Add(inviteLife)}
	err = tx.SetupLink.Create().SetTokenHash(secret.Hash(link.Token)).SetStaffID(staffID).SetExpiresAt(link.Expires).Exec(ctx)
	if err != nil {
		return nil, err
	}
	return link, audit.Record(ctx, tx, audit.Invite, members, staffID)
}

// Setup is what comes by a setup link. Name and email are for the first owner
// alone.
type Setup struct {
	Token, Name, Email, Password string
}

// SetUp takes a link: it gives the member the password, or makes the first owner,
// and begins a session, which awaits the second factor where there is one. A link
// works once: of two requests at the same time one succeeds.
func (s *Service) SetUp(ctx context.Context, in Setup, previous string) (*SignedIn, error) {
	link, err := s.db.Reader.SetupLink.Query().Where(s.linkOf(in.Token)).WithStaff().Only(system(ctx))
	if ent.IsNotFound(err) {
		return nil, errNoLink()
	}
	if err != nil {
		return nil, fmt.Errorf("look up a setup link: %w", err)
	}
	name, email := in.Name, in.Email
	if link.StaffID != nil {
		name, email = link.Edges.Staff.Name, link.Edges.Staff.Email
	} else if name == "" || email == "" {
		return nil, shop.Invalidf("email", "name and email are required for the first owner")
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
		n, err := tx.SetupLink.Delete().Where(s.linkOf(in.Token)).Exec(system(ctx))
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

func errNoLink() error {
	return shop.Invalidf("token", "this link is used up or has expired: ask for another one")
}

// linkOf is the link with that token, until it expires.
func (s *Service) linkOf(token string) predicate.SetupLink {
	return setuplink.And(setuplink.TokenHash(secret.Hash(token)), setuplink.ExpiresAtGT(s.now()))
}

// settle gives the account of a link its password, if who made the link could
// make it now.
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

// stillGood refuses a link that whoever made it could not make any more for the
// member, who is held.
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

// authorOf is who made the link with what they may do by now; nil when they, or
// the token with which they did, are not let in any more.
func (s *Service) authorOf(ctx context.Context, tx *ent.Client, link *ent.SetupLink) (*access.Viewer, error) {
	switch {
	case link.AuthorTokenID != nil:
		h, err := s.tokenHolder(ctx, tx, apitoken.ID(*link.AuthorTokenID))
		if h == nil || err != nil {
			return nil, err
		}
		return h.viewer(access.KindToken, s.now())
	case link.AuthorID != nil:
		a, err := tx.Staff.Query().Where(entstaff.ID(*link.AuthorID)).WithRole().Only(system(ctx))
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
		return access.From(system(ctx)), nil
	}
}

// firstOwner makes the first owner of a shop without staff.
func firstOwner(ctx context.Context, tx *ent.Client, name, email string) (*ent.Staff, error) {
	ctx = system(ctx)
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

// holdOwners holds the role of owners until the transaction ends, and reports whether
// the shop has no staff. Whoever may make the first of them does so: of several at the
// same time one is alone.
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

// byAddress finds a member by email for the command line.
func byAddress(ctx context.Context, client *ent.Client, email string) (*ent.Staff, error) {
	m, err := client.Staff.Query().Where(entstaff.Email(normalEmail(email))).WithRole().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, shop.Errorf(shop.KindNotFound, "nobody has the email %s", email)
	}
	return m, err
}
