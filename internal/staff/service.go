// Package staff manages the accounts of the people who work in the back office, and
// authenticates requests.
//
// A person logs in with email and password, and with a code of their authenticator if they
// have enrolled one, and gets a session. A program sends an API token of a member. The
// database stores only hashes of the tokens of sessions, API tokens and links. Nothing of
// this is cached in memory: all replicas agree, and what is revoked is refused from the
// next request on. Finding the viewer costs each request one statement. A request that
// takes longer looks the viewer up again before it writes (Confirm), and a change to the
// viewer's own account always does (own).
//
// Sessions are rows of our own and not those of a session library. They must be listed and
// ended by member, in the same transaction as the change of a password, by hooks (package
// invariant) that apply to every write; and all the data that they carry is whose they are.
// They end when they are not used for some time, and after a fixed time in any case. They
// are replaced by new ones at login and whenever the password or the second factor changes.
//
// The code that finds out who the viewer is cannot depend on a viewer's permissions.
// Therefore this package reads and writes credentials as the system (access.System), and
// changes accounts on behalf of their members as a viewer that may do nothing else (see
// self).
package staff

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/password"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/throttle"
)

// Config configures a Service. Zero values stand for the defaults.
type Config struct {
	DB  *store.DB
	Log *slog.Logger
	// SessionIdle ends a session that was not used for this long. The default is 12 hours,
	// or SessionLife when that is less.
	SessionIdle time.Duration
	// SessionLife ends a session, however much it is used. The default is 7 days.
	SessionLife time.Duration
	// Hash sets the cost of a password's hash. The default is password.Default.
	Hash password.Params
	// Now is the clock. The default is shop.Now.
	Now func() time.Time
}

// The defaults of Config.
const (
	defaultSessionIdle = 12 * time.Hour
	defaultSessionLife = 7 * 24 * time.Hour
)

// members is the name of the accounts in the audit trail.
const members = "staff"

// Service manages the accounts of a shop.
type Service struct {
	db       *store.DB
	log      *slog.Logger
	idle     time.Duration
	life     time.Duration
	now      func() time.Time
	turn     func(ctx context.Context, fn func() error) error
	hasher   *password.Hasher
	throttle *throttle.Throttle
	touching sync.Map // sessions and tokens whose use is being recorded, so that it is done once
}

// New returns the service for the accounts in the database.
func New(cfg Config) *Service {
	s := &Service{
		db: cfg.DB, log: cmp.Or(cfg.Log, slog.Default()), life: cmp.Or(cfg.SessionLife, defaultSessionLife), now: cfg.Now,
		hasher: password.NewHasher(cfg.Hash),
		turn:   func(_ context.Context, fn func() error) error { return fn() },
	}
	s.idle = cmp.Or(cfg.SessionIdle, min(defaultSessionIdle, s.life))
	if s.now == nil {
		s.now = shop.Now
	}
	s.throttle = throttle.New(cfg.DB, s.tx, s.now)
	return s
}

// TakeTurns makes every transaction wait for its turn at the database, so that transactions
// that wait for a locked account do not occupy all connections. Hashes are computed outside
// of the turns. Call it before the service is used.
func (s *Service) TakeTurns(turn func(ctx context.Context, fn func() error) error) { s.turn = turn }

// tx runs fn in a transaction when it is its turn.
func (s *Service) tx(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	return s.turn(ctx, func() error { return s.db.Tx(ctx, fn) })
}

// HashesComputed returns how many password hashes were computed.
func (s *Service) HashesComputed() int64 { return s.hasher.Computed() }

// self returns the context in which a member changes their own account, so that the audit
// trail names them. Its viewer may change staff and nothing else; use it for that one
// record only.
func self(ctx context.Context, m *ent.Staff) context.Context {
	return access.With(ctx, access.NewViewer(
		access.Viewer{Kind: access.KindStaff, StaffID: m.ID, Email: m.Email},
		access.StaffManage,
	))
}
