package seed

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// combination is a choice of a line's material and variation, by index.
type combination struct{ of, in int }

// offer is a line and its place in the category tree.
type offer struct {
	line
	prefix string // of the SKUs
	leaf   int    // index among all leaves

	combinations []combination
	first, step  int64 // see title
}

// offers lists the lines of all departments.
func offers() []offer {
	var all []offer
	leaf := 0
	for _, department := range departments {
		for _, group := range department.groups {
			for _, l := range group.leaves {
				for _, line := range l.lines {
					all = append(all, newOffer(line, group.prefix, leaf))
				}
				leaf++
			}
		}
	}
	return all
}

func newOffer(l line, prefix string, leaf int) offer {
	o := offer{line: l, prefix: prefix, leaf: leaf}
	for of, material := range l.of {
		for in, name := range l.in.names {
			if !strings.Contains(name, strings.ToLower(material.name)) { // no walnut in walnut stain
				o.combinations = append(o.combinations, combination{of, in})
			}
		}
	}
	n := int64(len(o.combinations))
	o.first = int64(hash(prefix+l.noun+l.of[0].name) % uint64(n))
	for o.step = max(1, n*5/8); gcd(o.step, n) != 1; {
		o.step++
	}
	return o
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// nth returns the combination of the line's n-th product, and its collection. Every
// combination comes once per round. Each round has the name of another collection, so that
// names are unique within a line.
func (o *offer) nth(n int64) (combination, int64) {
	size := int64(len(o.combinations))
	return o.combinations[(o.first+n%size*o.step)%size], n / size
}

// title returns the name of the line's n-th product: "Oak dining chair, walnut stain" or
// "Halden oak dining chair, walnut stain".
func (o *offer) title(n int64) string {
	c, round := o.nth(n)
	material, series := o.of[c.of].name, collection(round)
	if series != "" {
		material = lowerFirst(material)
	}
	return series + material + " " + o.noun + ", " + o.in.names[c.in]
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}

// description returns the description of the line's n-th product.
func (o *offer) description(n int64) string {
	c, _ := o.nth(n)
	return o.about + " " + o.of[c.of].note
}

// euroCents returns the price of the line's n-th product. Cheap products are more common
// than expensive ones, colours of one product cost the same, and larger sizes cost more.
func (o *offer) euroCents(n int64) int64 {
	c, round := o.nth(n)
	level := fraction(hash(o.noun), uint64(c.of), uint64(round))
	level *= level
	if o.in.sizes {
		level = 0.35*level + 0.65*float64(c.in)/float64(max(1, len(o.in.names)-1))
	}
	return o.from + int64(level*float64(o.to-o.from))
}

// product is a product of the shop, and what happens to it over the year.
type product struct {
	offer  *offer
	n      int64 // index among the line's products
	number int64 // number in the SKU

	created  moment
	price    shop.Money
	former   shop.Money // the price before it changed
	repriced moment     // when; 0 for never
	retired  moment     // when it was taken off sale; 0 for never

	opening  int64 // stock at the beginning
	reorder  int64 // stock at or below which more is ordered
	target   int64 // stock to order up to; 0 for no more
	lowStock int64 // 0 for no warning
}

// sellable reports whether the product is on sale at the moment.
func (p *product) sellable(at moment) bool {
	return p.created <= at && (p.retired == 0 || at < p.retired)
}

// priceAt returns the price at the moment.
func (p *product) priceAt(at moment) shop.Money {
	if at < p.repriced {
		return p.former
	}
	return p.price
}

// edits returns how often a person changed the product, and when last.
func (p *product) edits() (int64, moment) {
	count, last := int64(0), p.created
	for _, at := range []moment{p.repriced, p.retired} {
		if at > p.created {
			count++
			last = max(last, at)
		}
	}
	return count, last
}

func (p *product) sku() string { return sku(p.offer.prefix, p.number) }

// newCatalog draws the products in the order in which they were entered. Three quarters are
// entered before the year of orders. The first product stays on sale. The argument numbers
// holds the last number in use for each prefix.
func newCatalog(o Options, numbers map[string]int64) []product {
	rng := stream(o.Seed, "catalog")
	all, prices := offers(), tariffOf(o.Currency)
	now := momentOf(o.Now)
	before := officeHours(now-year-120*day, now-year)
	during := officeHours(now-year, now-2*day)

	next := make([]int64, len(all)) // per line
	for i := range all {
		next[i] = numbers[all[i].prefix] // larger than any that the line has used
	}
	number := make(map[string]int64, len(numbers))
	products := make([]product, o.Products)
	for i := range products {
		which := rng.IntN(len(all))
		offer := &all[which]
		number[offer.prefix]++
		p := product{offer: offer, n: next[which], number: numbers[offer.prefix] + number[offer.prefix]}
		next[which]++

		share := (float64(i) + fraction(o.Seed, 3, uint64(i))) / float64(len(products))
		if i == 0 || share < 0.75 {
			p.created = before.at(min(share/0.75, 0.999))
		} else {
			p.created = during.at((share - 0.75) / 0.25)
		}
		euros := offer.euroCents(p.n)
		p.price = prices.price(euros)
		p.former = prices.price(int64(float64(euros) * (0.85 + 0.25*rng.Float64())))
		p.live(rng, now, i == 0)
		products[i] = p
	}
	return products
}

// live draws what happens to the product until now. An evergreen product stays on sale.
func (p *product) live(rng *rand.Rand, now moment, evergreen bool) {
	age := float64(now-p.created) / float64(day)
	if age > 45 && chance(rng, 0.22) {
		p.repriced = min(now-hour, p.created.later(30+(age-32)*rng.Float64()).atWork(rng))
	}
	switch draw := rng.Float64(); {
	case evergreen:
	case draw < 0.015:
		p.retired = p.created // a draft
	case draw < 0.05 && age > 20:
		p.retired = min(now-hour, p.created.later(age*(0.5+0.45*rng.Float64())).atWork(rng))
	}
	if p.retired > 0 && p.repriced >= p.retired {
		p.repriced = 0
	}
	if p.repriced == 0 {
		p.former = p.price
	}
}
