// Package throttle slows down guessing of passwords and codes. It counts failures in the
// database, so that the counts hold across replicas and restarts:
//
//   - of an account from an address: after 5, each further attempt has to wait,
//     one second first and twice as long each time, up to 15 minutes;
//   - from an address, whatever the account: the same after 20;
//   - of an account, from wherever: after 50, up to a minute.
//
// An attempt counts as failed before anything is compared, and is taken back when it
// succeeds, so that a thousand simultaneous attempts get no further than consecutive ones.
// Attempts that have to wait change nothing. Failures are forgotten after an hour without
// one. A success clears the failures of its account from its address.
//
// Nobody can lock the owner of an account out: the limit on the account does not apply to
// addresses from which it has logged in within the last 30 days, and setup links are not
// throttled.
//
// Accounts are counted even if they do not exist; otherwise the difference would show
// which accounts exist. The table stays small: rows expire, and when there are more than
// a hundred thousand, the oldest are removed.
package throttle

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/loginthrottle"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

const (
	forget = time.Hour           // failures, after the last one
	trust  = 30 * 24 * time.Hour // an address, after the last login
)

// limit says how many failures are free, and how long the wait for the next attempt can
// become.
type limit struct {
	free int
	most time.Duration
}

var (
	accountFromAddress = limit{free: 5, most: 15 * time.Minute}
	wholeAddress       = limit{free: 20, most: 15 * time.Minute}
	wholeAccount       = limit{free: 50, most: time.Minute}
)

// wait returns how long the next attempt has to wait after this many failures.
func (l limit) wait(failures int) time.Duration {
	over := failures - l.free
	if over < 0 {
		return 0
	}
	if over > 20 { // longer than any limit
		return l.most
	}
	return min(l.most, time.Second<<over)
}

// Throttle counts failures in a database.
type Throttle struct {
	db  *store.DB
	tx  Tx
	now func() time.Time
}

// Tx runs fn in a transaction, as store.DB.Tx does.
type Tx func(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error

// New returns a Throttle that counts in the database, runs each attempt's transaction
// with tx, and takes the time from now.
func New(db *store.DB, tx Tx, now func() time.Time) *Throttle {
	return &Throttle{db: db, tx: tx, now: now}
}

// Attempt is an attempt that was let through.
type Attempt struct {
	throttle *Throttle
	counted  []counted
}

// counted is one of the rows in which an attempt counts.
type counted struct {
	key   [sha256.Size]byte
	limit limit
	// ours is true for the row of the account from the address, which a success clears.
	ours bool
}

// LimitedError is a shop.Error of kind RateLimited that also says how long to wait.
type LimitedError struct {
	After time.Duration
}

// Error implements error.
func (e *LimitedError) Error() string { return "too many failed attempts: try again later" }

// Unwrap returns an error of kind RateLimited.
func (e *LimitedError) Unwrap() error { return shop.Errorf(shop.KindRateLimited, "%s", e.Error()) }

// Begin lets an attempt through, or refuses it with a LimitedError. The account is any
// text that names one. The address is the client's, or "" where there is none. The
// attempt counts as failed until Succeeded is called.
func (t *Throttle) Begin(ctx context.Context, account, address string) (*Attempt, error) {
	ctx = access.System(ctx)
	attempt := &Attempt{throttle: t, counted: rowsOf(account, address)}
	// Look without a lock first, so that refusing an attempt costs little.
	if rows, err := attempt.read(ctx, t.db.Reader, false); err != nil {
		return nil, err
	} else if err := attempt.check(rows); err != nil {
		return nil, err
	}
	err := t.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		rows, err := attempt.read(ctx, tx, true)
		if err != nil {
			return err
		}
		if err := attempt.check(rows); err != nil {
			return err
		}
		return attempt.count(ctx, tx, rows)
	})
	if err != nil {
		return nil, err
	}
	return attempt, nil
}

func rowsOf(account, address string) []counted {
	network := networkOf(address)
	return []counted{
		{key: keyOf("both", account, network), limit: accountFromAddress, ours: true},
		{key: keyOf("address", network), limit: wholeAddress},
		{key: keyOf("account", account), limit: wholeAccount},
	}
}

// networkOf returns the network that an address is counted as. For IPv6 it is the /64
// prefix, because everybody has 2^64 addresses.
func networkOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

func keyOf(parts ...string) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%q", parts))
}

// read returns the rows that exist, by their keys. If asked to, it locks them in the
// order of their keys, so that two attempts do not deadlock.
func (a *Attempt) read(ctx context.Context, client *ent.Client, lock bool) (map[[sha256.Size]byte]*ent.LoginThrottle, error) {
	keys := make([][]byte, len(a.counted))
	for i := range a.counted {
		keys[i] = a.counted[i].key[:]
	}
	query := client.LoginThrottle.Query().Where(loginthrottle.KeyIn(keys...)).Order(ent.Asc(loginthrottle.FieldKey))
	if lock {
		query.Where(invariant.Exclusive)
	}
	found, err := query.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the failed attempts: %w", err)
	}
	rows := make(map[[sha256.Size]byte]*ent.LoginThrottle, len(found))
	for _, row := range found {
		rows[[sha256.Size]byte(row.Key)] = row
	}
	return rows, nil
}

