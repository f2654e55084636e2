package password

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"
)

// Params say how much work a hash is.
type Params = argon2id.Params

// Default is 64 MiB, twice, on one processor: about a tenth of a second, and
// more than the least that OWASP recommends (19 MiB, twice).
func Default() Params {
	return Params{Memory: 64 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// Hasher makes and compares hashes. At most as many run at once as there are
// processors, four at most, so that a flood of logins cannot take all memory;
// the others wait in line as long as their context lasts.
type Hasher struct {
	params Params
	slots  *semaphore.Weighted
	dummy  func() (string, error)
	count  atomic.Int64
}

// NewHasher makes hashes of that much work; Default when zero.
func NewHasher(p Params) *Hasher {
	if p.Memory == 0 {
		p = Default()
	}
	h := &Hasher{params: p, slots: semaphore.NewWeighted(int64(min(4, runtime.GOMAXPROCS(0))))}
	h.dummy = sync.OnceValues(func() (string, error) {
		return argon2id.CreateHash("nobody has this password", &h.params)
	})
	return h
}

// Computed is how many hashes were computed, to make and to compare.
func (h *Hasher) Computed() int64 { return h.count.Load() }

// Hash is what is kept of the password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.slots.Release(1)
	hash, err := argon2id.CreateHash(normal(password), &h.params)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// Verify reports whether the hash is of the password, and whether it was made
// with less or other work than hashes are made now. An empty hash, of an account
// that does not exist or has no password yet, matches nothing and takes as long
// as any other.
func (h *Hasher) Verify(ctx context.Context, password, hash string) (ok, outdated bool, err error) {
	known := hash != ""
	if !known {
		if hash, err = h.dummy(); err != nil {
			return false, false, fmt.Errorf("hash a password: %w", err)
		}
	}
	if err := h.enter(ctx); err != nil {
		return false, false, err
	}
	defer h.slots.Release(1)
	match, params, err := argon2id.CheckHash(normal(password), hash)
	if err != nil {
		return false, false, fmt.Errorf("compare a password: %w", err)
	}
	return known && match, *params != h.params, nil
}

func (h *Hasher) enter(ctx context.Context) error {
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return fmt.Errorf("wait to hash a password: %w", err)
	}
	h.count.Add(1)
	return nil
}
