package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// inventoryMovements is the name of the resource of stock movements.
const inventoryMovements = "inventory-movements"

// StockMovementCreate moves stock by an amount.
type StockMovementCreate struct {
	QuantityChange int64               `json:"quantity_change" minimum:"-9007199254740991" maximum:"9007199254740991" doc:"units; negative removes stock"`
	Reason         shop.MovementReason `json:"reason" enum:"receipt,return,adjustment,damage,stocktake"`
	Note           Opt[string]         `json:"note,omitempty" nullable:"true" maxLength:"2000"`
	Damaged        Opt[int64]          `json:"damaged_quantity,omitempty" nullable:"true" minimum:"0" maximum:"9007199254740991" doc:"units of a return that cannot be sold again: they are taken out of stock by a second movement, for damage; null for none"`
	OrderItemID    Opt[int64]          `json:"order_item_id,omitempty" nullable:"true" minimum:"1" maximum:"9007199254740991" doc:"order line that was returned, only for a return; null for none"`
}

// StocktakeCreate is a count of the stock.
type StocktakeCreate struct {
	Counted  int64       `json:"counted" minimum:"0" maximum:"9007199254740991" doc:"units found"`
	Expected int64       `json:"expected" minimum:"0" maximum:"9007199254740991" doc:"stock that was shown while counting; a conflict if it has changed since"`
	Note     Opt[string] `json:"note,omitempty" nullable:"true" maxLength:"2000"`

	Committed Opt[int64] `json:"committed,omitempty" nullable:"true" minimum:"0" maximum:"9007199254740991" doc:"units among those counted that are sold but not yet sent, as was shown while counting; a conflict if it has changed since; null or 0 if none of them was counted"`
}

// StockMovement is a movement and what caused it.
type StockMovement struct {
	InventoryMovement
	OrderID     *int64 `json:"order_id" nullable:"true" doc:"order that sold the units, or from which they were returned"`
	OrderNumber *int64 `json:"order_number" nullable:"true" doc:"number of that order"`
}

func renderEntry(e *stock.Entry) StockMovement {
	return StockMovement{
		InventoryMovement: renderInventoryMovement(e.InventoryMovement),
		OrderID:           e.OrderID, OrderNumber: e.OrderNumber,
	}
}

// StockMoved is the movement that was made. A return with damaged units makes a second one.
type StockMoved struct {
	StockMovement
	DamageID *int64 `json:"damage_id" nullable:"true" doc:"movement that took the damaged units out of stock again; null if there were none"`
	Stock    int64  `json:"stock" doc:"stock now"`
}

// Stocktake is the movement that a count made. If the count was as expected there is none:
// its id is null and the change 0.
type Stocktake struct {
	ID             *int64              `json:"id" nullable:"true" doc:"of the movement; null if the count was as expected"`
	ProductID      int64               `json:"product_id"`
	QuantityChange int64               `json:"quantity_change"`
	BalanceAfter   int64               `json:"balance_after" doc:"stock now"`
	Reason         shop.MovementReason `json:"reason" enum:"stocktake"`
	Note           *string             `json:"note" nullable:"true" doc:"of the movement"`
	Actor          *string             `json:"actor" nullable:"true"`
	CreatedAt      *time.Time          `json:"created_at" nullable:"true"`
}

// StockLevel is a product's stock at a time.
type StockLevel struct {
	ProductID int64     `json:"product_id"`
	AsOf      time.Time `json:"as_of"`
	Stock     int64     `json:"stock" doc:"units that can be sold"`
	Committed *int64    `json:"committed" nullable:"true" doc:"units sold, but in orders that are pending or processing: no longer in stock, and still on the shelf; null with as_of"`
}

type asOfInput struct {
	IDInput
	AsOf Moment `query:"as_of" doc:"RFC 3339; default: now" example:"2026-11-01T00:00:00Z"`
}

func stockOperation(id, path, summary string, anyOf ...access.Permission) huma.Operation {
	return needing(huma.Operation{
		OperationID: id,
		Path:        prefix + "/products/{id}" + path,
		Summary:     summary,
		Tags:        []string{"Stock"},
		Errors:      []int{http.StatusNotFound},
	}, anyOf...)
}

