package report_test

import (
	"context"
	"slices"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Each report needs one permission, which is enough and cannot be replaced by another.
func TestReportsNeedTheirPermission(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		product := shoptest.Products(t, db, 1, 10)[0]
		customer := shoptest.Customers(t, db, 1)[0]
		shoptest.Order(t, db, customer, product)
		p, err := lately()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name   string
			needs  []access.Permission
			report func(ctx context.Context) error
		}{
			{"summary", []access.Permission{access.ReportsRead}, func(ctx context.Context) error { _, err := report.Summarise(ctx, db.Reader, p, "EUR"); return err }},
			{"by day", []access.Permission{access.ReportsRead}, func(ctx context.Context) error { _, _, err := report.ByDay(ctx, db.Reader, p, "EUR"); return err }},
			{"by product", []access.Permission{access.ReportsRead}, func(ctx context.Context) error {
				_, err := report.ByProduct(ctx, db.Reader, p, "EUR", report.Best{By: report.Units, Limit: 1})
				return err
			}},
			{"by category", []access.Permission{access.ReportsRead}, func(ctx context.Context) error {
				_, err := report.ByCategory(ctx, db.Reader, p, "EUR", report.Best{By: report.Units, Limit: 1})
				return err
			}},
			{"by status", []access.Permission{access.ReportsRead}, func(ctx context.Context) error { _, err := report.ByStatus(ctx, db.Reader); return err }},
			{"levels", []access.Permission{access.ReportsRead}, func(ctx context.Context) error { _, err := report.Levels(ctx, db.Reader, 0, 1); return err }},
			{"unpacked", []access.Permission{access.ReportsRead, "orders:read", "customers:read"}, func(ctx context.Context) error { _, err := report.Unpacked(ctx, db.Reader, 1); return err }},
			{"returned", []access.Permission{access.ReportsRead, "orders:read", "inventory-movements:read"}, func(ctx context.Context) error {
				_, err := report.Returned(ctx, db.Reader, p, "EUR", 1)
				return err
			}},
			{"customer", []access.Permission{access.ReportsRead, "customers:read"}, func(ctx context.Context) error {
				_, err := report.OfCustomer(ctx, db.Reader, customer, "EUR")
				return err
			}},
			{"series", []access.Permission{"inventory-movements:read"}, func(ctx context.Context) error {
				_, err := report.Series(ctx, db.Reader, product, p, shop.Now())
				return err
			}},
		} {
			if kind := shop.KindOf(c.report(t.Context())); kind != shop.KindUnauthenticated {
				t.Errorf("%s without a viewer: %s", c.name, kind)
			}
			with := func(held ...access.Permission) error {
				return c.report(access.With(t.Context(), access.NewViewer(access.Viewer{Kind: access.KindStaff}, held...)))
			}
			if err := with(c.needs...); err != nil {
				t.Errorf("%s with %v: %v", c.name, c.needs, err)
			}
			for _, lacks := range c.needs {
				held := slices.DeleteFunc(access.All(), func(p access.Permission) bool { return p == lacks })
				if err := with(held...); shop.KindOf(err) != shop.KindForbidden {
					t.Errorf("%s without %s: %v", c.name, lacks, err)
				}
			}
		}
	})
}
