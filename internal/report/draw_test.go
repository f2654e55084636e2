package report_test

import (
	"time"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/report"
)

// turns are times at which the clock or the date changes in one of the zones.
var turns = []time.Time{
	time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC),    // Berlin, forward
	time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC),   // Berlin, back
	time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC),     // New York, forward
	time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC),    // New York, back
	time.Date(2026, 11, 1, 5, 0, 0, 0, time.UTC),    // Havana, back over midnight
	time.Date(2026, 3, 28, 22, 0, 0, 0, time.UTC),   // Beirut, forward over midnight
	time.Date(2026, 4, 23, 22, 0, 0, 0, time.UTC),   // Cairo, forward over midnight
	time.Date(2026, 4, 4, 15, 0, 0, 0, time.UTC),    // Lord Howe, back by half an hour
	time.Date(2026, 6, 15, 18, 15, 0, 0, time.UTC),  // Kathmandu, midnight
	time.Date(2026, 12, 31, 23, 59, 0, 0, time.UTC), // end of the year
}

// moment draws a time at, around or near one of the turns.
func moment(t *rapid.T, label string) time.Time {
	turn := rapid.SampledFrom(turns).Draw(t, label)
	return turn.Add(rapid.OneOf(
		rapid.SampledFrom([]time.Duration{
			0, 1, -1, time.Microsecond, -time.Microsecond, time.Hour, -time.Hour, 30 * time.Minute, 24 * time.Hour, -24 * time.Hour,
		}),
		rapid.Map(rapid.IntRange(-3*24*60, 3*24*60), func(minutes int) time.Duration { return time.Duration(minutes) * time.Minute }),
	).Draw(t, label+" moved"))
}

// period draws a period between two moments, or one of whole days, in one of the zones.
func period(t *rapid.T) report.Period {
	z := zone(t, rapid.SampledFrom(zones).Draw(t, "zone"))
	from, to := moment(t, "from"), moment(t, "to")
	if rapid.Bool().Draw(t, "whole days") {
		day := from.In(z)
		from = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, z)
		to = from.AddDate(0, 0, rapid.IntRange(1, 400).Draw(t, "days"))
	}
	if to.Before(from) {
		from, to = to, from
	}
	p, err := report.NewPeriod(from, to.Add(time.Microsecond), z)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
