package seed

import (
	"slices"
)

// openCarts fills the carts of a few customers who have not checked out yet.
func openCarts(p *plan, stock []int64) []cartRow {
	if len(p.products) == 0 || len(p.joined) == 0 {
		return nil
	}
	rng := stream(p.Seed, "carts")
	owners := rng.Perm(len(p.joined))[:min(len(p.joined), max(5, len(p.joined)/25))]
	var rows []cartRow
	for _, owner := range owners {
		at := max(p.now-moment(around(rng, 8, 1.2)*float64(hour)), p.joined[owner])
		var chosen []int
		for range 1 + rng.IntN(4) {
			i := p.demand.draw(rng)
			if stock[i] == 0 || !p.products[i].sellable(p.now) || slices.Contains(chosen, i) {
				continue
			}
			chosen = append(chosen, i)
			at = min(at+moment(rng.Int64N(int64(10*minute))), p.now)
			rows = append(rows, cartRow{
				customer: p.after.customer + int64(owner) + 1, product: p.after.product + int64(i) + 1,
				created: at, quantity: min(stock[i], pick(rng, p.products[i].offer.sold)),
			})
		}
	}
	slices.SortStableFunc(rows, func(a, b cartRow) int { return int(a.created - b.created) })
	for i := range rows {
		rows[i].id = p.after.cart + int64(i) + 1
	}
	return rows
}
