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

// Params set the cost of a hash.
type Params = argon2id.Params

// Default returns 64 MiB of memory and two iterations on one processor, which take about a
// tenth of a second. The minimum of the OWASP Password Storage Cheat Sheet is 19 MiB and
// two iterations.
func Default() Params {
	return Params{Memory: 64 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// Hasher computes and compares hashes with Argon2id (RFC 9106). At most as many
// computations run at once as there are processors, and at most four, so that a flood of
// logins cannot take all memory. The others wait until their context ends.
type Hasher struct {
	params Params
	slots  *semaphore.Weighted
	dummy  func() (string, error)
	count  atomic.Int64
}

// NewHasher returns a hasher with these parameters, or with Default if they are zero.
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

// Computed returns how many hashes were computed, for new passwords and for comparisons.
func (h *Hasher) Computed() int64 { return h.count.Load() }

// Hash returns the encoded hash to store for the password.
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

// Verify reports whether the hash belongs to the password, and whether it was computed with
// other parameters than the present ones. An empty hash, for an account that does not exist
// or has no password yet, matches nothing, but takes as long as any other.
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
