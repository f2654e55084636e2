package staff

import (
	"context"
	"fmt"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/session"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// halfwayLife is how long a login waits for its second factor.
const halfwayLife = 10 * time.Minute

// SignedIn is a session that has begun. Nobody else knows its token.
type SignedIn struct {
	Token   string
	Expires time.Time
	// AwaitsTOTP reports whether the second factor is still missing.
	AwaitsTOTP bool
	// Member is the member whose session it is, with their role.
	Member *ent.Staff
}

// begin starts a session of the member, and ends the one whose token is given.
func (s *Service) begin(ctx context.Context, tx *ent.Client, m *ent.Staff, awaitsTOTP bool, previous string) (*SignedIn, error) {
	ctx = access.System(ctx)
	if previous != "" {
		if _, err := tx.Session.Delete().Where(session.TokenHash(secret.Hash(previous))).Exec(ctx); err != nil {
			return nil, fmt.Errorf("end the session before: %w", err)
		}
	}
	now := s.now()
	signed := &SignedIn{Token: secret.New(""), Expires: now.Add(s.life), AwaitsTOTP: awaitsTOTP, Member: m}
	if awaitsTOTP {
		signed.Expires = now.Add(halfwayLife)
	}
	origin := access.OriginFrom(ctx)
	err := tx.Session.Create().SetTokenHash(secret.Hash(signed.Token)).SetStaffID(m.ID).SetAwaitsTotp(awaitsTOTP).
		SetCreatedAt(now).SetLastSeenAt(now).SetExpiresAt(signed.Expires).SetIP(origin.IP).SetUserAgent(origin.UserAgent).
		Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin a session: %w", err)
	}
	return signed, nil
}

// Logout ends the session that the token belongs to, if there is one.
func (s *Service) Logout(ctx context.Context, token string) error {
	err := s.tx(access.System(ctx), func(ctx context.Context, tx *ent.Client) error {
		_, err := tx.Session.Delete().Where(session.TokenHash(secret.Hash(token))).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("log out: %w", err)
	}
	return nil
}

// Sessions returns the sessions of the member that have not ended, the latest first.
// Viewers see their own, and with staff:manage those of others.
func (s *Service) Sessions(ctx context.Context, client *ent.Client, staffID int64) ([]*ent.Session, error) {
	rows, err := client.Session.Query().
		Where(session.StaffID(staffID), s.alive()).
		Order(session.ByLastSeenAt(desc), session.ByID(desc)).Limit(1000).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	return rows, nil
}

// EndSession ends a session by its id: the viewer's own, or anybody's with staff:manage.
// The error is KindNotFound for all others. The audit trail records it with the member.
func EndSession(ctx context.Context, tx *ent.Client, id int64) error {
	ended, err := tx.Session.Query().Where(session.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return shop.NotFound("session", id)
	}
	if err != nil {
		return fmt.Errorf("look up a session: %w", err)
	}
	n, err := tx.Session.Delete().Where(session.ID(id)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	if n == 0 {
		return shop.NotFound("session", id) // somebody else was first
	}
	return audit.Record(ctx, tx, audit.EndSession, members, ended.StaffID)
}

// EndOtherSessions ends all sessions of the member except the one that the token belongs
// to.
func EndOtherSessions(ctx context.Context, tx *ent.Client, staffID int64, token string) error {
	_, err := tx.Session.Delete().
		Where(session.StaffID(staffID), session.TokenHashNEQ(secret.Hash(token))).Exec(access.System(ctx))
	if err != nil {
		return fmt.Errorf("end other sessions: %w", err)
	}
	return nil
}
