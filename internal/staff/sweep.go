package staff

import (
	"context"
	"fmt"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/session"
	"github.com/storekeeper/storekeeper/ent/setuplink"
	"github.com/storekeeper/storekeeper/internal/access"
)

const (
	sweepBatch = 1000 // rows that one transaction removes
	sweepMost  = 200  // transactions of one sweep, of each kind
)

// Sweep removes what has expired: sessions, setup links and counts of failed logins. It
// works in small transactions that nobody has to wait for. It also removes sessions and
// links that were made too far in the future (see ahead), so that they do not become valid
// then. Otherwise only the size of the tables depends on it.
func (s *Service) Sweep(ctx context.Context) error {
	ctx = access.System(ctx)
	for _, step := range []func(context.Context) (int, error){s.sweepSessions, s.sweepLinks, s.throttle.Sweep} {
		for range sweepMost {
			n, err := step(ctx)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	return nil
}

func (s *Service) sweepSessions(ctx context.Context) (n int, err error) {
	now := s.now()
	err = s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		n = 0
		ids, err := tx.Session.Query().
			Where(session.Or(session.ExpiresAtLTE(now), session.LastSeenAtLTE(now.Add(-s.idle)), session.CreatedAtGT(now.Add(ahead)))).
			Limit(sweepBatch).IDs(ctx)
		if err != nil || len(ids) == 0 {
			return err
		}
		n, err = tx.Session.Delete().Where(session.IDIn(ids...)).Exec(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("remove expired sessions: %w", err)
	}
	return n, nil
}

func (s *Service) sweepLinks(ctx context.Context) (n int, err error) {
	now := s.now()
	err = s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		n = 0
		ids, err := tx.SetupLink.Query().
			Where(setuplink.Or(setuplink.ExpiresAtLTE(now), setuplink.CreatedAtGT(now.Add(ahead)))).
			Limit(sweepBatch).IDs(ctx)
		if err != nil || len(ids) == 0 {
			return err
		}
		n, err = tx.SetupLink.Delete().Where(setuplink.IDIn(ids...)).Exec(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("remove expired links: %w", err)
	}
	return n, nil
}
