package seed

import (
	"fmt"
	"math/rand/v2"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// batch collects rows until there are enough of them to be written.
type batch struct {
	orders    []orderRow
	items     []itemRow
	events    []eventRow
	movements []movementRow
}

// batchRows is the approximate number of rows of a batch.
const batchRows = 40_000

func (b *batch) size() int {
	return len(b.orders) + len(b.items) + len(b.events) + len(b.movements)
}

func (b *batch) clear() {
	b.orders, b.items, b.events, b.movements = b.orders[:0], b.items[:0], b.events[:0], b.movements[:0]
}

// simulation is the state of the shop at a moment of the year.
type simulation struct {
	*plan

	rng     *rand.Rand
	agenda  agenda
	stock   []int64
	awaited []bool // whether a delivery is on its way
	arrived int    // products so far
	placed  int    // orders so far
	members int    // customers so far
	chored  int    // chores so far
	saleAt  moment // of the next order
	choreAt moment // of the next chore
	ids     ids

	out   *batch
	flush func(*batch) (*batch, error)
}

// simulate runs the year. It passes every full batch to flush, which returns an empty one
// to continue with. It returns the final stock of each product and the number of rows. Rows
// and their ids are in chronological order.
func (p *plan) simulate(flush func(*batch) (*batch, error)) ([]int64, ids, error) {
	s := &simulation{
		plan: p, rng: stream(p.Seed, "year"), ids: p.after, flush: flush, out: &batch{},
		stock: make([]int64, len(p.products)), awaited: make([]bool, len(p.products)),
	}
	s.saleAt, s.choreAt = s.nextSale(), s.nextChore()
	for {
		more, err := s.step()
		if err != nil {
			return nil, ids{}, err
		}
		if !more {
			break
		}
		if s.out.size() < batchRows {
			continue
		}
		if err := s.hand(); err != nil {
			return nil, ids{}, err
		}
	}
	if err := s.hand(); err != nil {
		return nil, ids{}, err
	}
	return s.stock, ids{
		order: s.ids.order - p.after.order, item: s.ids.item - p.after.item,
		event: s.ids.event - p.after.event, movement: s.ids.movement - p.after.movement,
	}, nil
}

func (s *simulation) hand() (err error) {
	s.out, err = s.flush(s.out)
	return err
}

// step makes the next event happen. It returns false when the year is over.
func (s *simulation) step() (bool, error) {
	arrival := never
	if s.arrived < len(s.products) {
		arrival = s.products[s.arrived].created
	}
	planned := s.agenda.next()
	switch next := min(arrival, planned, s.choreAt, s.saleAt); next {
	case never:
		return false, nil
	case arrival:
		s.arrive()
	case planned:
		if next > s.now {
			return false, nil // after the year only tasks are left
		}
		s.perform(s.agenda.take())
	case s.choreAt:
		s.doChore(next)
		s.chored++
		s.choreAt = s.nextChore()
	default:
		if err := s.sell(next); err != nil {
			return false, err
		}
		s.placed++
		s.saleAt = s.nextSale()
	}
	return true, nil
}

func (s *simulation) nextSale() moment {
	if s.placed == s.Orders {
		return never
	}
	jitter := fraction(s.Seed, 2, uint64(s.placed))
	return max(s.shopping.at((float64(s.placed)+jitter)/float64(s.Orders)), s.saleAt+1)
}

func (s *simulation) nextChore() moment {
	count := s.choreCount()
	if s.chored == count {
		return never
	}
	return s.chores.at((float64(s.chored) + fraction(s.Seed, 1, uint64(s.chored))) / float64(count))
}

// arrive makes the next product available, with its opening stock.
func (s *simulation) arrive() {
	p := &s.products[s.arrived]
	s.arrived++
	if p.opening > 0 {
		s.move(movement{at: p.created, product: s.arrived - 1, change: p.opening, reason: shop.Initial, actor: buyer})
	}
}

func (s *simulation) perform(t *task) {
	switch t.do {
	case transition:
		s.event(eventRow{created: t.at, order: t.order, kind: shop.EventTransition, from: t.from, to: t.to, note: t.note, actor: t.actor})
		for _, l := range t.lines {
			s.move(movement{at: t.at, product: l.product, change: l.quantity, reason: shop.Cancellation, item: l.item, actor: t.actor})
		}
	case remark:
		s.event(eventRow{created: t.at, order: t.order, kind: shop.EventNote, note: t.note, actor: t.actor})
	case delivery:
		s.awaited[t.product] = false
		s.move(movement{at: t.at, product: t.product, change: t.quantity, reason: shop.Receipt, note: t.note, actor: buyer})
	case comeback:
		for _, l := range t.lines {
			s.comeBack(t, l)
		}
	}
}

// comeBack takes a line of an order into stock, and out of it again where it is broken.
func (s *simulation) comeBack(t *task, l soldLine) {
	back := movement{at: t.at, product: l.product, change: l.quantity, reason: shop.Return, item: l.item, note: t.note, actor: packer}
	s.move(back)
	told := fmt.Sprintf("%d × %s", l.quantity, s.products[l.product].sku())
	if t.note == brokenInTransit {
		told += fmt.Sprintf(", %d damaged", l.quantity)
		back.change, back.reason = -l.quantity, shop.Damage
		s.move(back)
	}
	s.event(eventRow{created: t.at, order: t.order, kind: shop.EventReturn, note: told + ": " + t.note, actor: packer})
}

func (s *simulation) event(e eventRow) {
	s.ids.event++
	e.id = s.ids.event
	s.out.events = append(s.out.events, e)
}
