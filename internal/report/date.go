package report

import "time"

// date is a day of the calendar, at midnight UTC.
type date struct{ t time.Time }

// dateOf is the day of the zone to which a time belongs: the last one that has begun. A
// calendar shows the same, except where the clocks were set back over midnight: then it
// shows the previous day once more.
func dateOf(t time.Time, zone *time.Location) date {
	d := shown(t, zone)
	if next := d.plus(1); !next.start(zone).After(t) {
		return next
	}
	return d
}

// shown returns the date that a calendar in the zone shows at a time.
func shown(t time.Time, zone *time.Location) date {
	year, month, day := t.In(zone).Date()
	return date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// String returns the date as 2026-11-01.
func (d date) String() string { return d.t.Format(time.DateOnly) }

func (d date) plus(days int) date { return date{d.t.AddDate(0, 0, days)} }

// until returns the number of days until another date.
func (d date) until(other date) int { return int(other.t.Sub(d.t) / (24 * time.Hour)) }

// start is the time at which the date begins in the zone: the first midnight where the
// clocks are set back over it, and the end of the gap where they skip it.
func (d date) start(zone *time.Location) time.Time {
	at := time.Date(d.t.Year(), d.t.Month(), d.t.Day(), 0, 0, 0, 0, zone)
	began, ends := at.ZoneBounds() // the clock changes before and after it
	if shown(at, zone).t.Before(d.t) {
		return ends.UTC() // midnight is skipped, and this is before the gap
	}
	if !began.IsZero() {
		_, offset := began.Add(-1).Zone()
		earlier := d.t.Add(-time.Duration(offset) * time.Second)
		if earlier.Before(at) && earlier.Before(began) && shown(earlier, zone).t.Equal(d.t) {
			return earlier // by the clocks before they were set back
		}
	}
	return at.UTC()
}
