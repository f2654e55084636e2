package report_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// zones have everything that zones can have: offsets of quarters of an hour, clock changes
// by half an hour and by two hours, clock changes at midnight in both directions, and a
// missing day.
var zones = []string{
	"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham",
	"America/Havana", "Asia/Beirut", "Africa/Cairo", "America/Sao_Paulo", "Antarctica/Troll", "Africa/Casablanca", "Pacific/Apia",
}

func zone(t rapid.TB, name string) *time.Location {
	t.Helper()
	z, err := report.Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// In every zone, every day of many years begins where the date changes to it, and the days
// of a period follow each other without gaps.
func TestDaysBeginWhereTheDateChanges(t *testing.T) {
	t.Parallel()
	for _, name := range zones {
		z := zone(t, name)
		for year := 2008; year <= 2030; year += 2 {
			from := time.Date(year, 1, 1, 0, 0, 0, 0, z)
			p, err := report.NewPeriod(from, from.AddDate(2, 0, 0), z)
			if err != nil {
				t.Fatal(err)
			}
			days := report.Days(p)
			at, date := p.From, time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
			for _, day := range days {
				if !day.From.Equal(at) {
					t.Fatalf("%s %s begins at %s, the day before ended at %s", name, day.Date, day.From, at)
				}
				at = day.To
				if name == "Pacific/Apia" && date.Format(time.DateOnly) == "2011-12-30" {
					date = date.AddDate(0, 0, 1) // Samoa skipped it
				}
				if want := date.Format(time.DateOnly); day.Date != want {
					t.Fatalf("%s: %s comes where %s is expected", name, day.Date, want)
				}
				date = date.AddDate(0, 0, 1)
				first, last := day.From.In(z).Format(time.DateOnly), day.To.Add(-1).In(z).Format(time.DateOnly)
				before := day.From.Add(-1).In(z).Format(time.DateOnly)
				if first != day.Date || last != day.Date || before >= day.Date {
					t.Errorf("%s %s: %s to %s is from %s to %s, after %s", name, day.Date, day.From, day.To, first, last, before)
				}
			}
			if !at.Equal(p.To) || date.Year() != year+2 {
				t.Errorf("%s %d ends with %s at %s", name, year, date, at)
			}
		}
	}
}

// In St. John's the clocks went back at 00:01, so that the first minute of the day came
// before the last hour of the previous day. The day begins at its first midnight.
func TestDayThatBeginsTwice(t *testing.T) {
	t.Parallel()
	z := zone(t, "America/St_Johns")
	from := time.Date(2010, 11, 6, 12, 0, 0, 0, z)
	p, err := report.NewPeriod(from, from.AddDate(0, 0, 2), z)
	if err != nil {
		t.Fatal(err)
	}
	days := report.Days(p)
	if want := time.Date(2010, 11, 7, 2, 30, 0, 0, time.UTC); len(days) != 3 || !days[1].From.Equal(want) {
		t.Errorf("%v", days)
	}
	again := time.Date(2010, 11, 7, 3, 0, 0, 0, time.UTC) // clocks show 23:30 of the 6th for the second time
	p = report.Period{From: again, To: again.Add(time.Hour), Zone: z}
	days = report.Days(p)
	if len(days) != 1 || days[0].Date != "2010-11-07" || !days[0].From.Equal(p.From) || !days[0].To.Equal(p.To) {
		t.Errorf("%v", days)
	}
	if to := report.UsualTo(again, z); !to.Equal(time.Date(2010, 11, 8, 3, 30, 0, 0, time.UTC)) {
		t.Errorf("the day ends at %s", to)
	}
}

// The previous period is at the same time of day, and as few days earlier as possible
// without an overlap. Only hours that the clocks skip or repeat make a difference.
func TestPreviousPeriod(t *testing.T) {
	t.Parallel()
	at := func(z *time.Location, text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, z)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ zone, from, to, previousFrom, previousTo string }{
		{"UTC", "2026-11-02 00:00", "2026-11-03 00:00", "2026-11-01 00:00", "2026-11-02 00:00"},
		{"UTC", "2026-11-02 00:00", "2026-11-02 15:00", "2026-11-01 00:00", "2026-11-01 15:00"},
		{"UTC", "2026-11-02 10:00", "2026-11-02 12:00", "2026-11-01 10:00", "2026-11-01 12:00"},
		{"UTC", "2026-11-02 00:00", "2026-11-08 15:00", "2026-10-26 00:00", "2026-11-01 15:00"},
		{"UTC", "2026-11-02 10:00", "2026-11-03 11:00", "2026-10-31 10:00", "2026-11-01 11:00"},
		{"UTC", "2026-01-01 00:00", "2027-01-01 00:00", "2025-01-01 00:00", "2026-01-01 00:00"},
		{"Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00", "2026-03-28 00:00", "2026-03-29 00:00"},
		{"Europe/Berlin", "2026-10-26 00:00", "2026-11-02 00:00", "2026-10-19 00:00", "2026-10-26 00:00"},
		{"Europe/Berlin", "2026-03-30 02:30", "2026-03-30 02:45", "2026-03-29 03:30", "2026-03-29 03:45"},
		{"Asia/Beirut", "2026-03-29 01:00", "2026-03-30 00:00", "2026-03-28 00:00", "2026-03-29 00:00"},
		{"Asia/Kathmandu", "2026-11-02 00:00", "2026-11-09 00:00", "2026-10-26 00:00", "2026-11-02 00:00"},
	} {
		z := zone(t, c.zone)
		p, err := report.NewPeriod(at(z, c.from), at(z, c.to), z)
		if err != nil {
			t.Fatal(err)
		}
		got := p.Previous()
		if !got.From.Equal(at(z, c.previousFrom)) || !got.To.Equal(at(z, c.previousTo)) {
			t.Errorf("before %s to %s in %s: %s to %s", c.from, c.to, c.zone, got.From.In(z), got.To.In(z))
		}
	}
}

