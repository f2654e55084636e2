package seed

import (
	"math"
	"math/rand/v2"
	"sort"
)

// demand says how well each product sells: a few sell very well and most of them rarely
// (Zipf's law), and cheap products sell better than expensive ones.
type demand struct {
	upto []float64 // cumulative weights of the products
}

// skew is the exponent of Zipf's law, and flat is the number of ranks that share the top.
const skew, flat = 0.9, 3.0

func newDemand(seed uint64, products []product, prices tariff) demand {
	ranks := stream(seed, "demand").Perm(len(products))
	usual := float64(prices.price(30_00))
	d := demand{upto: make([]float64, len(products))}
	sum := 0.0
	for i := range products {
		weight := math.Pow(float64(ranks[i])+flat, -skew)
		weight *= math.Pow(float64(products[i].price)/usual, -0.35)
		sum += weight
		d.upto[i] = sum
	}
	return d
}

// draw picks a product by its weight.
func (d demand) draw(r *rand.Rand) int {
	want := r.Float64() * d.upto[len(d.upto)-1]
	return sort.Search(len(d.upto)-1, func(i int) bool { return d.upto[i] > want })
}

// share returns the product's part of all sales.
func (d demand) share(i int) float64 {
	before := 0.0
	if i > 0 {
		before = d.upto[i-1]
	}
	return (d.upto[i] - before) / d.upto[len(d.upto)-1]
}

// linesPerOrder is how many of a hundred orders have one line, two lines, and so on up to
// six.
var linesPerOrder = [...]int{31, 27, 18, 12, 8, 4}

func drawLines(r *rand.Rand) int {
	draw := r.IntN(100)
	for i, n := range linesPerOrder {
		if draw -= n; draw < 0 {
			return i + 1
		}
	}
	return len(linesPerOrder)
}

// meanLines is the mean of drawLines.
const meanLines = 2.51

func (p portion) mean() float64 {
	sum := int64(0)
	for _, n := range p {
		sum += n
	}
	return float64(sum) / float64(len(p))
}

// provide decides how the products are stocked: enough until the next delivery, and some to
// spare. A few products wait for their first delivery or are being sold off.
func provide(seed uint64, products []product, d demand, orders int) {
	rng := stream(seed, "provision")
	for i := range products {
		p := &products[i]
		daily := float64(orders) * meanLines * d.share(i) * p.offer.sold.mean() / 365
		peak := 1.7 * daily
		p.reorder = int64(math.Ceil(12*peak)) + rng.Int64N(4)
		p.target = roundUp(p.reorder+int64(40*peak)+3+int64(around(rng, 6, 0.9)), 5)
		p.opening = max(1, int64(float64(p.target)*(0.4+0.8*rng.Float64())))
		if chance(rng, 0.7) {
			p.lowStock = niceLevel(p.reorder)
		}
		switch draw := rng.Float64(); {
		case i == 0:
		case draw < 0.025:
			p.opening, p.target = 0, 0
		case draw < 0.065:
			p.target = 0
		case draw < 0.085:
			p.opening += int64(around(rng, 150, 0.7)) // a bad purchase
		}
	}
}

// niceLevel rounds a level to a number that a person would type.
func niceLevel(n int64) int64 {
	switch {
	case n < 2:
		return 2
	case n <= 5:
		return n
	case n <= 50:
		return roundUp(n, 5)
	default:
		return roundUp(n, 10)
	}
}
