package seed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql/schema"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Filled returns the columns that are filled, and the number of values of a row, by table.
func Filled() (columns map[string][]string, values map[string]int) {
	columns, values = map[string][]string{}, map[string]int{}
	p := product{offer: &offers()[0]}
	describe(columns, values, categoryTable, categoryRow{})
	describe(columns, values, productTable, productRow{product: &p})
	describe(columns, values, customerTable, customerRow{})
	describe(columns, values, cartTable, cartRow{})
	describe(columns, values, orderTable, orderRow{})
	describe(columns, values, itemTable, itemRow{product: &p})
	describe(columns, values, eventTable, eventRow{})
	describe(columns, values, movementTable, movementRow{})
	return columns, values
}

func describe[R any](columns map[string][]string, values map[string]int, t table[R], row R) {
	columns[t.name] = t.columns
	values[t.name] = len(t.values(&row, nil))
}

// Tables returns the names of all tables that are written.
func Tables() []string { return tables }

// Extended fills so many rows of a table that has columns besides its id and its time.
func Extended(ctx context.Context, db *store.DB, of *schema.Table, rows int) error {
	t := table[int64]{of.Name, []string{"id", "created_at"}, func(id *int64, v []any) []any { return append(v, *id, time.Unix(*id, 0).UTC()) }}
	added, err := missing(of, t.columns)
	if err != nil {
		return err
	}
	ids := make([]int64, rows)
	for i := range ids {
		ids[i] = int64(i) + 1
	}
	s, err := begin(ctx, db)
	if err != nil {
		return err
	}
	if err := insertWith(ctx, s, t, added, ids); err != nil {
		return errors.Join(err, s.end())
	}
	return errors.Join(s.tx.Commit(), s.end())
}

// Price is what so many euro cents are in a currency.
func Price(c shop.Currency, euroCents int64) shop.Money { return tariffOf(c).price(euroCents) }

// Offer is a line of products.
type Offer struct{ o offer }

// Offers returns all lines.
func Offers() []Offer {
	var all []Offer
	for _, o := range offers() {
		all = append(all, Offer{o})
	}
	return all
}

// The parts of an offer.
func (o Offer) Size() int64                { return int64(len(o.o.combinations)) }
func (o Offer) Title(n int64) string       { return o.o.title(n) }
func (o Offer) Description(n int64) string { return o.o.description(n) }
func (o Offer) EuroCents(n int64) int64    { return o.o.euroCents(n) }
func (o Offer) Prices() (from, to int64)   { return o.o.from, o.o.to }

// Slugs returns the names of all categories, by slug.
func Slugs() map[string]string {
	rows, _ := categories(nil, 0, 0)
	slugs := make(map[string]string, len(rows))
	for _, r := range rows {
		slugs[r.slug] = r.name
	}
	if len(slugs) != len(rows) {
		panic("two categories have the same slug")
	}
	return slugs
}

// Prefixes returns the prefixes of the groups, in their order.
func Prefixes() []string {
	var all []string
	for _, d := range departments {
		for _, g := range d.groups {
			all = append(all, g.prefix)
		}
	}
	return all
}

// Collection returns the name of the n-th collection.
func Collection(n int64) string { return collection(n) }

// SKUNumber parses a SKU.
func SKUNumber(s string) (string, int64, bool) { return skuNumber(s) }

// SKU returns the SKU with this number.
func SKU(prefix string, number int64) string { return sku(prefix, number) }

// Addresses give out email addresses.
type Addresses = addresses

// Give returns an address that nobody has.
func (a addresses) Give(base string) string { return a.give(base) }

// Note marks an address as used.
func (a addresses) Note(email string) { a.note(email) }

// LocalParts returns all local parts that names can be turned into.
func LocalParts() []string {
	var all []string
	for _, p := range peoples {
		for _, given := range p.given {
			all = append(all, letters(given))
		}
		for _, family := range p.family {
			all = append(all, letters(family))
			for _, house := range houses {
				all = append(all, letters(fmt.Sprintf(house, family)))
			}
		}
	}
	return all
}

// MeanLines is the mean number of lines per order that stock is planned with.
const MeanLines = meanLines

// LinesPerOrder is how many of a hundred orders have one to six lines.
var LinesPerOrder = linesPerOrder

// Calendar exports calendar.
type Calendar struct{ c calendar }

// ShoppingCalendar returns the calendar of orders.
func ShoppingCalendar(seed uint64, from, to time.Time) Calendar {
	return Calendar{shopping(seed, momentOf(from), momentOf(to))}
}

// OfficeCalendar returns the calendar of staff's work.
func OfficeCalendar(from, to time.Time) Calendar {
	return Calendar{officeHours(momentOf(from), momentOf(to))}
}

// At returns the moment of a share.
func (c Calendar) At(share float64) time.Time { return c.c.at(share).time() }

// Working reports whether it is working time.
func Working(t time.Time) bool { return working(t) }

// InOrder adds tasks at these moments to an agenda. It returns the moments in the order in
// which the agenda returns them, and when each was added, counted from 1.
func InOrder(moments []int64) (at, added []int64) {
	var a agenda
	for _, m := range moments {
		a.add(task{at: moment(m)})
	}
	for a.next() != never {
		t := a.take()
		at, added = append(at, int64(t.at)), append(added, t.seq)
	}
	return at, added
}
