package seed

import "github.com/storekeeper/storekeeper/internal/shop"

// movement is a change of a product's stock.
type movement struct {
	at      moment
	product int
	change  int64
	reason  shop.MovementReason
	note    string
	item    int64
	actor   shop.Actor
}

// move changes the stock of a product and writes the ledger. If little is left, it orders
// more.
func (s *simulation) move(m movement) {
	s.stock[m.product] += m.change
	balance := s.stock[m.product]
	s.ids.movement++
	s.out.movements = append(s.out.movements, movementRow{
		id: s.ids.movement, product: s.productID(m.product), created: m.at, change: m.change, balance: balance,
		reason: m.reason, note: m.note, item: m.item, actor: m.actor,
	})
	p := &s.products[m.product]
	if balance > p.reorder || p.target == 0 || s.awaited[m.product] || !p.sellable(m.at) {
		return
	}
	s.awaited[m.product] = true
	at := m.at.later(3 + around(s.rng, 5, 0.4)).atWork(s.rng)
	s.agenda.add(task{
		at: at, do: delivery, product: m.product, quantity: roundUp(p.target-balance, 5), note: receiptNote(s.rng, m.at),
	})
}

func (s *simulation) productID(i int) int64 { return s.after.product + int64(i) + 1 }

// choreCount is how often in the year somebody corrects a stock by hand.
func (s *simulation) choreCount() int { return s.Orders/60 + len(s.products)*2/3 }

// doChore corrects the stock of a product, for goods that were damaged, mislaid, found or
// counted.
func (s *simulation) doChore(at moment) {
	i := s.rng.IntN(s.arrived)
	if chance(s.rng, 0.5) {
		i = s.demand.draw(s.rng)
	}
	stock := s.stock[i]
	if i >= s.arrived || stock == 0 {
		return
	}
	m := movement{at: at, product: i, actor: packer}
	few := 1 + s.rng.Int64N(3)
	switch draw := s.rng.Float64(); {
	case draw < 0.45:
		m.reason, m.change, m.note = shop.Damage, -few, pick(s.rng, damages)
	case draw < 0.55:
		m.reason, m.change, m.note, m.actor = shop.Adjustment, -few, pick(s.rng, losses), manager
	case draw < 0.65:
		m.reason, m.change, m.note, m.actor = shop.Adjustment, few, pick(s.rng, finds), manager
	default:
		m.reason, m.change = shop.Stocktake, few-4
		if chance(s.rng, 0.35) {
			m.change = few
		}
		m.note = countNote(stock+m.change, stock)
	}
	if stock+m.change >= 0 {
		s.move(m)
	}
}
