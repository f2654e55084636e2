package staff

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/session"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// desc sorts the latest first.
var desc = sql.OrderDesc()

// errWrong is the answer to every login that fails. It is always the same, so that it does
// not reveal which addresses have an account or which accounts are inactive.
func errWrong() error { return unauthenticated("email or password is wrong") }

// errWrongCode is the answer to a code that is wrong or was used before.
func errWrongCode() error { return unauthenticated("the code is wrong, or was used already") }

// Login checks email and password and begins a session, in place of the one whose token is
// given. If the member has a second factor, the session awaits it and cannot be used for
// anything else.
//
// An unknown email, a wrong password, and a member who is not active or has no password yet
// get the same answer, of kind Unauthenticated, after the same work: one hash is computed
// in each case. Too many failures are a throttle.LimitedError.
func (s *Service) Login(ctx context.Context, email, password, previous string) (*SignedIn, error) {
	email = normalEmail(email)
	attempt, err := s.throttle.Begin(ctx, email, access.OriginFrom(ctx).IP)
	if err != nil {
		return nil, err
	}
	m, err := s.byEmail(ctx, email)
	if err != nil {
		return nil, err
	}
	hash := hashOf(m)
	ok, outdated, err := s.hasher.Verify(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !ok || !m.IsActive {
		return nil, errWrong()
	}
	better := ""
	if outdated {
		if better, err = s.hasher.Hash(ctx, password); err != nil {
			return nil, err
		}
	}
	var signed *SignedIn
	err = s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		signed, err = s.signIn(ctx, tx, m, better, previous)
		return err
	})
	if err != nil {
		return nil, err
	}
	if signed.AwaitsTOTP {
		return signed, attempt.Halfway(ctx)
	}
	return signed, attempt.Succeeded(ctx)
}

// normalEmail returns the address as accounts store it.
func normalEmail(email string) string { return shop.Lower(strings.TrimSpace(email)) }

// byEmail returns the member, or nil if there is none. Both cases take one statement.
func (s *Service) byEmail(ctx context.Context, email string) (*ent.Staff, error) {
	m, err := s.db.Reader.Staff.Query().Where(entstaff.Email(email)).Only(access.System(ctx))
	if ent.IsNotFound(err) {
		return nil, nil //nolint:nilnil // nobody has that address
	}
	if err != nil {
		return nil, fmt.Errorf("look up an account: %w", err)
	}
	return m, nil
}

// hashOf returns the hash of the member's password, or "" when there is none.
func hashOf(m *ent.Staff) string {
	if m == nil || m.PasswordHash == nil {
		return ""
	}
	return *m.PasswordHash
}

// signIn begins the session after the password was verified. It reads the member again and
// locks them until the session exists, so that a member who is disabled or gets another
// password at this moment has no session afterwards.
func (s *Service) signIn(ctx context.Context, tx *ent.Client, was *ent.Staff, better, previous string) (*SignedIn, error) {
	m, err := locked(ctx, tx, was.ID)
	if err != nil {
		return nil, err
	}
	if !m.IsActive || hashOf(m) != hashOf(was) {
		return nil, errWrong()
	}
	if better != "" {
		err := tx.Staff.UpdateOneID(m.ID).SetPasswordHash(better).Exec(invariant.WithSamePassword(self(ctx, m)))
		if err != nil {
			return nil, fmt.Errorf("renew the hash of a password: %w", err)
		}
	}
	if !m.TotpEnabled {
		if err := s.noteLogin(ctx, tx, m); err != nil {
			return nil, err
		}
	}
	return s.begin(ctx, tx, m, m.TotpEnabled, previous)
}

// locked reads a member with their role and locks them until the transaction ends.
func locked(ctx context.Context, tx *ent.Client, id int64) (*ent.Staff, error) {
	m, err := tx.Staff.Query().Where(entstaff.ID(id), invariant.Exclusive).WithRole().Only(access.System(ctx))
	if err != nil {
		return nil, fmt.Errorf("hold the account: %w", err)
	}
	return m, nil
}

func (s *Service) noteLogin(ctx context.Context, tx *ent.Client, m *ent.Staff) error {
	now := s.now()
	if err := tx.Staff.UpdateOneID(m.ID).SetLastLoginAt(now).Exec(self(ctx, m)); err != nil {
		return fmt.Errorf("note the login: %w", err)
	}
	m.LastLoginAt = &now
	return nil
}

// SecondFactor accepts the code of an authenticator, or a recovery code, for a session that
// awaits it, and begins the full session in its place. Each code works once: of two
// simultaneous requests with the same code, one succeeds.
func (s *Service) SecondFactor(ctx context.Context, code, halfway string) (*SignedIn, error) {
	now := s.now()
	waiting, err := s.db.Reader.Session.Query().
		Where(session.TokenHash(secret.Hash(halfway)), session.AwaitsTotp(true),
			session.ExpiresAtGT(now), session.CreatedAtLTE(now.Add(ahead))).
		WithStaff().Only(access.System(ctx))
	if ent.IsNotFound(err) {
		return nil, unauthenticated("sign in with your password first")
	}
	if err != nil {
		return nil, fmt.Errorf("look up a session: %w", err)
	}
	attempt, err := s.throttle.Begin(ctx, waiting.Edges.Staff.Email, access.OriginFrom(ctx).IP)
	if err != nil {
		return nil, err
	}
	var signed *SignedIn
	err = s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		m, err := locked(ctx, tx, waiting.StaffID)
		if err != nil {
			return err
		}
		// The session is gone if the member may no longer log in, or another request
		// replaced it.
		still, err := tx.Session.Query().Where(session.ID(waiting.ID)).Exist(access.System(ctx))
		if err != nil {
			return fmt.Errorf("look up a session: %w", err)
		}
		if !still {
			return unauthenticated("sign in with your password first")
		}
		if err := s.takeCode(ctx, tx, m, code); err != nil {
			return err
		}
		if err := s.noteLogin(ctx, tx, m); err != nil {
			return err
		}
		signed, err = s.begin(ctx, tx, m, false, halfway)
		return err
	})
	if err != nil {
		return nil, err
	}
	return signed, attempt.Succeeded(ctx)
}
