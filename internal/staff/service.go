// Package staff keeps the accounts of those who work in the back office, and
// says who a request comes from.
//
// A person logs in with email and password, and a code of their authenticator
// where they have enrolled one, and gets a session; a program brings an API token
// of a member. Of sessions, tokens and links the database keeps hashes. Nothing
// of them is kept in memory, so that all replicas agree, and what is revoked is
// refused from the next request on: a request costs one statement to know its
// viewer. One that takes longer to write looks once more (Confirm), and what people
// change of their own account always does (own).
//
// Sessions are rows of our own and not those of a session library, because they
// must be listed and ended by member, in the same transaction as the change of a
// password, by hooks (package invariant) that hold on every path; and because
// they carry nothing but whose they are. They end after a time unused and after a
// time at all, and are replaced by new ones at login and whenever the password or
// the second factor changes.
//
// What decides who the viewer is cannot ask the viewer: this package reads and
// writes credentials as the system (see system), and changes accounts for their
// members by a viewer that may do nothing else (see self).
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

// Config is what the accounts need. Zero values stand for the defaults.
type Config struct {
	DB  *store.DB
	Log *slog.Logger
	// SessionIdle ends a session that was not used for so long; 12 hours, or
	// SessionLife when that is less.
	SessionIdle time.Duration
	// SessionLife ends a session, however much it is used; 7 days.
	SessionLife time.Duration
	// Hash is the work of a password's hash; password.Default.
	Hash password.Params
	// Now is the clock; shop.Now.
	Now func() time.Time
}

// The defaults of Config.
const (
	defaultSessionIdle = 12 * time.Hour
	defaultSessionLife = 7 * 24 * time.Hour
)

// members are the accounts as the trail names them.
const members = "staff"

// Service is the accounts of a shop.
type Service struct {
	db       *store.DB
	log      *slog.Logger
	idle     time.Duration
	life     time.Duration
	now      func() time.Time
	turn     func(ctx context.Context, fn func() error) error
	hasher   *password.Hasher
	throttle *throttle.Throttle
	touching sync.Map // what is being marked as used, so that it is done once
}

// New keeps the accounts of the database.
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

// TakeTurns makes every transaction wait for its turn at the database, so that those
// that wait for a locked account do not hold all connections. Hashes are computed
// between the turns. It is called before the accounts are used.
func (s *Service) TakeTurns(turn func(ctx context.Context, fn func() error) error) { s.turn = turn }

// tx runs what is written about an account, when it is its turn.
func (s *Service) tx(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	return s.turn(ctx, func() error { return s.db.Tx(ctx, fn) })
}

// HashesComputed is how many password hashes were computed.
func (s *Service) HashesComputed() int64 { return s.hasher.Computed() }

// system returns the context in which credentials are read and written: those of
// whoever is logging in, before anybody knows who that is.
func system(ctx context.Context) context.Context { return access.System(ctx) }

// self returns the context in which a member changes their own account, so that
// the audit trail names them: a viewer that may change staff and nothing else,
// used for the one record alone.
func self(ctx context.Context, m *ent.Staff) context.Context {
	return access.With(ctx, access.NewViewer(
		access.Viewer{Kind: access.KindStaff, StaffID: m.ID, Email: m.Email},
		access.StaffManage,
	))
}
