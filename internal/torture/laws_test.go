//go:build linux

package torture_test

import (
	"maps"
	"slices"
)

// transitions is the table of order states. It is repeated here because the checker uses no
// code of the product.
var transitions = map[string][]string{
	"pending":    {"processing", "cancelled"},
	"processing": {"shipped", "cancelled"},
	"shipped":    {"delivered"},
}

// ledgers follows the movements of every product.
func (c *checker) ledgers() {
	for _, id := range slices.Sorted(maps.Keys(c.now.products)) {
		stock, sum, broken := c.now.products[id].stock, int64(0), false
		for _, m := range c.now.ledgers[id] {
			sum += m.change
			if m.balance != sum && !broken { // the first alone: the others follow from it
				c.reportf(ruleChain, "movement %d of product %d leaves %d, the movements before it and itself %d", m.id, id, m.balance, sum)
				broken = true
			}
		}
		if stock != sum {
			c.reportf(ruleStock, "product %d has %d, its ledger says %d", id, stock, sum)
		}
		if stock < 0 {
			c.reportf(ruleStock, "product %d has %d", id, stock)
		}
	}
}

// orders checks every order by itself: total, timeline, stock.
func (c *checker) orders() {
	told := map[trace]int{}
	for _, e := range c.now.trail {
		told[e.trace]++
	}
	for _, id := range slices.Sorted(maps.Keys(c.now.orders)) {
		o := c.now.orders[id]
		var total int64
		for _, i := range o.items {
			total += i.quantity * i.price
		}
		if total != o.total || len(o.items) == 0 {
			c.reportf(ruleTotal, "order %d says %d, its %d items are %d", id, o.total, len(o.items), total)
		}
		c.timeline(o)
		c.moved(o)
		if c.base.orders[id] == nil {
			c.told(o, told)
		}
	}
}

func (c *checker) timeline(o *orderRow) {
	state := ""
	for _, e := range o.events {
		switch e.kind {
		case "placed":
			if state != "" {
				c.reportf(ruleTransition, "order %d was placed twice", o.id)
			}
			state = "pending"
		case "transition":
			if e.from != state || !slices.Contains(transitions[state], e.to) {
				c.reportf(ruleTransition, "order %d went from %s to %s when it was %s", o.id, e.from, e.to, state)
			}
			state = e.to
		}
	}
	if state != o.status {
		c.reportf(ruleTransition, "order %d is %s, its timeline ends with %s", o.id, o.status, state)
	}
}

// moved checks that each item was sold once, given back to stock if and only if the order
// was cancelled, returned at most once and only after it was shipped, that no more of it is
// damaged than came back, and that the timeline records the return.
func (c *checker) moved(o *orderRow) {
	returns := 0
	for _, i := range o.items {
		var sold, given, returned int
		var whole int64 // units that came back and are not damaged
		for _, m := range i.movements {
			switch {
			case m.product != i.product:
				c.reportf(ruleRestock, "movement %d moves product %d for an item of product %d", m.id, m.product, i.product)
			case m.reason == "sale" && m.change == -i.quantity:
				sold++
			case m.reason == "cancellation" && m.change == i.quantity:
				given++
			case m.reason == "return" && m.change >= 1 && m.change <= i.quantity && (o.status == "shipped" || o.status == "delivered"):
				returned++
				whole += m.change
			case m.reason == "damage" && m.change <= -1:
				whole += m.change
			default:
				c.reportf(ruleRestock, "movement %d of item %d: %s of %d, sold were %d", m.id, i.id, m.reason, m.change, i.quantity)
			}
		}
		back := 0
		if o.status == "cancelled" {
			back = 1
		}
		if sold != 1 || given != back || returned > 1 {
			c.reportf(ruleRestock, "item %d of order %d, which is %s, was sold %d times, given back %d times and came back %d times",
				i.id, o.id, o.status, sold, given, returned)
		}
		if whole < 0 {
			c.reportf(ruleRestock, "item %d of order %d has %d more damaged units than came back", i.id, o.id, -whole)
		}
		returns += returned
	}
	for _, e := range o.events {
		if e.kind == "return" {
			returns--
		}
	}
	if returns != 0 {
		c.reportf(ruleRestock, "the timeline of order %d tells of %d returns too few", o.id, returns)
	}
}

// told checks that the trail records everything that happened to an order.
func (c *checker) told(o *orderRow, told map[trace]int) {
	happened := map[string]int{}
	for _, e := range o.events {
		switch {
		case e.kind == "placed":
			happened["checkout"]++
		case e.kind == "note":
			happened["note"]++
		case e.kind == "return":
			happened["return"]++
		case e.to == "cancelled":
			happened["cancel"]++
		default:
			happened["transition"]++
		}
	}
	for _, action := range []string{"checkout", "note", "return", "cancel", "transition"} {
		if n := told[trace{action, "orders", o.id}]; n != happened[action] {
			c.reportf(ruleAudit, "order %d: %s happened %d times and is in the trail %d times", o.id, action, happened[action], n)
		}
	}
}

// versions checks that every version has its audit entry, that every movement by a person
// has one, and that no two edits made the same version.
func (c *checker) versions() {
	edits, moves := map[record]int64{}, map[int64]int64{}
	for _, e := range c.now.trail[len(c.base.trail):] {
		switch e.trace.action {
		case "note", "return":
		case "stock-adjust", "stock-receive", "stock-count":
			moves[e.trace.record]++
		default:
			edits[record{e.trace.resource, e.trace.record}]++
		}
	}
	for r, version := range c.now.records {
		if want := c.base.records[r] + edits[r]; version != want {
			c.reportf(ruleVersion, "%s %d has version %d, its trail tells of %d", r.resource, r.id, version, want)
		}
	}
	manual := map[int64]int64{}
	for id, m := range c.now.movements {
		if c.base.movements[id] == nil && m.reason != "sale" && m.reason != "cancellation" && m.reason != "initial" {
			manual[m.product]++
		}
	}
	for id := range c.now.products {
		if manual[id] != moves[id] {
			c.reportf(ruleAudit, "product %d was moved by hand %d times, its trail tells of %d", id, manual[id], moves[id])
		}
	}
	c.claimed()
}

func (c *checker) claimed() {
	seen := map[versionClaim]bool{}
	for _, o := range c.journal.operations {
		for _, claim := range o.claims {
			v, ok := claim.(versionClaim)
			if !ok || o.loose { // which may have changed nothing
				continue
			}
			if seen[v] {
				c.reportf(ruleVersion, "%s %d: two edits were answered with version %d", v.resource, v.id, v.version)
			}
			seen[v] = true
		}
	}
}