func registerStock(api huma.API, s *Server) {
	adjust := stockOperation("create-stock-movement", "/stock-movements", "Move a product's stock",
		access.StockAdjust, access.StockReceive, access.StockCount)
	adjust.Description = "A receipt or a return that adds stock needs stock:receive or stock:adjust, a stocktake stock:count, " +
		"everything else stock:adjust. A role may limit how many units can be adjusted at once. " +
		"Once an order is shipped, a return may name the order line that was returned: the order's timeline records it, and the " +
		"line shows how many units were returned. This is possible once per line, however often it is sent: a second return " +
		"is refused as conflict. Book later returns without order_item_id. " +
		"Of the units of a return, damaged_quantity cannot be sold again. They are taken out of stock at once, by a second " +
		"movement for damage, which needs no more than the return does."
	adjust.Method, adjust.DefaultStatus = http.MethodPost, http.StatusCreated
	answersWith(&adjust, adjust.DefaultStatus, etagHeader, locationHeader)
	write(api, s, adjust, func(ctx context.Context, tx *ent.Client, in *recordInput[StockMovementCreate]) (*Answer[StockMoved], error) {
		moved, damage, err := stock.Adjust(ctx, tx, stock.Line{
			ProductID: in.ID, Change: in.Body.QuantityChange, Reason: in.Body.Reason,
			OrderItemID: in.Body.OrderItemID.Value, Damaged: in.Body.Damaged.Value, Note: in.Body.Note.Value,
		})
		if err != nil {
			return nil, err
		}
		body := StockMoved{StockMovement: renderEntry(moved), Stock: moved.BalanceAfter}
		if damage != nil {
			body.DamageID, body.Stock = &damage.ID, damage.BalanceAfter
		}
		return &Answer[StockMoved]{Location: pathTo(inventoryMovements, moved.ID), ETag: etag(1), Body: body}, nil
	})

	count := stockOperation("stocktake", "/stocktake", "Set a product's stock to what was counted", access.StockCount)
	count.Method, count.DefaultStatus = http.MethodPost, http.StatusCreated
	answersWith(&count, count.DefaultStatus, etagHeader, locationHeader)
	count.Responses = map[string]*huma.Response{"200": {
		Description: "The count was as expected: there is no movement.",
		Content: map[string]*huma.MediaType{"application/json": {
			Schema: schemaOf[Stocktake](api.OpenAPI().Components.Schemas),
		}},
	}}
	write(api, s, count, takeStock)

	get := stockOperation("get-stock", "/stock", "Get a product's stock, now or at a time", access.MovementsRead, access.StockCount)
	get.Description = "Also for a deleted product, like its movements."
	read(api, s, get,
		func(ctx context.Context, client *ent.Client, in *asOfInput) (*Answer[StockLevel], error) {
			level, err := levelOf(invariant.WithDeleted(ctx), client, in)
			if err != nil {
				return nil, err
			}
			return &Answer[StockLevel]{Body: *level}, nil
		})
	registerStockHistory(api, s)
}

// levelOf returns the stock at the given time, or now.
func levelOf(ctx context.Context, client *ent.Client, in *asOfInput) (level *StockLevel, err error) {
	at := in.AsOf.or(shop.Now()).UTC().Truncate(time.Microsecond)
	if err := shop.CheckTime("query.as_of", at); err != nil {
		return nil, err
	}
	level = &StockLevel{ProductID: in.ID, AsOf: at}
	if in.AsOf.given {
		level.Stock, err = stock.AsOf(ctx, client, in.ID, at)
	} else {
		var now stock.Level
		now, err = stock.LevelOf(ctx, client, in.ID)
		level.Stock, level.Committed = now.Stock, &now.Committed
	}
	return level, err
}

func takeStock(ctx context.Context, tx *ent.Client, in *recordInput[StocktakeCreate]) (*Answer[Stocktake], error) {
	moved, err := stock.Count(ctx, tx, in.ID, stock.Tally{
		Counted: in.Body.Counted, Expected: in.Body.Expected, Committed: in.Body.Committed.Value, Note: in.Body.Note.Value,
	})
	if err != nil {
		return nil, err
	}
	if moved == nil {
		return &Answer[Stocktake]{Status: http.StatusOK, Body: Stocktake{
			ProductID: in.ID, BalanceAfter: in.Body.Expected, Reason: shop.Stocktake,
		}}, nil
	}
	at := moved.CreatedAt.UTC()
	return &Answer[Stocktake]{Location: pathTo(inventoryMovements, moved.ID), ETag: etag(1), Body: Stocktake{
		ID: &moved.ID, ProductID: moved.ProductID, QuantityChange: moved.QuantityChange, BalanceAfter: moved.BalanceAfter,
		Reason: moved.Reason, Note: moved.Note, Actor: &moved.Actor, CreatedAt: &at,
	}}, nil
}

// registerStockHistory lists a product's movements, and what caused each of them.
func registerStockHistory(api huma.API, s *Server) {
	op := stockOperation("list-stock-movements", "/stock-movements", "List a product's stock movements, newest first", access.MovementsRead)
	plain := inventoryMovementResource()
	registerScopedList(api, s, op, "product_id", func(id int64) resource[stock.Entry, StockMovement, noBody, noBody] {
		return resource[stock.Entry, StockMovement, noBody, noBody]{
			def:    plain.def,
			value:  func(e *stock.Entry, field string) any { return plain.value(e.InventoryMovement, field) },
			render: renderEntry,
			list: func(ctx context.Context, client *ent.Client, q *listquery.Query) ([]*stock.Entry, error) {
				return stock.History(invariant.WithDeleted(ctx), client, id, func(movements *ent.InventoryMovementQuery) {
					movements.Where(predicate.InventoryMovement(q.Where)).Order(q.Order).Limit(q.Limit()).Offset(q.Offset())
				})
			},
		}
	})
}
