package seed

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// register invents customers, each with their own email address.
type register struct {
	seed  uint64
	rng   *rand.Rand
	taken addresses
}

// addresses counts how often each local part was used, without its number.
type addresses map[string]int64

// domains are reserved for examples (RFC 2606): nobody gets mail by mistake.
var domains = []string{"example.com", "example.org", "example.net"}

// note marks an address as used. Addresses that give cannot produce do not matter.
func (a addresses) note(email string) {
	local, domain, _ := strings.Cut(email, "@")
	if !strings.HasPrefix(domain, "example.") {
		return
	}
	base := strings.TrimRight(local, "0123456789")
	number, err := strconv.ParseInt(local[len(base):], 10, 64)
	if err != nil || number < 1 || number > largestNumber {
		number = 1
	}
	a[base] = max(a[base], number*int64(len(domains)))
}

// give returns an address that nobody has: first the local part at each of the domains,
// then the local part with a number. The argument must not end with a digit.
func (a addresses) give(base string) string {
	n := a[base]
	a[base]++
	number := ""
	if round := n / int64(len(domains)); round > 0 {
		number = strconv.FormatInt(round+1, 10)
	}
	return base + number + "@" + domains[(hash(base)+uint64(n))%uint64(len(domains))]
}

// next invents a customer. One in twenty is a company.
func (r *register) next(id int64, joined moment) customerRow {
	from := pick(r.rng, peoples)
	given, family := pick(r.rng, from.given), pick(r.rng, from.family)
	row := customerRow{id: id, created: joined, name: given + " " + family, address: addressOf(r.seed, id)}
	base := letters(given) + "." + letters(family)
	switch draw := r.rng.Float64(); {
	case draw < 0.05:
		row.name = fmt.Sprintf(pick(r.rng, houses), family)
		base = letters(row.name)
		if chance(r.rng, 0.6) {
			row.note = pick(r.rng, companyNotes)
		}
	case draw < 0.12:
		row.note = pick(r.rng, customerNotes)
		base = letters(family) + "." + letters(given)
	case draw < 0.25:
		base = letters(given)[:1] + "." + letters(family)
	case draw < 0.35:
		base = letters(given) + "_" + letters(family)
	}
	row.email = r.taken.give(base)
	if chance(r.rng, 0.82) {
		row.phone = phoneNumber(r.rng)
	}
	return row
}

func letters(name string) string { return plainLetters.Replace(strings.ToLower(name)) }

// phoneNumber returns a number from a range that a regulator reserves for fiction.
func phoneNumber(r *rand.Rand) string {
	n := r.IntN(1000)
	switch r.IntN(8) {
	case 0, 1, 2:
		return fmt.Sprintf("+49 30 23125 %03d", n)
	case 3:
		return fmt.Sprintf("+44 20 7946 0%03d", n)
	case 4:
		return fmt.Sprintf("+33 1 99 00 %02d %02d", n/100, n%100)
	case 5:
		return fmt.Sprintf("+46 8 465 004 %02d", n%100)
	case 6:
		return fmt.Sprintf("+353 20 910 %04d", n)
	default:
		return fmt.Sprintf("+1 555-555-01%02d", n%100)
	}
}
