package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	entorder "github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// orderState replaces shop.OrderStatus in the document, where no enum tag narrows it.
type orderState string

// Schema implements huma.SchemaProvider.
func (orderState) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, state := range shop.OrderStatuses {
		s.Enum = append(s.Enum, string(state))
	}
	return s
}

// OrderComputed is what an order shows besides its own columns.
type OrderComputed struct {
	Number             int64              `json:"number" doc:"1000 + id, shown as #1001"`
	AllowedTransitions []shop.OrderStatus `json:"allowed_transitions" doc:"states to which the order can move next"`
	Items              []OrderLine        `json:"items" doc:"the lines of the order"`
}

// OrderLine is an item of an order, how much of it was returned, and how much of that was
// damaged.
type OrderLine struct {
	OrderItem
	ReturnedQuantity int64      `json:"returned_quantity" doc:"units that were returned with a reference to this line"`
	DamagedQuantity  int64      `json:"damaged_quantity" doc:"how many of the returned units were damaged"`
	ReturnedAt       *time.Time `json:"returned_at" nullable:"true" doc:"when the return was booked; null if there was none"`
}

func renderOrderLine(i *order.Item) OrderLine {
	return OrderLine{
		OrderItem: renderOrderItem(&i.OrderItem), ReturnedQuantity: i.ReturnedQuantity, DamagedQuantity: i.DamagedQuantity,
		ReturnedAt: utc(i.ReturnedAt),
	}
}

func computeOrder(id int64, status shop.OrderStatus, lines []OrderLine) OrderComputed {
	return OrderComputed{Number: shop.OrderNumber(id), AllowedTransitions: status.Next(), Items: lines}
}

// orderExtend fills the computed members of orders, with one query for all their items.
func orderExtend(ctx context.Context, client *ent.Client, rows []Order) error {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	items, err := order.Items(ctx, client, ids...)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].OrderComputed = computeOrder(rows[i].ID, rows[i].Status, rendered(items[rows[i].ID], renderOrderLine))
	}
	return nil
}

// Transition asks for another state of an order.
type Transition struct {
	To   shop.OrderStatus `json:"to"`
	Note Opt[string]      `json:"note,omitempty" nullable:"true" maxLength:"2000" doc:"kept in the timeline"`
}

// Note is a remark on an order.
type Note struct {
	Note string `json:"note" minLength:"1" maxLength:"2000"`
}

// DeliveryAddress says where an order is sent.
type DeliveryAddress struct {
	DeliveryAddress Opt[string] `json:"delivery_address" nullable:"true" minLength:"1" maxLength:"500" doc:"as written on a label, null for none"`
}

// OrderEvent is an entry of an order's timeline.
type OrderEvent struct {
	ID        int64             `json:"id"`
	OrderID   int64             `json:"order_id"`
	Kind      shop.EventKind    `json:"kind" enum:"placed,transition,note,return"`
	From      *shop.OrderStatus `json:"from" nullable:"true" doc:"state before a transition"`
	To        *shop.OrderStatus `json:"to" nullable:"true" doc:"state after it"`
	Note      *string           `json:"note" nullable:"true"`
	Actor     string            `json:"actor" doc:"who did it"`
	CreatedAt time.Time         `json:"created_at"`
}

func renderOrderEvent(e *ent.OrderEvent) OrderEvent {
	return OrderEvent{
		ID: e.ID, OrderID: e.OrderID, Kind: e.Kind, From: e.From, To: e.To,
		Note: e.Note, Actor: e.Actor, CreatedAt: e.CreatedAt.UTC(),
	}
}

func orderOperation(id, path, summary string, anyOf ...access.Permission) huma.Operation {
	return needing(huma.Operation{
		OperationID: id,
		Method:      http.MethodPost,
		Path:        prefix + "/orders/{id}" + path,
		Summary:     summary,
		Tags:        []string{"Orders"},
		Errors:      []int{http.StatusNotFound},
	}, anyOf...)
}

// changed changes an order under the request's If-Match, and answers with the order.
func changed(
	ctx context.Context, tx *ent.Client, orders *resource[ent.Order, Order, noBody, noBody], id int64,
	change func(among ...predicate.Order) (*ent.Order, error),
) (*Answer[Order], error) {
	row, err := orders.conditionally(ctx, tx, id, func(version *int64) (*ent.Order, error) {
		if version == nil {
			return change()
		}
		return change(entorder.Version(*version))
	})
	if err != nil {
		return nil, err
	}
	return orders.answer(ctx, tx, row)
}

