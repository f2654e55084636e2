package seed

import (
	"math/rand/v2"
	"time"
)

// moment is a time in microseconds since 1970, the precision that both databases store.
type moment int64

const (
	minute = moment(time.Minute / time.Microsecond)
	hour   = 60 * minute
	day    = 24 * hour
	year   = 365 * day
)

func momentOf(t time.Time) moment { return moment(t.UnixMicro()) }

func (m moment) time() time.Time { return time.UnixMicro(int64(m)).UTC() }

// later returns the moment that many days later; days may be a fraction.
func (m moment) later(days float64) moment { return m + moment(days*float64(day)) }

// Working hours of the warehouse, in UTC: from eight to five, Monday to Friday.
const opens, closes = 8, 17

func working(t time.Time) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && t.Hour() >= opens && t.Hour() < closes
}

// atWork returns the moment itself during working hours. Otherwise it returns one in the
// first hours of the next working day.
func (m moment) atWork(r *rand.Rand) moment {
	t := m.time()
	if working(t) {
		return m
	}
	open := time.Date(t.Year(), t.Month(), t.Day(), opens, 0, 0, 0, time.UTC)
	for !open.After(t) || !working(open) {
		open = open.AddDate(0, 0, 1)
	}
	return momentOf(open) + moment(r.Int64N(int64(3*hour)))
}
