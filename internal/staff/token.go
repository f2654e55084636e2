package staff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/apitoken"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// NewToken is a token to be issued.
type NewToken struct {
	Name    string
	StaffID int64
	// Permissions limit what the token allows. Nil means: for the author's own token and
	// for those that the system makes, whatever the member's role allows at any time; for
	// other members' tokens, what both the role and the author have now.
	Permissions []access.Permission
	ExpiresAt   *time.Time
}

// IssueToken makes an API token. It returns the token's text, which is never shown again.
// See invariant.TokenGrant for the rules.
func (s *Service) IssueToken(ctx context.Context, tx *ent.Client, in NewToken) (string, *ent.APIToken, error) {
	if in.ExpiresAt != nil && (!in.ExpiresAt.After(s.now()) || !shop.Storable(*in.ExpiresAt)) {
		return "", nil, shop.Invalidf("expires_at", "expected a time to come, before the year 10000")
	}
	if in.Permissions == nil && !follows(ctx, in.StaffID) {
		var err error
		if in.Permissions, err = present(ctx, tx, in.StaffID); err != nil {
			return "", nil, err
		}
	}
	text := secret.New(tokenPrefix)
	create := tx.APIToken.Create().SetName(in.Name).SetStaffID(in.StaffID).SetTokenHash(secret.Hash(text)).
		SetPrefix(text[:len(tokenPrefix)+6])
	if in.Permissions != nil {
		create.SetPermissions(in.Permissions)
	}
	if in.ExpiresAt != nil {
		create.SetExpiresAt(in.ExpiresAt.UTC().Truncate(time.Microsecond))
	}
	row, err := create.Save(ctx)
	if err != nil {
		return "", nil, fmt.Errorf("make a token: %w", err)
	}
	return text, row, nil
}

// follows reports whether a token without a list may follow the member's role.
func follows(ctx context.Context, staffID int64) bool {
	v := access.From(ctx)
	return v != nil && (v.Kind == access.KindSystem || v.Kind == access.KindStaff && v.StaffID == staffID)
}

// present returns the permissions that both the member and the author have now.
func present(ctx context.Context, tx *ent.Client, staffID int64) ([]access.Permission, error) {
	m, err := tx.Staff.Query().Where(entstaff.ID(staffID)).WithRole().Only(access.System(ctx))
	if ent.IsNotFound(err) {
		return nil, shop.Invalidf("staff_id", "staff member %d does not exist", staffID)
	}
	if err != nil {
		return nil, err
	}
	v := access.From(ctx)
	return slices.DeleteFunc(slices.Clone(m.Edges.Role.Permissions), func(p access.Permission) bool { return !v.Can(p) }), nil
}

// RevokeToken makes a token invalid permanently. Revoking it again changes nothing.
func (s *Service) RevokeToken(ctx context.Context, tx *ent.Client, id int64) error {
	n, err := tx.APIToken.Update().Where(apitoken.ID(id), apitoken.RevokedAtIsNil()).SetRevokedAt(s.now()).Save(ctx)
	if err != nil {
		return fmt.Errorf("revoke a token: %w", err)
	}
	if n == 1 {
		return nil
	}
	there, err := tx.APIToken.Query().Where(apitoken.ID(id)).Exist(ctx)
	if err == nil && !there {
		return shop.NotFound("API token", id)
	}
	return err
}

// AddToken is IssueToken for the member with that email, in its own transaction. The row
// is returned with its member.
func (s *Service) AddToken(ctx context.Context, email string, in NewToken) (text string, row *ent.APIToken, err error) {
	err = s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		m, err := byAddress(ctx, tx, email)
		if err != nil {
			return err
		}
		in.StaffID = m.ID
		if text, row, err = s.IssueToken(ctx, tx, in); err == nil {
			row.Edges.Staff = m
		}
		return err
	})
	return text, row, err
}

// Tokens returns all tokens with their members, those that are not revoked first.
func (s *Service) Tokens(ctx context.Context) ([]*ent.APIToken, error) {
	return s.db.Reader.APIToken.Query().WithStaff().
		Order(apitoken.ByRevokedAt(desc), apitoken.ByID()).All(ctx)
}

// Revoke revokes the token with that id, or the only token that has that name and is not
// revoked. It returns the token with its member.
func (s *Service) Revoke(ctx context.Context, id int64, name string) (*ent.APIToken, error) {
	var row *ent.APIToken
	err := s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		query := tx.APIToken.Query().Where(apitoken.ID(id))
		if name != "" {
			query = tx.APIToken.Query().Where(apitoken.NameIn(name, norm.NFC.String(name)), apitoken.RevokedAtIsNil())
		}
		rows, err := query.All(ctx)
		switch {
		case err != nil:
			return err
		case len(rows) == 0 && name != "":
			return shop.Errorf(shop.KindNotFound, "no token in use has the name %s", name)
		case len(rows) == 0:
			return shop.NotFound("API token", id)
		case len(rows) > 1:
			return shop.Conflictf("%d tokens have the name %s: give the id of one", len(rows), name)
		}
		if err := s.RevokeToken(ctx, tx, rows[0].ID); err != nil {
			return err
		}
		row, err = tx.APIToken.Query().Where(apitoken.ID(rows[0].ID)).WithStaff().Only(ctx)
		return err
	})
	return row, err
}