func registerOrders(api huma.API, s *Server) {
	orders := orderResource()
	move := orderOperation("transition-order", "/transitions", "Move an order to its next state",
		access.OrdersTransition, access.OrdersCancel)
	move.Description = "Cancelling needs orders:cancel, every other transition orders:transition."
	move.Errors = append(move.Errors, http.StatusPreconditionFailed)
	documentIfMatch(&move)
	orders.documentAnswer(&move, http.StatusOK)
	write(api, s, move, func(ctx context.Context, tx *ent.Client, in *recordInput[Transition]) (*Answer[Order], error) {
		return changed(ctx, tx, &orders, in.ID, func(among ...predicate.Order) (*ent.Order, error) {
			return order.Transition(ctx, tx, in.ID, in.Body.To, in.Body.Note.Value, among...)
		})
	})

	address := orderOperation("address-order", "/delivery-address", "Change where an order is sent", access.OrdersAddress)
	address.Description = "Possible while the order is pending or processing; later it is refused as conflict. " +
		"Sending the current address changes nothing."
	address.Errors = append(address.Errors, http.StatusPreconditionFailed)
	documentIfMatch(&address)
	orders.documentAnswer(&address, http.StatusOK)
	write(api, s, address, func(ctx context.Context, tx *ent.Client, in *recordInput[DeliveryAddress]) (*Answer[Order], error) {
		return changed(ctx, tx, &orders, in.ID, func(among ...predicate.Order) (*ent.Order, error) {
			return order.Readdress(ctx, tx, in.ID, in.Body.DeliveryAddress.Pointer(), among...)
		})
	})

	note := orderOperation("note-order", "/notes", "Add a note to an order's timeline", access.OrdersNote)
	note.DefaultStatus = http.StatusCreated
	answersWith(&note, note.DefaultStatus, etagHeader)
	write(api, s, note, func(ctx context.Context, tx *ent.Client, in *recordInput[Note]) (*Answer[OrderEvent], error) {
		event, err := order.AddNote(ctx, tx, in.ID, in.Body.Note)
		if err != nil {
			return nil, err
		}
		return &Answer[OrderEvent]{ETag: etag(1), Body: renderOrderEvent(event)}, nil
	})
	registerOrderEvents(api, s)
}

// orderEvents defines the entries of timelines for lists.
var orderEvents = definition.Resource{
	Name: "order-events", Table: "order_events", Entity: "OrderEvent", DefaultSort: "id",
	Label: "Order event", LabelPlural: "Order events",
	Permissions: definition.Permissions{Read: "orders:read"},
	Fields: []definition.Field{
		{Name: "id", Column: "id", Type: definition.Integer, Sortable: true, Filterable: true},
		{Name: "order_id", Column: "order_id", Type: definition.Reference, Reference: "orders", Sortable: true, Filterable: true},
		{Name: "kind", Column: "kind", Type: definition.Enum, Enum: shop.EventKind("").Values(), Filterable: true},
		{Name: "created_at", Column: "created_at", Type: definition.DateTime, Sortable: true, Filterable: true},
	},
}

// registerOrderEvents lists the entries of one timeline, and those of all timelines for
// programs that need many.
func registerOrderEvents(api huma.API, s *Server) {
	type entries = resource[ent.OrderEvent, OrderEvent, noBody, noBody]
	all := entries{
		def:    &orderEvents,
		list:   listOrderEvents,
		render: renderOrderEvent,
		value: func(e *ent.OrderEvent, field string) any {
			switch field {
			case "order_id":
				return e.OrderID
			case "created_at":
				return e.CreatedAt
			}
			return e.ID
		},
	}
	registerList(api, s, all)
	needs := access.Permission(orderEvents.Permissions.Read)
	op := orderOperation("get-order-timeline", "/timeline", "List what happened to an order", needs)
	registerScopedList(api, s, op, "order_id", func(id int64) entries {
		one := all
		one.list = func(ctx context.Context, client *ent.Client, q *listquery.Query) ([]*ent.OrderEvent, error) {
			return order.Timeline(ctx, client, id, paged(q))
		}
		return one
	})
}

func listOrderEvents(ctx context.Context, client *ent.Client, q *listquery.Query) ([]*ent.OrderEvent, error) {
	events := client.OrderEvent.Query()
	paged(q)(events)
	return events.All(ctx)
}

// paged restricts events to a page of a list.
func paged(q *listquery.Query) func(*ent.OrderEventQuery) {
	return func(events *ent.OrderEventQuery) {
		events.Where(q.Where).Order(q.Order).Limit(q.Limit()).Offset(q.Offset())
	}
}
