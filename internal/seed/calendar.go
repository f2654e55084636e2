package seed

import (
	"math"
	"sort"
	"time"
)

// calendar says how busy each hour between two moments is.
type calendar struct {
	from, to moment
	upto     []float64 // cumulative weights of the hours
}

func newCalendar(from, to moment, weight func(time.Time) float64) calendar {
	c := calendar{from: from, to: to}
	sum := 0.0
	for at := from; at < to; at += hour {
		length := min(hour, to-at)
		sum += weight((at + length/2).time()) * float64(length) / float64(hour)
		c.upto = append(c.upto, sum)
	}
	return c
}

// at returns the moment at which this share of everything has happened. The share is at
// least 0 and below 1; a larger share gives a later moment.
func (c calendar) at(share float64) moment {
	if len(c.upto) == 0 {
		return c.from
	}
	want := share * c.upto[len(c.upto)-1]
	i := sort.Search(len(c.upto)-1, func(i int) bool { return c.upto[i] > want })
	before := 0.0
	if i > 0 {
		before = c.upto[i-1]
	}
	start := c.from + moment(i)*hour
	length := min(hour, c.to-start)
	within := (want - before) / (c.upto[i] - before)
	if !(within >= 0) { // an hour without weight, or rounding
		within = 0
	}
	return start + min(length-1, moment(within*float64(length)))
}

// How much is bought by hour of the day in UTC, by day of the week from Sunday, and by
// month from January: people shop in the evening, on Sundays and before Christmas.
var (
	byHour = [24]float64{
		0.35, 0.18, 0.10, 0.07, 0.07, 0.15, 0.35, 0.60, 0.85, 1.00, 1.10, 1.15,
		1.15, 1.05, 1.00, 1.05, 1.15, 1.35, 1.70, 2.05, 2.20, 1.85, 1.25, 0.70,
	}
	byWeekday = [7]float64{1.22, 1.05, 0.98, 0.96, 0.98, 0.90, 0.94}
	byMonth   = [12]float64{0.92, 0.90, 1.02, 1.10, 1.08, 0.98, 0.90, 0.92, 1.00, 1.04, 1.30, 1.25}
)

// shopping is the calendar of orders: there are more from month to month, and no two days
// are alike.
func shopping(seed uint64, from, to moment) calendar {
	return newCalendar(from, to, func(t time.Time) float64 {
		grown := float64(momentOf(t)-from) / float64(to-from)
		today := uint64(t.Unix() / 86400)
		luck := math.Exp(0.5 * (fraction(seed, today) - 0.5))
		return (1 + 1.4*grown) * luck * byHour[t.Hour()] * byWeekday[t.Weekday()] * byMonth[t.Month()-1]
	})
}

// officeHours is the calendar of staff's work on stock and catalog.
func officeHours(from, to moment) calendar {
	return newCalendar(from, to, func(t time.Time) float64 {
		if working(t) {
			return 1
		}
		return 0
	})
}
