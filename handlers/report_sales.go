package handlers

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// SalesFigures are what was sold. Here and in all reports, a sum is null if it exceeds the
// largest amount.
type SalesFigures struct {
	Revenue      *shop.Money `json:"revenue" nullable:"true" doc:"total of the orders that are not cancelled; null if it exceeds the largest amount"`
	Orders       int64       `json:"orders" doc:"number of these orders"`
	AverageOrder *shop.Money `json:"average_order" nullable:"true" doc:"revenue / orders, rounded half to even; null if there are no orders or revenue is null"`
	Units        *int64      `json:"units" nullable:"true" doc:"total quantity of their items"`
}

func renderSales(s *report.Sales) SalesFigures {
	return SalesFigures{Revenue: report.Exact(s.Revenue), Orders: s.Orders, AverageOrder: s.Average(), Units: report.Exact(s.Units)}
}

// ForeignSales are orders in a currency that the shop had earlier. No other figure includes
// them.
type ForeignSales struct {
	Currency shop.Currency `json:"currency"`
	Orders   int64         `json:"orders"`
	Revenue  *shop.Money   `json:"revenue" nullable:"true"`
}

func renderForeign(sales []report.Foreign) []ForeignSales {
	return rendered(sales, func(f report.Foreign) ForeignSales {
		return ForeignSales{Currency: f.Currency, Orders: f.Orders, Revenue: report.Exact(f.Revenue)}
	})
}

// SalesSummary is what was sold in a period and in the one before.
type SalesSummary struct {
	From            time.Time      `json:"from"`
	To              time.Time      `json:"to" doc:"exclusive"`
	PreviousFrom    time.Time      `json:"previous_from" doc:"the same time of day, as many days earlier as needed to avoid an overlap"`
	PreviousTo      time.Time      `json:"previous_to" doc:"exclusive"`
	Currency        shop.Currency  `json:"currency"`
	Current         SalesFigures   `json:"current"`
	Previous        SalesFigures   `json:"previous"`
	OtherCurrencies []ForeignSales `json:"other_currencies" doc:"orders of the period in other currencies, which no other figure includes"`
}

// SalesByDay are the sales of each day of a period.
type SalesByDay struct {
	By       string        `json:"by" enum:"day"`
	Currency shop.Currency `json:"currency"`
	Items    []DaySales    `json:"items" doc:"every day of the period, including days without orders"`
	Previous []DaySales    `json:"previous" doc:"every day of the previous period"`
}

// DaySales is what was sold on a day.
type DaySales struct {
	Day     string      `json:"day" format:"date" doc:"in the requested time zone"`
	Revenue *shop.Money `json:"revenue" nullable:"true"`
	Orders  int64       `json:"orders"`
	Units   *int64      `json:"units" nullable:"true"`
}

// SalesByCategory are the categories that sold most.
type SalesByCategory struct {
	By       string          `json:"by" enum:"category"`
	Currency shop.Currency   `json:"currency"`
	Items    []CategorySales `json:"items" doc:"the largest first, by revenue or units"`
	Total    PartSales       `json:"total" doc:"of all categories, those beyond the limit too"`
}

// CategorySales is what was sold of a category's own products.
type CategorySales struct {
	PartSales

	CategoryID int64  `json:"category_id"`
	Name       string `json:"name"`
	Path       string `json:"path" doc:"names from the top of the tree" example:"Garden / Tools"`
}

// SalesByProduct are the products that sold most.
type SalesByProduct struct {
	By       string         `json:"by" enum:"product"`
	Currency shop.Currency  `json:"currency"`
	Items    []ProductSales `json:"items" doc:"the largest first, by revenue or units"`
	Total    PartSales      `json:"total" doc:"of all products, those beyond the limit too"`
}

// ProductSales is what was sold of a product.
type ProductSales struct {
	PartSales

	ProductID int64  `json:"product_id"`
	SKU       string `json:"sku"`
	Name      string `json:"name"`
}

// PartSales is what was sold of a part of the products.
type PartSales struct {
	Revenue *shop.Money `json:"revenue" nullable:"true"`
	Units   *int64      `json:"units" nullable:"true"`
}

func renderPart(revenue shop.Money, units int64) PartSales {
	return PartSales{Revenue: report.Exact(revenue), Units: report.Exact(units)}
}

// Sales is one of SalesByDay, SalesByCategory and SalesByProduct.
type Sales struct{ by any }

// MarshalJSON implements json.Marshaler.
func (s Sales) MarshalJSON() ([]byte, error) { return json.Marshal(s.by) } //nolint:wrapcheck // encoding/json says where

// Schema implements huma.SchemaProvider.
func (Sales) Schema(r huma.Registry) *huma.Schema {
	r.Map()["Sales"] = &huma.Schema{
		OneOf: []*huma.Schema{
			schemaOf[SalesByDay](r),
			schemaOf[SalesByCategory](r),
			schemaOf[SalesByProduct](r),
		},
		Discriminator: &huma.Discriminator{PropertyName: "by", Mapping: map[string]string{
			"day":      schemaOf[SalesByDay](r).Ref,
			"category": schemaOf[SalesByCategory](r).Ref,
			"product":  schemaOf[SalesByProduct](r).Ref,
		}},
	}
	return &huma.Schema{Ref: "#/components/schemas/Sales"}
}

