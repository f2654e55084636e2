//go:build linux

package torture_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// The rules that the checker knows.
const (
	ruleLost       = "lost"       // an acknowledged write is not there, or not as it was answered
	ruleTwice      = "twice"      // one operation happened more than once
	ruleRefused    = "refused"    // a write that was refused is there
	ruleUnasked    = "unasked"    // something is there that nobody asked for
	ruleUnanswered = "unanswered" // a write under a key was never answered
	ruleAudit      = "audit"      // a write and the audit trail do not agree
	ruleStock      = "stock"      // stock and ledger do not agree, or stock is negative
	ruleChain      = "chain"      // balance_after does not follow from the movement before
	ruleTotal      = "total"      // an order's total is not the sum of its items
	ruleTransition = "transition" // an order moved outside the table
	ruleRestock    = "restock"    // an order's items did not move stock exactly once a reason
	ruleVersion    = "version"    // two edits made the same version, or one made none
	ruleCart       = "cart"       // a cart is not what its only client made of it
	ruleServer     = "server"     // the server failed where it must not
)

// violation is a broken rule.
type violation struct{ rule, what string }

func (v violation) String() string { return v.rule + ": " + v.what }

// checker compares journals with the database. base is the database before the clients
// began.
type checker struct {
	journal *journal
	base    *snapshot
	now     *snapshot
	found   []violation
}

// check returns all violations.
func check(j *journal, base, now *snapshot) []violation {
	c := &checker{journal: j, base: base, now: now, found: slices.Clone(j.broken)}
	c.gone()
	c.operations()
	c.marks()
	c.unasked()
	c.carts()
	c.ledgers()
	c.orders()
	c.versions()
	return c.found
}

func (c *checker) reportf(rule, format string, args ...any) {
	c.found = append(c.found, violation{rule, fmt.Sprintf(format, args...)})
}

// gone looks for records that existed before the clients began, and that nobody removes.
func (c *checker) gone() {
	vanished(c, "record", c.base.records, c.now.records)
	vanished(c, "item", c.base.items, c.now.items)
	vanished(c, "movement", c.base.movements, c.now.movements)
	vanished(c, "event", c.base.events, c.now.events)
	trail := map[int64]bool{}
	for _, e := range c.now.trail {
		trail[e.id] = true
	}
	for _, e := range c.base.trail {
		if !trail[e.id] {
			c.reportf(ruleLost, "entry %d of the trail, %+v, is gone", e.id, e.trace)
		}
	}
}

func vanished[K comparable, V any](c *checker, what string, base, now map[K]V) {
	for id := range base {
		if _, there := now[id]; !there {
			c.reportf(ruleLost, "%s %v is gone", what, id)
		}
	}
}

// operations compares each write with the audit entries of its requests.
func (c *checker) operations() {
	for _, o := range c.journal.operations {
		if o.reads {
			continue
		}
		var effective [][]*entryRow
		for _, a := range o.attempts {
			entries := c.now.entries[a.id]
			if len(entries) > 0 {
				effective = append(effective, entries)
			}
			seen := map[trace]int{}
			for _, e := range entries {
				seen[e.trace]++
				most := 1
				if e.trace.action == "stock-adjust" {
					most = max(o.moves, 1)
				}
				if seen[e.trace] > most {
					c.reportf(ruleTwice, "%s: request %s did %+v more than once", o.kind, a.id, e.trace)
				}
			}
			if len(entries) > 0 && a.outcome == refused {
				c.reportf(ruleRefused, "%s: request %s was answered %d %s (%s), and is in the trail", o.kind, a.id, a.status, a.code, a.detail)
			}
		}
		if o.key != "" && len(effective) > 1 {
			c.reportf(ruleTwice, "%s: %d requests under key %s are in the trail", o.kind, len(effective), o.key)
		}
		c.outcome(o, effective)
	}
}

