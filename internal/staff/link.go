package staff

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/setuplink"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
)

const (
	firstRunLife = time.Hour          // of the link that a new shop prints
	inviteLife   = 3 * 24 * time.Hour // of a link for a member
)

// Link lets whoever has it choose a password once, until it expires.
type Link struct {
	Token   string
	Email   string // of the member; "" for the first owner of a new shop
	Expires time.Time
}

// URL returns the link at the address of the shop, such as http://127.0.0.1:8080. The
// token comes after the #, which browsers do not send to servers.
func (l *Link) URL(base string) string {
	out := base + "/#/setup?token=" + l.Token
	if l.Email != "" {
		out += "&email=" + url.QueryEscape(l.Email)
	}
	return out
}

// Vacant reports whether the shop has no staff: nobody can sign in before its first owner
// has set it up.
func (s *Service) Vacant(ctx context.Context) (bool, error) {
	there, err := s.db.Reader.Staff.Query().Exist(access.System(ctx))
	if err != nil {
		return false, fmt.Errorf("look for staff: %w", err)
	}
	return !there, nil
}

// FirstRun makes the link by which the first owner sets up a shop without staff. It
// returns nil when the shop has staff.
func (s *Service) FirstRun(ctx context.Context) (*Link, error) {
	ctx = access.System(ctx)
	switch vacant, err := s.Vacant(ctx); {
	case err != nil:
		return nil, err
	case !vacant:
		return nil, nil //nolint:nilnil // nothing to set up
	}
	now := s.now()
	link := &Link{Token: secret.New(""), Expires: now.Add(firstRunLife)}
	err := s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.SetupLink.Create().SetTokenHash(secret.Hash(link.Token)).SetCreatedAt(now).SetExpiresAt(link.Expires).Exec(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("make a setup link: %w", err)
	}
	return link, nil
}

// Invite makes a link by which the member chooses a password, also to replace a forgotten
// one. Links made for them before become invalid. With withoutTOTP it also removes their
// second factor at once, for members who have lost it, and ends their sessions. The audit
// trail names who made the link. See invariant.MayInvite for who may do this.
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
	if _, err := tx.SetupLink.Delete().Where(setuplink.StaffID(staffID)).Exec(access.System(ctx)); err != nil {
		return nil, fmt.Errorf("void older links: %w", err)
	}
	now := s.now()
	link := &Link{Token: secret.New(""), Email: m.Email, Expires: now.Add(inviteLife)}
	err = tx.SetupLink.Create().SetTokenHash(secret.Hash(link.Token)).SetStaffID(staffID).
		SetCreatedAt(now).SetExpiresAt(link.Expires).Exec(ctx)
	if err != nil {
		return nil, err
	}
	return link, audit.Record(ctx, tx, audit.Invite, members, staffID)
}
