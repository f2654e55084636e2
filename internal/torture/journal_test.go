//go:build linux

package torture_test

import (
	"slices"
	"sync"
)

// outcome is what a client knows about a request.
type outcome string

const (
	acknowledged outcome = "acknowledged" // answered 2xx, and the answer read to its end
	refused      outcome = "refused"      // answered that nothing was written
	unknown      outcome = "unknown"      // no answer, a part of one, or one that says that it is unknown
)

// attempt is a request that was sent. Its id is the one that the server writes into the
// audit trail.
type attempt struct {
	id       string
	outcome  outcome
	status   int // 0 without an answer
	code     string
	detail   string
	replayed bool
}

// operation is what a client wants to happen once, however often it has to ask.
type operation struct {
	kind     string
	reads    bool
	key      string // Idempotency-Key; "" for none
	mark     string // text of its own that the write leaves in the database; "" for none
	moves    int    // how many movements of one product it makes, each with the mark; 0 for at most one
	attempts []attempt
	outcome  outcome // of the last attempt

	// What the answer said, when it was acknowledged.
	claims []claim
	trail  []trace // the audit entries that tell of it
	loose  bool    // there may be any number of entries, but none of another kind; record 0 stands for any
}

// trace is what an answer says about an audit entry.
type trace struct {
	action, resource string
	record           int64
}

// claim is something that must be true in the database.
type claim interface {
	// wrong returns what is not as claimed, or "".
	wrong(s *snapshot) string
}

// doubtful reports whether the operation may have happened although its last attempt does
// not say so: an unanswered request may still be under way when the next one is answered.
func (o *operation) doubtful() bool {
	return slices.ContainsFunc(o.attempts, func(a attempt) bool { return a.outcome == unknown })
}

// journal is what all clients keep of their operations.
type journal struct {
	mu         sync.Mutex
	operations []*operation
	carts      map[int64]map[int64]int64 // quantities by product, of customers that only one client served
	broken     []violation               // what a client saw that must never happen
}

func (j *journal) add(o *operation) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.operations = append(j.operations, o)
}

func (j *journal) accuse(rule, what string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.broken = append(j.broken, violation{rule, what})
}

func (j *journal) keepCart(customer int64, lines map[int64]int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.carts == nil {
		j.carts = map[int64]map[int64]int64{}
	}
	j.carts[customer] = lines
}
