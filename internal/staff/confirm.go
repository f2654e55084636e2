package staff

import (
	"context"
	"fmt"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/apitoken"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/session"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
)

// confirmAfter is how long an authentication is trusted without another look-up: long
// enough for an ordinary request, whose body arrives together with its headers.
const confirmAfter = 50 * time.Millisecond

// Confirm returns who acts. It looks them up again when they were authenticated 50
// milliseconds ago or longer, because the body may have been slow to arrive and the
// transaction may have waited for its turn. Whoever has been disabled or logged out
// since, or whose token was revoked, is refused with KindUnauthenticated. Call it at the
// beginning of the transaction in which the request writes.
func (s *Service) Confirm(ctx context.Context, tx *ent.Client) (*access.Viewer, error) {
	v := access.From(ctx)
	if v == nil || s.fresh(v) {
		return v, nil
	}
	return s.again(ctx, tx, v)
}

// fresh reports whether the viewer was authenticated a moment ago. If the clock was set
// back since, it was not.
func (s *Service) fresh(v *access.Viewer) bool {
	age := s.now().Sub(v.Authenticated)
	return 0 <= age && age < confirmAfter
}

// again looks up the viewer that the session or token stands for now.
func (s *Service) again(ctx context.Context, tx *ent.Client, v *access.Viewer) (*access.Viewer, error) {
	var (
		h    *holder
		kind access.Kind
		err  error
	)
	switch {
	case v.TokenID != 0:
		kind = access.KindToken
		h, err = s.tokenHolder(ctx, tx, apitoken.ID(v.TokenID))
	case v.SessionID != 0:
		kind = access.KindStaff
		h, err = s.sessionHolder(ctx, tx, session.ID(v.SessionID))
	default:
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, unauthenticated("the session or the token has ended meanwhile: nothing was written")
	}
	return h.viewer(kind, s.now())
}

// own runs a change that a person makes to their own account, signed in by a session. It
// locks the member and the session until the transaction ends, and checks that the session
// still exists and the member is active, however short the request was. A concurrent change
// that ends the member's sessions therefore either came first and is seen here, or waits
// and also ends the session that begins here.
func (s *Service) own(ctx context.Context, fn func(ctx context.Context, tx *ent.Client, m *ent.Staff) error) error {
	v := access.From(ctx)
	if v == nil || v.Kind != access.KindStaff {
		return unauthenticated("sign in first")
	}
	return s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		m, err := locked(ctx, tx, v.StaffID)
		if err != nil {
			return err
		}
		if _, err := tx.Session.Query().Where(session.ID(v.SessionID), invariant.Exclusive).IDs(access.System(ctx)); err != nil {
			return fmt.Errorf("hold the session: %w", err)
		}
		if _, err := s.again(ctx, tx, v); err != nil {
			return err
		}
		return fn(self(ctx, m), tx, m)
	})
}

// anew is own for a change that ends the member's sessions, and begins a new one.
func (s *Service) anew(
	ctx context.Context, fn func(ctx context.Context, tx *ent.Client, m *ent.Staff) error,
) (signed *SignedIn, err error) {
	err = s.own(ctx, func(ctx context.Context, tx *ent.Client, m *ent.Staff) error {
		if err := fn(ctx, tx, m); err != nil {
			return err
		}
		signed, err = s.begin(ctx, tx, m, false, "")
		return err
	})
	if err != nil {
		return nil, err
	}
	return signed, nil
}

// ahead is how far in the future a session or a link may have been made by a server whose
// clock is wrong. One from further ahead is invalid at once, instead of lasting until then.
const ahead = 24 * time.Hour

// alive selects the sessions that let somebody in.
func (s *Service) alive() predicate.Session {
	now := s.now()
	return session.And(session.AwaitsTotp(false), session.ExpiresAtGT(now), session.LastSeenAtGT(now.Add(-s.idle)),
		session.CreatedAtLTE(now.Add(ahead)))
}

// valid selects the tokens that let a program in.
func valid(now time.Time) predicate.APIToken {
	return apitoken.And(apitoken.RevokedAtIsNil(), apitoken.Or(apitoken.ExpiresAtIsNil(), apitoken.ExpiresAtGT(now)))
}
