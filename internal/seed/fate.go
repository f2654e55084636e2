package seed

import (
	"math/rand/v2"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// The actors in the simulated year, besides the demo accounts.
const (
	storefront shop.Actor = "storefront"
	carrier    shop.Actor = "carrier"
)

// The demo accounts, each with the role for its work.
var (
	packer  = shop.Actor(staff.DemoEmail(access.RoleFulfilment))
	helper  = shop.Actor(staff.DemoEmail(access.RoleSupport))
	buyer   = shop.Actor(staff.DemoEmail(access.RoleCatalog))
	manager = shop.Actor(staff.DemoEmail(access.RoleManager))
)

// step is a change of an order's state.
type step struct {
	at    moment
	to    shop.OrderStatus
	note  string
	actor shop.Actor
}

// fate draws what has happened to an order by now. The argument after is how many orders
// were placed later. Each of the last few orders has a different state, whatever the size
// of the shop; the others are as far as their age allows.
func fate(r *rand.Rand, placed, now moment, after int) []step {
	span := now - placed
	switch after {
	case 0:
		return nil
	case 1:
		return []step{processing(placed + span/2)}
	case 2:
		return []step{processing(placed + span/3), shipped(r, placed+span/3*2)}
	case 3:
		return []step{cancelled(r, placed+span/2, earlyReasons)}
	}
	steps := drawFate(r, placed)
	for i := range steps {
		if steps[i].at > now {
			return steps[:i]
		}
	}
	return steps
}

func drawFate(r *rand.Rand, placed moment) []step {
	if chance(r, 0.035) {
		return []step{cancelled(r, placed.later(0.004+around(r, 0.2, 1)), earlyReasons)}
	}
	begun := processing(placed.later(around(r, 0.45, 0.8)).atWork(r))
	if chance(r, 0.018) {
		return []step{begun, cancelled(r, begun.at.later(around(r, 0.3, 0.8)).atWork(r), lateReasons)}
	}
	sent := shipped(r, begun.at.later(around(r, 0.5, 0.7)).atWork(r))
	arrived := step{
		at:    sent.at.later(0.8 + around(r, 2, 0.5)),
		to:    shop.Delivered,
		actor: carrier,
	}
	if chance(r, 0.06) {
		arrived.note = pick(r, arrivals)
	}
	return []step{begun, sent, arrived}
}

func processing(at moment) step { return step{at: at, to: shop.Processing, actor: packer} }

func shipped(r *rand.Rand, at moment) step {
	s := step{at: at, to: shop.Shipped, actor: packer}
	if chance(r, 0.3) {
		s.note = trackingNote(r)
	}
	return s
}

func cancelled(r *rand.Rand, at moment, reasons []string) step {
	return step{at: at, to: shop.Cancelled, actor: helper, note: pick(r, reasons)}
}