// check returns a LimitedError when one of the rows says that the attempt has to wait.
func (a *Attempt) check(rows map[[sha256.Size]byte]*ent.LoginThrottle) error {
	now := a.throttle.now()
	var after time.Duration
	trusted := false
	for i := range a.counted {
		c := &a.counted[i]
		row := rows[c.key]
		if row == nil || !row.ExpiresAt.After(now) {
			continue
		}
		trusted = trusted || c.ours && row.Trusted
		if c.limit == wholeAccount && trusted {
			continue
		}
		after = max(after, c.left(row, now))
	}
	if after > 0 {
		return &LimitedError{After: after}
	}
	return nil
}

// skew is the maximum difference between the clocks of two replicas.
const skew = time.Minute

// left returns how long attempts still have to wait because of the row. That is never
// longer than its failures warrant. A time further ahead was written by a replica whose
// clock was fast, and counts as no wait.
func (c *counted) left(row *ent.LoginThrottle, now time.Time) time.Duration {
	left, most := row.BlockedUntil.Sub(now), c.limit.wait(row.Failures)
	if left > most+skew {
		return 0
	}
	return min(left, most)
}

// count adds a failure to each row.
func (a *Attempt) count(ctx context.Context, tx *ent.Client, rows map[[sha256.Size]byte]*ent.LoginThrottle) error {
	now := a.throttle.now()
	var missing []*ent.LoginThrottleCreate
	for _, c := range slices.SortedFunc(slices.Values(a.counted), byKey) {
		row := rows[c.key]
		if row == nil {
			missing = append(missing, tx.LoginThrottle.Create().SetKey(c.key[:]).SetFailures(1).
				SetBlockedUntil(now.Add(c.limit.wait(1))).SetExpiresAt(now.Add(forget)))
			continue
		}
		row.Failures++
		if row.BlockedUntil.Add(forget).Before(now) {
			row.Failures = 1
		}
		row.Trusted = row.Trusted && row.ExpiresAt.After(now)
		row.BlockedUntil = now.Add(c.limit.wait(row.Failures))
		row.ExpiresAt = later(row.ExpiresAt, now.Add(forget))
		if err := write(ctx, tx, row); err != nil {
			return err
		}
	}
	if len(missing) == 0 {
		return nil
	}
	created, err := tx.LoginThrottle.CreateBulk(missing...).Save(ctx)
	if store.UniqueViolation(err, "key") {
		return shop.ErrRepeat // another attempt has made the row: count in that one
	}
	if err != nil {
		return fmt.Errorf("count an attempt: %w", err)
	}
	return a.throttle.prune(ctx, tx, created)
}

// write updates a row, which is locked, to what the attempt has changed. The writes of
// one attempt are sent to PostgreSQL together.
func write(ctx context.Context, tx *ent.Client, row *ent.LoginThrottle) error {
	//nolint:forbidigo // no rule concerns the program's own counts
	_, err := tx.ExecContext(pipeline.Later(ctx),
		"UPDATE login_throttles SET failures = $1, blocked_until = $2, trusted = $3, expires_at = $4 WHERE id = $5",
		row.Failures, row.BlockedUntil, row.Trusted, row.ExpiresAt, row.ID)
	if err != nil {
		return fmt.Errorf("write a count of failed attempts: %w", err)
	}
	return nil
}

func byKey(a, b counted) int { return slices.Compare(a.key[:], b.key[:]) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Succeeded takes the failure back, clears the failures of the account from its address,
// and from now on exempts this address from the limit on the account.
func (a *Attempt) Succeeded(ctx context.Context) error {
	now := a.throttle.now()
	return a.change(ctx, func(c *counted, row *ent.LoginThrottle) {
		if c.ours {
			row.Failures, row.Trusted, row.BlockedUntil, row.ExpiresAt = 0, true, now, now.Add(trust)
			return
		}
		takeBack(c, row)
	})
}

// Halfway only takes the failure back: the password was right, but the second factor is
// still to come, and its failures add up.
func (a *Attempt) Halfway(ctx context.Context) error { return a.change(ctx, takeBack) }

func takeBack(_ *counted, row *ent.LoginThrottle) { row.Failures = max(0, row.Failures-1) }

// change changes the rows of the attempt that still exist.
func (a *Attempt) change(ctx context.Context, how func(c *counted, row *ent.LoginThrottle)) error {
	err := a.throttle.tx(access.System(ctx), func(ctx context.Context, tx *ent.Client) error {
		rows, err := a.read(ctx, tx, true)
		if err != nil {
			return err
		}
		for i := range a.counted {
			c := &a.counted[i]
			row := rows[c.key]
			if row == nil {
				continue
			}
			how(c, row)
			if err := write(ctx, tx, row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("take an attempt back: %w", err)
	}
	return nil
}
