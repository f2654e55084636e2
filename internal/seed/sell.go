package seed

import (
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// sell places an order and plans what will happen to it.
func (s *simulation) sell(at moment) error {
	s.ids.order++
	row := orderRow{
		id: s.ids.order, customer: s.customer(at), placed: at, updated: at, version: 1,
		status: shop.Pending, currency: s.Currency,
	}
	row.address = sentTo(s.Seed, row.id, row.customer)
	lines := s.basket(at)
	for _, l := range lines {
		s.ids.item++
		p := &s.products[l.product]
		price := p.priceAt(at)
		amount, err := price.Times(l.quantity)
		if err != nil {
			return fmt.Errorf("seed: %s: %w", p.sku(), err)
		}
		if row.total, err = row.total.Plus(amount); err != nil {
			return fmt.Errorf("seed: order %d: %w", row.id, err)
		}
		s.out.items = append(s.out.items, itemRow{
			id: s.ids.item, order: row.id, created: at, product: p, productID: s.productID(l.product),
			quantity: l.quantity, price: price,
		})
	}
	s.event(eventRow{created: at, order: row.id, kind: shop.EventPlaced, to: shop.Pending, actor: storefront})
	for i := range lines {
		lines[i].item = s.ids.item - int64(len(lines)-1-i)
		s.move(movement{
			at: at, product: lines[i].product, change: -lines[i].quantity, reason: shop.Sale, item: lines[i].item, actor: storefront,
		})
	}
	for _, step := range fate(s.rng, at, s.now, s.Orders-1-s.placed) {
		s.schedule(&row, step, lines)
	}
	if chance(s.rng, 0.05) {
		s.agenda.add(task{
			at: at.later(0.01 + around(s.rng, 0.3, 1)), do: remark, order: row.id, note: pick(s.rng, remarks), actor: helper,
		})
	}
	s.out.orders = append(s.out.orders, row)
	return nil
}

// schedule plans one step of an order's fate.
func (s *simulation) schedule(row *orderRow, next step, lines []soldLine) {
	at := max(next.at, row.updated+1)
	t := task{at: at, do: transition, order: row.id, from: row.status, to: next.to, note: next.note, actor: next.actor}
	if next.to == shop.Cancelled {
		t.lines = slices.Clone(lines)
	}
	s.agenda.add(t)
	row.status, row.updated, row.version = next.to, at, row.version+1
	if next.to == shop.Delivered && chance(s.rng, 0.025) {
		back := pick(s.rng, lines)
		s.agenda.add(task{
			at: at.later(2 + around(s.rng, 6, 0.6)).atWork(s.rng), do: comeback,
			order: row.id, lines: []soldLine{{item: back.item, product: back.product, quantity: 1}}, note: pick(s.rng, regret),
		})
	}
}

// customer picks who buys: the more loyal of two random customers, and often somebody new.
// Each customer's loyalty is a fixed random number.
func (s *simulation) customer(at moment) int64 {
	for s.members < len(s.joined) && s.joined[s.members] <= at {
		s.members++
	}
	a, b := s.rng.IntN(s.members), s.rng.IntN(s.members)
	switch {
	case chance(s.rng, 0.2):
		a = s.members - 1 - s.rng.IntN(1+s.members/25)
	case fraction(s.Seed, 7, uint64(b)) > fraction(s.Seed, 7, uint64(a)):
		a = b
	}
	return s.after.customer + int64(a) + 1
}

// basket fills a cart with products that are in stock. If nothing at all can be sold, the
// first product, which is always on sale, is restocked at once.
func (s *simulation) basket(at moment) []soldLine {
	lines := make([]soldLine, 0, 6)
	for range drawLines(s.rng) {
		for range 8 {
			i := s.demand.draw(s.rng)
			quantity := pick(s.rng, s.products[i].offer.sold)
			taken := slices.ContainsFunc(lines, func(l soldLine) bool { return l.product == i })
			if taken || s.stock[i] < quantity || !s.products[i].sellable(at) {
				continue
			}
			lines = append(lines, soldLine{product: i, quantity: quantity})
			break
		}
	}
	if len(lines) == 0 {
		quantity := pick(s.rng, s.products[0].offer.sold)
		if short := quantity - s.stock[0]; short > 0 {
			s.move(movement{at: at, product: 0, change: short, reason: shop.Receipt, note: "Express delivery", actor: buyer})
		}
		lines = append(lines, soldLine{product: 0, quantity: quantity})
	}
	return lines
}
