package reconcile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/storekeeper/storekeeper/internal/summary"
)

// sales compares the summaries with the orders: for all days, or for the days of the
// orders that have events after the given one. A shop without summaries has none that
// could be wrong.
func (r *run) sales(ctx context.Context, after int64) error {
	var days []time.Time
	err := r.books.read(ctx, func(p *page) (err error) {
		days, err = summary.Days(ctx, p.tx, p.dialect, after)
		return err
	})
	if err != nil {
		return fmt.Errorf("reconcile summaries: %w", err)
	}
	slices.SortFunc(days, time.Time.Compare)
	for i, day := range days {
		err := r.books.read(ctx, func(p *page) error {
			lastOfMonth := i == len(days)-1 || !sameMonth(day, days[i+1])
			wrong, err := summary.Compare(ctx, p.tx, p.dialect, day, lastOfMonth)
			if err != nil || wrong == (summary.Drift{}) {
				return err
			}
			r.report.SalesDrifts++
			if len(r.report.SalesList) < maxListed {
				r.report.SalesList = append(r.report.SalesList, SalesDrift{
					Day: day.Format(time.DateOnly), Slots: wrong.Slots, Products: wrong.Products, Categories: wrong.Categories,
				})
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("reconcile the summaries of %s: %w", day.Format(time.DateOnly), err)
		}
		r.Progress("summaries", int64(i+1), int64(len(days)))
	}
	err = r.books.read(ctx, func(p *page) (err error) {
		if r.report.ScarceDrifts, err = summary.CompareScarce(ctx, p.tx, p.dialect); err == nil && r.report.Since == nil {
			r.report.TallyDrifts, err = summary.CompareTallies(ctx, p.tx)
		}
		return err
	})
	r.report.OK = r.report.OK && r.report.SalesDrifts == 0 && r.report.ScarceDrifts == 0 && r.report.TallyDrifts == 0
	return err
}

func sameMonth(a, b time.Time) bool { return a.Year() == b.Year() && a.Month() == b.Month() }
