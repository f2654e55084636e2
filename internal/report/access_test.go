package report_test

import (
	"context"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Each report needs one permission, which is enough, and which no other
// replaces.
func TestReportsNeedTheirPermission(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		shoptest.Order(t, db, customer, product)
		p, err := report.NewPeriod(time.Time{}, time.Time{}, time.UTC, shop.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name   string
			needs  access.Permission
			report func(ctx context.Context) error
		}{
			{"summary", access.ReportsRead, func(ctx context.Context) error { _, err := report.Summarise(ctx, db.Reader, p, "EUR"); return err }},
			{"by day", access.ReportsRead, func(ctx context.Context) error { _, _, err := report.ByDay(ctx, db.Reader, p, "EUR"); return err }},
			{"by product", access.ReportsRead, func(ctx context.Context) error { _, err := report.ByProduct(ctx, db.Reader, p, "EUR", 1); return err }},
			{"by category", access.ReportsRead, func(ctx context.Context) error { _, err := report.ByCategory(ctx, db.Reader, p, "EUR", 1); return err }},
			{"by status", access.ReportsRead, func(ctx context.Context) error { _, err := report.ByStatus(ctx, db.Reader); return err }},
			{"levels", access.ReportsRead, func(ctx context.Context) error { _, err := report.Levels(ctx, db.Reader, 1); return err }},
			{"unpacked", access.ReportsRead, func(ctx context.Context) error { _, err := report.Unpacked(ctx, db.Reader, 1); return err }},
			{"customer", "customers:read", func(ctx context.Context) error {
				_, err := report.OfCustomer(ctx, db.Reader, customer, "EUR")
				return err
			}},
			{"series", "products:read", func(ctx context.Context) error {
				_, err := report.Series(ctx, db.Reader, product, p, shop.Now())
				return err
			}},
		} {
			if kind := shop.KindOf(c.report(t.Context())); kind != shop.KindUnauthenticated {
				t.Errorf("%s without a viewer: %s", c.name, kind)
			}
			for _, held := range access.All() {
				err := c.report(access.With(t.Context(), access.NewViewer(access.Viewer{Kind: access.KindStaff}, held)))
				if held == c.needs && err != nil || held != c.needs && shop.KindOf(err) != shop.KindForbidden {
					t.Errorf("%s with %s: %v", c.name, held, err)
				}
			}
		}
	})
}
