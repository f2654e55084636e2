package handlers

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/report"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Returns are what came back in a period.
type Returns struct {
	Currency shop.Currency `json:"currency"`
	Items    []ReturnedRow `json:"items" doc:"the last first"`
	Total    ReturnedTotal `json:"total" doc:"of all returns of the period, those beyond the limit too"`
}

// ReturnedRow is what came back of an order line.
type ReturnedRow struct {
	MovementID  int64      `json:"movement_id"`
	ReturnedAt  time.Time  `json:"returned_at"`
	OrderID     int64      `json:"order_id"`
	OrderNumber int64      `json:"order_number"`
	ProductID   int64      `json:"product_id"`
	SKU         string     `json:"sku" doc:"as it was sold"`
	ProductName string     `json:"product_name" doc:"as it was sold"`
	Units       int64      `json:"units"`
	Damaged     int64      `json:"damaged" doc:"how many of the units were damaged"`
	Price       shop.Money `json:"price" doc:"at which a unit was sold"`
	Amount      shop.Money `json:"amount" doc:"what the units were sold for"`
	Note        *string    `json:"note" nullable:"true"`
}

// ReturnedTotal adds up returns.
type ReturnedTotal struct {
	Amount *shop.Money `json:"amount" nullable:"true"`
	Units  *int64      `json:"units" nullable:"true"`
}

type returnsInput struct {
	PeriodInput
	Limit int `query:"limit" minimum:"1" maximum:"10000" default:"10" doc:"how many are listed"`
}

func registerReturnsReport(api huma.API, s *Server) {
	op := needingBesides(reportOperation("report-returns", "/reports/returns", "List what came back in a period",
		"Returns that name an order line, in the period in which they came back, with what the units were sold for. "+
			"No other report deducts them."), access.OrdersRead, access.MovementsRead)
	browse(api, s, op, func(ctx context.Context, client *ent.Client, in *returnsInput) (*Answer[Returns], error) {
		p, err := in.period()
		if err != nil {
			return nil, err
		}
		found, err := report.Returned(ctx, client, p, s.currency, in.Limit)
		if err != nil {
			return nil, err
		}
		return &Answer[Returns]{Body: Returns{
			Currency: s.currency, Total: ReturnedTotal{Amount: report.Exact(found.Amount), Units: report.Exact(found.Units)},
			Items: rendered(found.Items, func(r report.Return) ReturnedRow {
				return ReturnedRow{
					MovementID: r.MovementID, ReturnedAt: r.At.UTC(), OrderID: r.OrderID, OrderNumber: shop.OrderNumber(r.OrderID),
					ProductID: r.ProductID, SKU: r.SKU, ProductName: r.ProductName,
					Units: r.Units, Damaged: r.Damaged, Price: r.Price, Amount: r.Amount(), Note: r.Note,
				}
			}),
		}}, nil
	})
}
