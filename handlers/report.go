package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// OrdersByStatus counts the orders in every state.
type OrdersByStatus struct {
	Items []StatusCount `json:"items" doc:"in the order of an order's life"`
}

// StatusCount is how many orders are in a state.
type StatusCount struct {
	Status          shop.OrderStatus `json:"status"`
	Count           int64            `json:"count" doc:"exact; without summaries up to 25,000 on PostgreSQL and 100,000 on SQLite"`
	CountIsEstimate bool             `json:"count_is_estimate" doc:"whether there are more orders than that: count is then an estimate or a minimum"`
}

// StockLevels tells which products are running out.
type StockLevels struct {
	Out   int64           `json:"out" doc:"products on sale without stock"`
	Low   int64           `json:"low" doc:"products on sale with some stock left, but not more than low_stock_at"`
	Items []ScarceProduct `json:"items" doc:"the first of both, in ascending order of stock"`
}

// ScarceProduct is out of stock or low.
type ScarceProduct struct {
	ProductID  int64  `json:"product_id"`
	SKU        string `json:"sku"`
	Name       string `json:"name"`
	Stock      int64  `json:"stock"`
	LowStockAt *int64 `json:"low_stock_at" nullable:"true"`
}

// UnpackedOrders are the orders that have waited longest.
type UnpackedOrders struct {
	Items []UnpackedOrder `json:"items" doc:"the oldest first"`
}

// UnpackedOrder is an order that is pending or processing.
type UnpackedOrder struct {
	ID           int64            `json:"id"`
	Number       int64            `json:"number" doc:"1000 + id, shown as #1001"`
	Status       shop.OrderStatus `json:"status" enum:"pending,processing"`
	CustomerID   int64            `json:"customer_id"`
	CustomerName string           `json:"customer_name"`
	PlacedAt     time.Time        `json:"placed_at"`
	TotalAmount  shop.Money       `json:"total_amount"`
	Currency     shop.Currency    `json:"currency"`
	Units        int64            `json:"units" doc:"total quantity of its items"`
}

// CustomerSales is what a customer bought.
type CustomerSales struct {
	SalesFigures
	Currency        shop.Currency  `json:"currency"`
	FirstOrderAt    *time.Time     `json:"first_order_at" nullable:"true" doc:"of the orders that are counted; null if there are none"`
	LastOrderAt     *time.Time     `json:"last_order_at" nullable:"true"`
	OtherCurrencies []ForeignSales `json:"other_currencies" doc:"orders in other currencies, which no other figure includes"`
}

// StockSeries is a product's stock by day.
type StockSeries struct {
	Items []DayStock `json:"items" doc:"only days that have begun"`
}

// DayStock is a product's stock at the end of a day.
type DayStock struct {
	Day   string `json:"day" format:"date" doc:"in the requested time zone"`
	Stock int64  `json:"stock" doc:"at the end of the day; or at the end of the period, or now, if that is earlier"`
}

// FirstInput is the input of a report that lists the first few.
type FirstInput struct {
	Limit int `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"how many are listed"`
}

type levelsInput struct {
	FirstInput

	StockGTE int64 `query:"stock_gte" minimum:"0" doc:"list only products with at least this stock: 1 leaves out those that are out of stock"`
}

type seriesInput struct {
	IDInput
	PeriodInput

	IncludeDeleted bool `query:"include_deleted" doc:"also for a deleted product"`
}

func registerReports(api huma.API, s *Server) {
	registerSalesReports(api, s)
	registerWorkReports(api, s)
	registerReturnsReport(api, s)

	bought := needingBesides(reportOperation("report-customer", "/reports/customers/{id}", "Sum up what a customer bought",
		"Sums up all orders of the customer that are not cancelled."), access.CustomersRead)
	bought.Errors = []int{http.StatusNotFound}
	browse(api, s, bought, func(ctx context.Context, client *ent.Client, in *getInput) (*Answer[CustomerSales], error) {
		sum, err := report.OfCustomer(seeing(ctx, in.IncludeDeleted), client, in.ID, s.currency)
		if err != nil {
			return nil, err
		}
		return &Answer[CustomerSales]{Body: CustomerSales{
			SalesFigures: renderSales(&sum.Sales), Currency: s.currency,
			FirstOrderAt: sum.FirstOrder, LastOrderAt: sum.LastOrder, OtherCurrencies: renderForeign(sum.Foreign),
		}}, nil
	})

	series := stockOperation("get-stock-series", "/stock-series", "Get a product's stock at the end of each day", access.MovementsRead)
	series.Description = "For at most 1,096 days. Days that have not begun are left out."
	browse(api, s, series, func(ctx context.Context, client *ent.Client, in *seriesInput) (*Answer[StockSeries], error) {
		p, err := in.period()
		if err != nil {
			return nil, err
		}
		days, err := report.Series(seeing(ctx, in.IncludeDeleted), client, in.ID, p, shop.Now())
		if err != nil {
			return nil, err
		}
		return &Answer[StockSeries]{Body: StockSeries{Items: rendered(days, func(d report.DayStock) DayStock {
			return DayStock{Day: d.Date, Stock: d.Stock}
		})}}, nil
	})
}

// registerWorkReports registers the reports of the work that is to be done now.
func registerWorkReports(api huma.API, s *Server) {
	browse(api, s, reportOperation("report-orders-by-status", "/reports/orders-by-status", "Count the orders in every state", ""),
		func(ctx context.Context, client *ent.Client, _ *struct{}) (*Answer[OrdersByStatus], error) {
			counts, err := report.ByStatus(ctx, client)
			if err != nil {
				return nil, err
			}
			return &Answer[OrdersByStatus]{Body: OrdersByStatus{Items: rendered(counts, func(c report.StatusCount) StatusCount {
				return StatusCount{Status: c.Status, Count: c.Count, CountIsEstimate: c.Estimated}
			})}}, nil
		})

	levels := needingBesides(reportOperation("report-stock-levels", "/reports/stock-levels",
		"Count the products that are out of stock or low", ""), "products:read")
	browse(api, s, levels,
		func(ctx context.Context, client *ent.Client, in *levelsInput) (*Answer[StockLevels], error) {
			levels, err := report.Levels(ctx, client, in.StockGTE, in.Limit)
			if err != nil {
				return nil, err
			}
			items := rendered(levels.Items, func(p report.Scarce) ScarceProduct { return ScarceProduct(p) })
			return &Answer[StockLevels]{Body: StockLevels{Out: levels.Out, Low: levels.Low, Items: items}}, nil
		})

	unpacked := needingBesides(reportOperation("report-unpacked", "/reports/unpacked", "List the oldest orders that need to be packed", ""),
		access.OrdersRead, access.CustomersRead)
	browse(api, s, unpacked,
		func(ctx context.Context, client *ent.Client, in *FirstInput) (*Answer[UnpackedOrders], error) {
			orders, err := report.Unpacked(ctx, client, in.Limit)
			if err != nil {
				return nil, err
			}
			return &Answer[UnpackedOrders]{Body: UnpackedOrders{Items: rendered(orders, func(o report.ToPack) UnpackedOrder {
				return UnpackedOrder{
					ID: o.OrderID, Number: shop.OrderNumber(o.OrderID), Status: o.Status,
					CustomerID: o.CustomerID, CustomerName: o.CustomerName, PlacedAt: o.PlacedAt.UTC(),
					TotalAmount: o.Total, Currency: o.Currency, Units: o.Units,
				}
			})}}, nil
		})
}
