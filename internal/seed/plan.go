package seed

// plan is everything that is known before the year begins. It does not change, so that the
// year can be simulated again with the same result.
type plan struct {
	Options

	now, from moment
	products  []product
	demand    demand
	joined    []moment // when each customer joined, in order
	shopping  calendar
	chores    calendar
	after     ids // the last ids in use
}

// ids holds one number for each table: either an id or a number of rows.
type ids struct {
	product, customer, order, item, event, movement, cart, category int64
}

func newPlan(o Options, found inventory) *plan {
	now := momentOf(o.Now)
	p := &plan{Options: o, now: now, from: now - year, after: found.last}
	p.products = newCatalog(o, found.numbers)
	if len(p.products) > 0 {
		p.demand = newDemand(o.Seed, p.products, tariffOf(o.Currency))
		provide(o.Seed, p.products, p.demand, o.Orders)
	}
	p.shopping = shopping(o.Seed, p.from, now-minute)
	p.chores = officeHours(p.from, now-minute)
	p.joined = joining(o.Seed, o.Customers, p.shopping, now)
	return p
}

// joining spreads the customers over time: a quarter of them join before the year, the
// others as the shop grows.
func joining(seed uint64, n int, during calendar, now moment) []moment {
	joined := make([]moment, n)
	for i := range joined {
		share := (float64(i) + fraction(seed, 4, uint64(i))) / float64(n)
		if i == 0 || share < 0.25 {
			joined[i] = now - year - 180*day + moment(min(share/0.25, 0.999)*float64(180*day))
		} else {
			joined[i] = during.at((share - 0.25) / 0.75)
		}
	}
	return joined
}
