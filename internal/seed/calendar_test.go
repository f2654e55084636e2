package seed_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/seed"
)

// Moments grow with the share and stay within the calendar, whatever its length.
func TestCalendars(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := time.UnixMicro(rapid.Int64Range(0, 2_000_000_000_000_000).Draw(t, "from")).UTC()
		to := from.Add(time.Duration(rapid.Int64Range(1, int64(60*24*time.Hour)/1000).Draw(t, "length")) * time.Microsecond)
		office := rapid.Bool().Draw(t, "office")
		calendar := seed.ShoppingCalendar(1, from, to)
		if office {
			calendar = seed.OfficeCalendar(from, to)
		}
		shares := rapid.SliceOfN(rapid.Float64Range(0, 0.999999), 2, 20).Draw(t, "shares")
		slices.Sort(shares)
		last := from
		for _, share := range shares {
			at := calendar.At(share)
			if at.Before(last) || !at.Before(to) {
				t.Fatalf("%v of %v to %v is %v, after %v", share, from, to, at, last)
			}
			last = at
		}
	})
}

func TestOfficeHours(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	calendar := seed.OfficeCalendar(from, from.AddDate(0, 1, 0))
	for n := range 1000 {
		if at := calendar.At(float64(n) / 1000); !seed.Working(at) {
			t.Errorf("nobody works at %v", at)
		}
	}
}

func TestAgendaIsInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		moments := rapid.SliceOf(rapid.Int64Range(0, 20)).Draw(t, "moments")
		at, added := seed.InOrder(moments)
		if len(at) != len(moments) {
			t.Fatalf("%d tasks became %d", len(moments), len(at))
		}
		for i := 1; i < len(at); i++ {
			if at[i] < at[i-1] || at[i] == at[i-1] && added[i] < added[i-1] {
				t.Fatalf("%v came back as %v %v", moments, at, added)
			}
		}
	})
}