func (c *checker) outcome(o *operation, effective [][]*entryRow) {
	switch {
	case o.outcome == acknowledged:
		for _, claim := range o.claims {
			if wrong := claim.wrong(c.now); wrong != "" {
				c.reportf(ruleLost, "%s %s: %s", o.kind, o.last().id, wrong)
			}
		}
		c.recorded(o, effective)
	case o.key != "" && o.outcome == unknown:
		c.reportf(ruleUnanswered, "%s: key %s, %d attempts, the last: %d %s", o.kind, o.key, len(o.attempts), o.last().status, o.last().detail)
	case o.key != "" && !o.doubtful() && len(c.now.keys[o.key]) > 0:
		c.reportf(ruleRefused, "%s: key %s remembers an answer", o.kind, o.key)
	}
}

func (o *operation) last() attempt { return o.attempts[len(o.attempts)-1] }

// recorded compares the entries of an acknowledged write with its answer.
func (c *checker) recorded(o *operation, effective [][]*entryRow) {
	if o.loose {
		for _, entries := range effective {
			for _, e := range entries {
				if !slices.ContainsFunc(o.trail, func(t trace) bool {
					return t.resource == e.trace.resource && t.action == e.trace.action && (t.record == 0 || t.record == e.trace.record)
				}) {
					c.reportf(ruleAudit, "%s %s: recorded as %+v", o.kind, o.last().id, e.trace)
				}
			}
		}
		return
	}
	var got []trace
	if len(effective) > 0 {
		for _, e := range effective[len(effective)-1] {
			got = append(got, e.trace)
		}
	}
	if !slices.Equal(sorted(got), sorted(o.trail)) {
		c.reportf(ruleAudit, "%s %s: recorded as %+v, expected %+v", o.kind, o.last().id, got, o.trail)
	}
}

func sorted(traces []trace) []trace {
	return slices.SortedFunc(slices.Values(traces), func(a, b trace) int {
		return cmp.Or(cmp.Compare(a.action, b.action), cmp.Compare(a.resource, b.resource), cmp.Compare(a.record, b.record))
	})
}

// marks counts the texts that writes leave in notes, independently of the audit trail.
func (c *checker) marks() {
	seen := map[string]int{}
	for _, m := range c.now.movements {
		seen[m.note]++
	}
	for _, e := range c.now.events {
		seen[e.note]++
	}
	for _, o := range c.journal.operations {
		n, whole := seen[o.mark], max(o.moves, 1)
		switch {
		case o.mark == "":
		case n > whole && o.key != "":
			c.reportf(ruleTwice, "%s: %q is there %d times", o.kind, o.mark, n)
		case n > 0 && n < whole:
			c.reportf(ruleLost, "%s: %q is there %d times instead of %d", o.kind, o.mark, n, whole)
		case n == 0 && o.outcome == acknowledged:
			c.reportf(ruleLost, "%s: %q is not there", o.kind, o.mark)
		case n > 0 && o.outcome == refused && !o.doubtful():
			c.reportf(ruleRefused, "%s: %q is there", o.kind, o.mark)
		}
	}
}

// unasked looks for records in the database that no journal has.
func (c *checker) unasked() {
	asked, orders := map[string]bool{}, map[int64]bool{}
	for _, o := range c.journal.operations {
		for _, a := range o.attempts {
			asked[a.id] = true
		}
		for _, claim := range o.claims {
			if placed, ok := claim.(orderClaim); ok {
				if orders[placed.ID] {
					c.reportf(ruleTwice, "order %d was answered to two checkouts", placed.ID)
				}
				orders[placed.ID] = true
			}
		}
		if o.kind == checkoutKind && o.outcome != acknowledged && o.doubtful() { // done after all, or not
			for _, a := range o.attempts {
				for _, e := range c.now.entries[a.id] {
					orders[e.trace.record] = true
				}
			}
		}
	}
	for _, e := range c.now.trail[len(c.base.trail):] {
		if !asked[e.request] {
			c.reportf(ruleUnasked, "the trail has %+v under request %q", e.trace, e.request)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.now.orders)) {
		if c.base.orders[id] == nil && !orders[id] {
			c.reportf(ruleUnasked, "order %d belongs to no checkout", id)
		}
	}
}

func (c *checker) carts() {
	for customer, lines := range c.journal.carts {
		if !maps.Equal(lines, c.now.carts[customer]) {
			c.reportf(ruleCart, "the cart of customer %d is %v, its client left %v", customer, c.now.carts[customer], lines)
		}
	}
}
