package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// LSN is a position in PostgreSQL's log. A server that has replayed it has all
// that was committed before it.
type LSN uint64

// UnknownLSN lies behind every position: whoever has to be shown what comes
// before it, is shown the primary.
const UnknownLSN LSN = 1<<64 - 1

// ParseLSN reads a position as PostgreSQL writes it: 16/B374D848.
func ParseLSN(text string) (LSN, error) {
	high, low, ok := strings.Cut(text, "/")
	if !ok {
		return 0, fmt.Errorf("LSN %q: expected two hexadecimal numbers, as 16/B374D848", text)
	}
	var parts [2]uint64
	for i, part := range [...]string{high, low} {
		n, err := strconv.ParseUint(part, 16, 32)
		if err != nil {
			return 0, fmt.Errorf("LSN %q: expected two hexadecimal numbers, as 16/B374D848", text)
		}
		parts[i] = n
	}
	return LSN(parts[0]<<32 | parts[1]), nil
}

// String is the position as PostgreSQL writes it.
func (l LSN) String() string { return fmt.Sprintf("%X/%X", uint64(l)>>32, uint64(l)&(1<<32-1)) }

// follower is whoever reads and writes under a context.
type follower struct {
	mu    sync.Mutex
	after LSN
	wrote bool
	moved func(LSN)
}

type followerKey struct{}

// Follow returns a context for one caller: what Browse shows under it has all
// that was committed before the position after, and all that Tx has committed
// under it. Moved is told where the log was after each such commit, before Tx
// returns, for the caller to bring with the next request. Where there is no
// standby nothing is told, and nothing has to be.
func Follow(ctx context.Context, after LSN, moved func(LSN)) context.Context {
	return context.WithValue(ctx, followerKey{}, &follower{after: after, moved: moved})
}

func followerOf(ctx context.Context) *follower {
	f, _ := ctx.Value(followerKey{}).(*follower)
	return f
}

// position is where a reader has to be for the caller, 0 for anywhere.
func (f *follower) position() LSN {
	if f == nil {
		return 0
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.after
}

// move follows a commit. The log was behind all that the caller knew of before,
// whatever the caller said of that.
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
