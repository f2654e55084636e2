package report

import (
	"time"

	"github.com/storekeeper/storekeeper/internal/shop"
)

const (
	// maxYears is the maximum length of a period.
	maxYears = 5
	// maxDays is the maximum number of days of an answer by day: three years, one of them
	// a leap year.
	maxDays = 1096
	// usualDays is the length of a period without a given beginning.
	usualDays = 30
)

// The limits of a period, so that the year has four digits in it and in the previous one.
var (
	earliest = time.Date(1900, time.January, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(9999, time.January, 1, 0, 0, 0, 0, time.UTC)
)

// Period is the time From <= t < To, divided into the days of a time zone. From is before
// To, and both are UTC in microseconds, as the databases store times.
type Period struct {
	From, To time.Time
	Zone     *time.Location
}

// UsualTo is the default end of a period: the end of the day of now.
func UsualTo(now time.Time, zone *time.Location) time.Time {
	return dateOf(now, zone).plus(1).start(zone)
}

// UsualFrom is the default beginning of a period: 30 days before to.
func UsualFrom(to time.Time, zone *time.Location) time.Time {
	return Period{Zone: zone}.shift(to, -usualDays)
}

// NewPeriod returns the period between two times. It must begin before it ends, last at
// most five years, and lie in the years 1900 to 9998: otherwise the error is KindInvalid
// naming query.from or query.to.
func NewPeriod(from, to time.Time, zone *time.Location) (Period, error) {
	// The databases store whole microseconds, so these divide their rows as the given times do.
	p := Period{From: ceil(from, time.Microsecond).UTC(), To: ceil(to, time.Microsecond).UTC(), Zone: zone}
	switch {
	case !p.To.After(earliest):
		return Period{}, shop.Invalidf("query.to", "expected a time after %d", earliest.Year())
	case p.From.Before(earliest):
		return Period{}, shop.Invalidf("query.from", "expected a time from %d", earliest.Year())
	case p.To.After(latest):
		return Period{}, shop.Invalidf("query.to", "expected a time before %d", latest.Year())
	case !p.From.Before(p.To):
		return Period{}, shop.Invalidf("query.from", "expected a time before query.to")
	case p.To.After(p.From.In(zone).AddDate(maxYears, 0, 0)):
		return Period{}, shop.Invalidf("query.from", "expected at most %d years before query.to", maxYears)
	}
	return p, nil
}

// Previous returns the period to compare this one with: the same hours, earlier by as many
// whole days as are needed for the two not to overlap. For a day that is the day before,
// for seven days the seven days before, and for today until three o'clock yesterday until
// three o'clock.
func (p Period) Previous() Period {
	days := max(1, dateOf(p.From, p.Zone).until(dateOf(p.To, p.Zone)))
	if p.shift(p.From, days).Before(p.To) {
		days++
	}
	before := Period{From: p.shift(p.From, -days), To: p.shift(p.To, -days), Zone: p.Zone}
	if before.To.After(p.From) { // the clocks repeat an hour
		before.To = p.From
	}
	if !before.From.Before(before.To) { // the clocks skip an hour
		before.From = before.To.Add(p.From.Sub(p.To))
	}
	return before
}

// shift moves a time by days of the calendar, to the same time of day. The beginning of a
// day becomes the beginning of a day.
func (p Period) shift(t time.Time, days int) time.Time {
	d := dateOf(t, p.Zone)
	if t.Equal(d.start(p.Zone)) {
		return d.plus(days).start(p.Zone)
	}
	local := t.In(p.Zone)
	return time.Date(local.Year(), local.Month(), local.Day()+days,
		local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), p.Zone).UTC()
}

// Day is the part of a calendar day that belongs to a period.
type Day struct {
	Date     string // such as 2026-11-01
	From, To time.Time
}

// days are all days of the period; the first and the last may be partial. Each begins where
// the previous one ends. A day that the zone skipped is not one of them. There may be too
// many: see daily.
func (p Period) days() []Day {
	var out []Day
	for d, from := dateOf(p.From, p.Zone), p.From; from.Before(p.To); d = d.plus(1) {
		next := d.plus(1).start(p.Zone)
		if next.After(p.To) {
			next = p.To
		}
		if next.After(from) {
			out = append(out, Day{Date: d.String(), From: from, To: next})
		}
		from = next
	}
	return out
}

// daily are the days of a period that is short enough to be shown by day. Otherwise the
// error is KindInvalid naming query.from.
func (p Period) daily() ([]Day, error) {
	days := p.days()
	if len(days) > maxDays {
		return nil, shop.Invalidf("query.from", "expected at most %d days before query.to", maxDays)
	}
	return days, nil
}
