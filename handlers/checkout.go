package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Checkout is what the customer agreed to.
type Checkout struct {
	ExpectedTotal   Opt[shop.Money] `json:"expected_total,omitempty" nullable:"true" minimum:"0" maximum:"9007199254740991" doc:"total that the customer saw; refused as total_changed if it is no longer the total"`
	DeliveryAddress Opt[string]     `json:"delivery_address,omitempty" nullable:"true" minLength:"1" maxLength:"500" doc:"address for this order, if not the customer's"`
}

func registerCheckout(api huma.API, s *Server) {
	op := needing(huma.Operation{
		OperationID: "checkout",
		Method:      http.MethodPost,
		Path:        prefix + "/customers/{id}/checkout",
		Summary:     "Turn a customer's cart into an order",
		Description: "Creates the order with its items at current prices and takes the units from stock, all in one transaction. " +
			"Send an Idempotency-Key to retry safely.",
		Tags:          []string{"Carts"},
		DefaultStatus: http.StatusCreated,
		Errors:        []int{http.StatusNotFound},
	}, access.CheckoutCreate)
	answersWith(&op, op.DefaultStatus, etagHeader, locationHeader)
	write(api, s, op, func(ctx context.Context, tx *ent.Client, in *recordInput[*Checkout]) (*Answer[Order], error) {
		var agreed Checkout
		if in.Body != nil {
			agreed = *in.Body
		}
		placed, err := checkout.Place(ctx, tx, in.ID, agreed.ExpectedTotal.Pointer(), agreed.DeliveryAddress.Pointer(), s.currency)
		if err != nil {
			return nil, err
		}
		out := renderOrder(placed.Order)
		out.OrderComputed = computeOrder(placed.Order.ID, placed.Order.Status, rendered(placed.Items, func(i *ent.OrderItem) OrderLine {
			return OrderLine{OrderItem: renderOrderItem(i)}
		}))
		return &Answer[Order]{
			Location: pathTo("orders", placed.Order.ID),
			ETag:     etag(placed.Order.Version),
			Body:     out,
		}, nil
	})
}
