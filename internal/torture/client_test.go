//go:build linux

package torture_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"
)

// client uses the shop over HTTP, one request after the other.
type client struct {
	number  int
	rng     *rand.Rand
	think   time.Duration // on average, between two operations
	http    *http.Client
	bases   []string // where the replicas are, through the fault proxies
	token   string
	floor   *floor
	journal *journal
	owned   map[int64]map[int64]int64 // carts of customers that nobody else serves, as they must be
	sent    int                       // requests
}

// patience is how long a client waits for an answer. The server's own limit is shorter.
const patience = 6 * time.Second

func newClient(number int, seed uint64, w *world, f *floor, j *journal) *client {
	return &client{
		number: number, rng: rand.New(rand.NewPCG(seed, uint64(number))), think: w.think,
		http: &http.Client{Transport: &http.Transport{
			MaxIdleConnsPerHost: 1, DisableCompression: true, IdleConnTimeout: time.Second,
		}},
		bases: w.bases(), token: w.tokens[number%len(w.tokens)], floor: f, journal: j,
		owned: map[int64]map[int64]int64{},
	}
}

// work does operations until the day is over, and then adds its carts to the journal.
// Operations that have begun are finished under ctx, which ends later.
func (c *client) work(ctx context.Context, day <-chan struct{}) {
	defer c.http.CloseIdleConnections()
	c.createCustomer(ctx)
	for {
		pause := time.NewTimer(time.Duration(c.rng.ExpFloat64() * float64(c.think)))
		select {
		case <-day:
			pause.Stop()
			for customer, lines := range c.owned {
				c.journal.keepCart(customer, lines)
			}
			return
		case <-pause.C:
			c.choose()(ctx)
		}
	}
}

// begin starts an operation that can be sent more than once, because it has a key.
func (c *client) begin(kind string) *operation {
	c.sent++
	return &operation{kind: kind, key: fmt.Sprintf("%s-%d-%d", kind, c.number, c.sent)}
}

// request is what is sent.
type request struct {
	method, path string
	body         any
	ifMatch      string
}

// answer is what came back, whole.
type answer struct {
	status int
	etag   string
	body   []byte
}

// do sends a request: repeatedly until it is answered if the operation has a key, otherwise
// once. It returns nil unless the request was acknowledged. The caller adds the claims of
// the answer before it gives the operation to the journal.
func (c *client) do(ctx context.Context, o *operation, r request) *answer {
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, 500*time.Millisecond) {
		a, got := c.once(ctx, r, o.key)
		o.attempts, o.outcome = append(o.attempts, a), a.outcome
		c.inspect(o, a)
		if a.outcome == acknowledged {
			return got
		}
		again := a.outcome == unknown || a.status == http.StatusServiceUnavailable || a.status == http.StatusTooManyRequests
		if o.key == "" || !again {
			return nil
		}
		pause := time.NewTimer(time.Duration(c.rng.Int64N(int64(wait))))
		select {
		case <-ctx.Done():
			pause.Stop()
			o.outcome = unknown
			return nil
		case <-pause.C:
		}
	}
}

// inspect looks for answers that no fault around the server explains.
func (c *client) inspect(o *operation, a attempt) {
	switch a.status {
	case http.StatusInternalServerError, http.StatusUnauthorized, http.StatusForbidden, http.StatusMethodNotAllowed,
		http.StatusUnsupportedMediaType:
		c.journal.accuse(ruleServer, fmt.Sprintf("%s %s: answered %d %s (%s)", o.kind, a.id, a.status, a.code, a.detail))
	}
}

// once sends a request to one of the replicas, and returns what is known about it then. Now
// and then the client gives up early.
func (c *client) once(ctx context.Context, r request, key string) (attempt, *answer) {
	c.sent++
	a := attempt{id: fmt.Sprintf("t-%d-%d", c.number, c.sent), outcome: unknown}
	limit := patience
	if c.rng.IntN(40) == 0 {
		limit = time.Duration(1+c.rng.IntN(60)) * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	req, err := c.build(ctx, r, a.id, key)
	if err != nil {
		a.outcome, a.detail = refused, err.Error()
		c.journal.accuse(ruleServer, err.Error())
		return a, nil
	}
	resp, err := c.http.Do(req)
	if err != nil {
		a.detail = err.Error()
		return a, nil
	}
	body, err := io.ReadAll(resp.Body)
	if closed := resp.Body.Close(); err != nil || closed != nil {
		a.detail = fmt.Sprint("part of an answer: ", err, closed)
		return a, nil
	}
	a.status, a.replayed = resp.StatusCode, resp.Header.Get("Idempotency-Replayed") == "true"
	if a.status < http.StatusMultipleChoices {
		a.outcome = acknowledged
		return a, &answer{a.status, resp.Header.Get("ETag"), body}
	}
	var problem struct {
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}
	err = json.Unmarshal(body, &problem)
	if err != nil && a.status != http.StatusBadRequest { // which net/http answers to what was cut off
		c.journal.accuse(ruleServer, fmt.Sprintf("%s %s answered %d with %q, which is no problem", r.method, r.path, a.status, body))
	}
	a.code, a.detail = problem.Code, problem.Detail
	if a.status < http.StatusInternalServerError || strings.Contains(a.detail, "nothing was written") {
		a.outcome = refused
	}
	return a, nil
}

func (c *client) build(ctx context.Context, r request, id, key string) (*http.Request, error) {
	var body io.Reader
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	base := c.bases[c.rng.IntN(len(c.bases))]
	req, err := http.NewRequestWithContext(ctx, r.method, base+"/api/v1"+r.path, body)
	if err != nil {
		return nil, err
	}
	// Otherwise the transport would by itself repeat requests with a key, and the only
	// answer would be the second one.
	req.GetBody = nil
	if body == nil && r.method != http.MethodGet {
		req.Body = io.NopCloser(http.NoBody)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("User-Agent", id)
	for name, value := range map[string]string{"Idempotency-Key": key, "If-Match": r.ifMatch} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// read sends a GET once, records it, and decodes the answer into a T. It returns nil
// without an answer.
func read[T any](ctx context.Context, c *client, kind, path string) *T {
	o := &operation{kind: kind, reads: true}
	got := c.do(ctx, o, request{method: http.MethodGet, path: path})
	c.journal.add(o)
	if got == nil {
		return nil
	}
	return decode[T](c, o, got)
}

// decode decodes an answer, which must be valid if its status is a success.
func decode[T any](c *client, o *operation, got *answer) *T {
	var out T
	if err := json.Unmarshal(got.body, &out); err != nil {
		c.journal.accuse(ruleServer, fmt.Sprintf("%s %s: answered %d with %q", o.kind, o.last().id, got.status, got.body))
	}
	return &out
}

// write sends a write, adds the claims of its answer, and records it.
func (c *client) write(ctx context.Context, o *operation, r request, claims func(got *answer)) {
	if got := c.do(ctx, o, r); got != nil {
		claims(got)
	}
	c.journal.add(o)
}

// pick returns one of the ids, or 0 if there are none.
func (c *client) pick(ids []int64) int64 {
	if len(ids) == 0 {
		return 0
	}
	return ids[c.rng.IntN(len(ids))]
}

// chance returns true with the given probability in percent.
func (c *client) chance(percent int) bool { return c.rng.IntN(100) < percent }

// own returns one of the customers that only this client serves, or 0 without any.
func (c *client) own() int64 { return c.pick(slices.Sorted(maps.Keys(c.owned))) }
