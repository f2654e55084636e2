package staff

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent/apitoken"
	"github.com/storekeeper/storekeeper/ent/session"
	"github.com/storekeeper/storekeeper/internal/access"
)

const (
	// touchEvery is the minimum time between two writes about the use of one session or
	// token.
	touchEvery = time.Minute
	// touchWithin is the maximum time that such a write may take.
	touchWithin = 5 * time.Second
)

// touchSession records that the session was used.
func (s *Service) touchSession(ctx context.Context, h *holder) {
	s.touch(ctx, h, fmt.Sprint("session ", h.ID), func(ctx context.Context, now time.Time) error {
		return s.db.Client.Session.Update().
			Where(free(h.ID), session.LastSeenAtLTE(now.Add(-touchEvery))).
			SetLastSeenAt(now).Exec(ctx)
	})
}

// touchToken records that the token was used.
func (s *Service) touchToken(ctx context.Context, h *holder) {
	s.touch(ctx, h, fmt.Sprint("token ", h.ID), func(ctx context.Context, now time.Time) error {
		return s.db.Client.APIToken.Update().
			Where(free(h.ID), apitoken.Or(apitoken.LastUsedAtIsNil(), apitoken.LastUsedAtLTE(now.Add(-touchEvery)))).
			SetLastUsedAt(now).Exec(ctx)
	})
}

// free selects the row with that id, unless another transaction has locked it. Then the
// next request records the use.
func free(id int64) func(*sql.Selector) {
	return func(s *sql.Selector) {
		s.Where(sql.EQ(s.C(session.FieldID), id))
		if s.Dialect() == dialect.Postgres {
			row := sql.Dialect(dialect.Postgres).Select(session.FieldID).From(sql.Table(s.TableName()))
			s.Where(sql.In(s.C(session.FieldID), row.Where(sql.EQ(session.FieldID, id)).
				For(sql.LockNoKeyUpdate, sql.WithLockAction(sql.SkipLocked))))
		}
	}
}

// touch writes outside of the request's transaction and concurrently with it. The request
// neither waits for the write nor fails with it, and does not lock the row. The condition
// of the statement lets only one of several replicas write.
func (s *Service) touch(ctx context.Context, h *holder, what string, write func(ctx context.Context, now time.Time) error) {
	now := s.now()
	if h.LastUsed != nil && h.LastUsed.After(now.Add(-touchEvery)) {
		return
	}
	if _, under := s.touching.LoadOrStore(what, true); under {
		return
	}
	ctx, cancel := context.WithTimeout(access.System(context.WithoutCancel(ctx)), touchWithin)
	go func() {
		defer s.touching.Delete(what)
		defer cancel()
		if err := write(ctx, now); err != nil {
			s.log.DebugContext(ctx, "note the use", "of", what, "error", err)
		}
	}()
}