func TestPreviousPeriodIsAPeriodBefore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := period(t)
		before := p.Previous()
		if !before.From.Before(before.To) || before.To.After(p.From) {
			t.Fatalf("before %s to %s: %s to %s", p.From, p.To, before.From, before.To)
		}
		length, lengthBefore := p.To.Sub(p.From), before.To.Sub(before.From)
		if d := (length - lengthBefore).Abs(); d > 4*time.Hour { // Troll changes its clocks by two hours, at both ends
			t.Errorf("%s long, before %s", length, lengthBefore)
		}
		if gap := p.From.Sub(before.To); gap > 28*time.Hour {
			t.Errorf("%s between", gap)
		}
	})
}

func TestPeriodsAreBounded(t *testing.T) {
	t.Parallel()
	day := func(year, month, day int) time.Time {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	for _, c := range []struct {
		from, to time.Time
		refused  string
	}{
		{day(2026, 11, 1), day(2026, 11, 1), "query.from"},
		{day(2026, 11, 2), day(2026, 11, 1), "query.from"},
		{day(2021, 11, 1), day(2026, 11, 1), ""},
		{day(2021, 11, 1), day(2026, 11, 1).Add(time.Microsecond), "query.from"},
		{day(1900, 1, 1).Add(-1), day(1901, 1, 1), ""}, // there is no row in between
		{day(1900, 1, 1).Add(-time.Microsecond), day(1901, 1, 1), "query.from"},
		{day(9998, 1, 1), day(9999, 1, 1), ""},
		{day(9998, 1, 1), day(9999, 1, 2), "query.to"},
		{time.Time{}, day(2026, 11, 1), "query.from"},
		{day(2026, 11, 1), time.Time{}, "query.to"},
		{report.UsualFrom(day(1900, 1, 1), time.UTC), day(1900, 1, 1), "query.to"},
	} {
		p, err := report.NewPeriod(c.from, c.to, time.UTC)
		if c.refused == "" {
			if err != nil || !p.From.Before(p.To) {
				t.Errorf("%s to %s: %v, %v", c.from, c.to, p, err)
			}
			continue
		}
		invalid(t, err, c.refused)
	}
}

// The default period is the 30 days until the end of today.
func TestUsualPeriod(t *testing.T) {
	t.Parallel()
	z := zone(t, "Asia/Kathmandu")
	to := report.UsualTo(time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC), z)
	if want := time.Date(2026, 11, 26, 18, 15, 0, 0, time.UTC); !to.Equal(want) || !report.UsualFrom(to, z).Equal(want.AddDate(0, 0, -30)) {
		t.Errorf("%s to %s", report.UsualFrom(to, z), to)
	}
}

// lately returns a period around now.
func lately() (report.Period, error) {
	now := shop.Now()
	return report.NewPeriod(now.AddDate(0, 0, -30), now.AddDate(0, 0, 1), time.UTC)
}

func invalid(t *testing.T, err error, location string) {
	t.Helper()
	refused, ok := errors.AsType[*shop.Error](err)
	if !ok || refused.Kind != shop.KindInvalid ||
		!slices.ContainsFunc(refused.Fields, func(f shop.FieldError) bool { return f.Location == location }) {
		t.Errorf("expected a refusal of %s, got %v", location, err)
	}
}

func TestZones(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Local", "localtime", "posixrules", "Mars/Olympus", "right/UTC", "posix/UTC", "../UTC", "/etc/passwd", "+01:00", "europe", `a\b`, "zone.tab", "\x00"} {
		_, err := report.Zone(name)
		invalid(t, err, "query.tz")
	}
	if z, err := report.Zone(""); err != nil || z != time.UTC {
		t.Errorf("no zone: %v, %v", z, err)
	}
}
