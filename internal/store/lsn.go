package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// LSN is a position in PostgreSQL's write-ahead log. A server that has replayed the log up
// to a position has everything that was committed before it.
type LSN uint64

// UnknownLSN is after every position, so no standby ever reaches it. A caller with this
// position reads from the primary.
const UnknownLSN LSN = 1<<64 - 1

// ParseLSN reads a position as PostgreSQL writes it: 16/B374D848.
func ParseLSN(text string) (LSN, error) {
	high, low, ok := strings.Cut(text, "/")
	if !ok {
		return 0, fmt.Errorf("LSN %q: expected two hexadecimal numbers, such as 16/B374D848", text)
	}
	var parts [2]uint64
	for i, part := range [...]string{high, low} {
		n, err := strconv.ParseUint(part, 16, 32)
		if err != nil {
			return 0, fmt.Errorf("LSN %q: expected two hexadecimal numbers, such as 16/B374D848", text)
		}
		parts[i] = n
	}
	return LSN(parts[0]<<32 | parts[1]), nil
}

// String is the position as PostgreSQL writes it.
func (l LSN) String() string { return fmt.Sprintf("%X/%X", uint64(l)>>32, uint64(l)&(1<<32-1)) }

// follower is the caller that reads and writes under a context (see Follow).
type follower struct {
	mu    sync.Mutex
	after LSN
	wrote bool
	moved func(LSN)
}

type followerKey struct{}

// Follow returns a context for one caller. What Browse shows in this context includes
// everything committed before the position after, and everything that Tx commits in this
// context. After each such commit, and before Tx returns, moved is called with the new
// position, which the caller sends with its next request. It is never called without a
// standby.
func Follow(ctx context.Context, after LSN, moved func(LSN)) context.Context {
	return context.WithValue(ctx, followerKey{}, &follower{after: after, moved: moved})
}

func followerOf(ctx context.Context) *follower {
	f, _ := ctx.Value(followerKey{}).(*follower)
	return f
}

// position is how far a standby must have replayed the log for the caller; 0 means that any
// position will do.
func (f *follower) position() LSN {
	if f == nil {
		return 0
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.after
}

// move notes the position of the log after a commit. The first one replaces what the caller
// said, which may be wrong: the log is past everything that the caller can have seen.
func (f *follower) move(to LSN) {
	f.mu.Lock()
	if f.wrote {
		to = max(f.after, to)
	}
	f.after, f.wrote = to, true
	f.mu.Unlock()
	if f.moved != nil {
		f.moved(to)
	}
}