// PeriodInput is the period of a report.
type PeriodInput struct {
	From Moment `query:"from" doc:"RFC 3339; default: 30 days before to" example:"2026-11-01T00:00:00+01:00"`
	To   Moment `query:"to" doc:"RFC 3339, exclusive, at most five years after from; default: the end of today" example:"2026-12-01T00:00:00+01:00"`
	TZ   string `query:"tz" maxLength:"64" default:"UTC" doc:"IANA time zone that defines the days" example:"Europe/Berlin"`
}

func (in *PeriodInput) period() (report.Period, error) {
	zone, err := report.Zone(in.TZ)
	if err != nil {
		return report.Period{}, err
	}
	to := in.To.or(report.UsualTo(shop.Now(), zone))
	return report.NewPeriod(in.From.or(report.UsualFrom(to, zone)), to, zone)
}

type salesInput struct {
	PeriodInput
	By    string `query:"by" enum:"day,category,product" default:"day"`
	Limit int    `query:"limit" minimum:"1" maximum:"10000" doc:"how many categories or products are listed, 10 when absent; days are listed all"`
	Sort  string `query:"sort" enum:"-revenue,-units" doc:"what the categories or products are sorted by, -revenue when absent; days by their date"`
}

// best says which categories or products are asked for.
func (in *salesInput) best() report.Best {
	best := report.Best{By: report.Revenue, Limit: cmp.Or(in.Limit, usualLimit)}
	if in.Sort == "-units" {
		best.By = report.Units
	}
	return best
}

// usualLimit is the default length of a listing.
const usualLimit = 10

// namedBy is the permission for the names by which sales are broken down.
var namedBy = map[string]access.Permission{"category": "categories:read", "product": "products:read"}

func reportOperation(id, path, summary, description string) huma.Operation {
	return needing(huma.Operation{
		OperationID: id, Path: prefix + path, Summary: summary, Description: description, Tags: []string{"Reports"},
	}, access.ReportsRead)
}

func registerSalesReports(api huma.API, s *Server) {
	browse(api, s, reportOperation("report-summary", "/reports/summary", "Sum up the sales of a period",
		"Revenue, orders, average order and units of a period and of the previous one. Cancelled orders do not count."),
		func(ctx context.Context, client *ent.Client, in *PeriodInput) (*Answer[SalesSummary], error) {
			p, err := in.period()
			if err != nil {
				return nil, err
			}
			sum, err := report.Summarise(ctx, client, p, s.currency)
			if err != nil {
				return nil, err
			}
			return &Answer[SalesSummary]{Body: SalesSummary{
				From: p.From, To: p.To, PreviousFrom: sum.PreviousPeriod.From, PreviousTo: sum.PreviousPeriod.To,
				Currency: s.currency, Current: renderSales(&sum.Current), Previous: renderSales(&sum.Previous),
				OtherCurrencies: renderForeign(sum.Foreign),
			}}, nil
		})

	browse(api, s, reportOperation("report-sales", "/reports/sales", "Break the sales of a period down",
		"By day, beside the days before, of at most 1,096 days; or by category or product, the largest revenue first, or most units. "+
			"Cancelled orders do not count. By category needs `categories:read`, too, and by product `products:read`."),
		func(ctx context.Context, client *ent.Client, in *salesInput) (*Answer[Sales], error) {
			needed, listed := namedBy[in.By]
			switch {
			case !listed && in.Limit > 0:
				return nil, shop.Invalidf("query.limit", "expected none by %s", in.By)
			case !listed && in.Sort != "":
				return nil, shop.Invalidf("query.sort", "expected none by %s", in.By)
			case listed:
				if err := access.Check(ctx, needed); err != nil {
					return nil, err
				}
			}
			p, err := in.period()
			if err != nil {
				return nil, err
			}
			by, err := s.sales(ctx, client, p, in.By, in.best())
			if err != nil {
				return nil, err
			}
			return &Answer[Sales]{Body: Sales{by}}, nil
		})
}

func (s *Server) sales(ctx context.Context, client *ent.Client, p report.Period, by string, best report.Best) (any, error) {
	switch by {
	case "category":
		found, err := report.ByCategory(ctx, client, p, s.currency, best)
		if err != nil {
			return nil, err
		}
		items := rendered(found.Items, func(c report.CategorySales) CategorySales {
			return CategorySales{CategoryID: c.ID, Name: c.Name, Path: c.Path, PartSales: renderPart(c.Revenue, c.Units)}
		})
		return SalesByCategory{By: by, Currency: s.currency, Items: items, Total: renderPart(found.Revenue, found.Units)}, nil
	case "product":
		found, err := report.ByProduct(ctx, client, p, s.currency, best)
		if err != nil {
			return nil, err
		}
		items := rendered(found.Items, func(p report.ProductSales) ProductSales {
			return ProductSales{ProductID: p.ID, SKU: p.SKU, Name: p.Name, PartSales: renderPart(p.Revenue, p.Units)}
		})
		return SalesByProduct{By: by, Currency: s.currency, Items: items, Total: renderPart(found.Revenue, found.Units)}, nil
	default:
		current, previous, err := report.ByDay(ctx, client, p, s.currency)
		if err != nil {
			return nil, err
		}
		return SalesByDay{By: "day", Currency: s.currency, Items: renderDays(current), Previous: renderDays(previous)}, nil
	}
}

func renderDays(days []report.DaySales) []DaySales {
	return rendered(days, func(d report.DaySales) DaySales {
		return DaySales{Day: d.Date, Revenue: report.Exact(d.Revenue), Orders: d.Orders, Units: report.Exact(d.Units)}
	})
}
