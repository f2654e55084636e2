package staff

import (
	"context"
	"fmt"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/apitoken"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/session"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
)

// confirmAfter is how long who sent a request is taken for who is still let in.
const confirmAfter = time.Second

// Confirm refuses a viewer who was disabled, logged out or revoked since they were
// authenticated, when that is more than a second ago: a body may take its time to
// arrive, and a transaction its turn. It belongs at the beginning of what the
// request writes. The error is of kind Unauthenticated.
func (s *Service) Confirm(ctx context.Context, tx *ent.Client) error {
	v, now := access.From(ctx), s.now()
	if v == nil || now.Sub(v.Authenticated) < confirmAfter {
		return nil
	}
	var (
		there bool
		err   error
	)
	switch {
	case v.TokenID != 0:
		there, err = tx.APIToken.Query().
			Where(apitoken.ID(v.TokenID), valid(now), apitoken.HasStaffWith(entstaff.IsActive(true))).Exist(system(ctx))
	case v.SessionID != 0:
		there, err = tx.Session.Query().
			Where(session.ID(v.SessionID), s.alive(now), session.HasStaffWith(entstaff.IsActive(true))).Exist(system(ctx))
	default:
		return nil
	}
	if err != nil {
		return fmt.Errorf("confirm who acts: %w", err)
	}
	if !there {
		return unauthenticated("the session or the token has ended meanwhile: nothing was written")
	}
	return nil
}

// alive are the sessions that let somebody in.
func (s *Service) alive(now time.Time) predicate.Session {
	return session.And(session.AwaitsTotp(false), session.ExpiresAtGT(now), session.LastSeenAtGT(now.Add(-s.idle)))
}

// valid are the tokens that let a program in.
func valid(now time.Time) predicate.APIToken {
	return apitoken.And(apitoken.RevokedAtIsNil(), apitoken.Or(apitoken.ExpiresAtIsNil(), apitoken.ExpiresAtGT(now)))
}
