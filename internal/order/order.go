// Package order handles orders after checkout: it changes their state, adds notes and
// shows their timeline.
package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Transition changes an order's state, as the table in package shop allows, with a note for
// its timeline ("" for none). Cancelling gives the stock back. Errors: KindNotFound, also
// for an order that does not meet the conditions of among (ent.IsNotFound is true for it);
// KindInvalid naming to or note; KindInvalidTransition when the table does not allow the
// change, also because somebody else changed the state at the same time.
func Transition(
	ctx context.Context, tx *ent.Client, id int64, to shop.OrderStatus, note string, among ...predicate.Order,
) (*ent.Order, error) {
	if !slices.Contains(shop.OrderStatuses, to) {
		return nil, shop.Invalidf("to", "expected one of %s", strings.Join(shop.OrderStatus("").Values(), ", "))
	}
	if err := checkNote(note); err != nil {
		return nil, err
	}
	o, err := tx.Order.UpdateOneID(id).Where(among...).SetStatus(to).Save(invariant.WithNote(ctx, note))
	if ent.IsNotFound(err) {
		return nil, missing(id, err)
	}
	if lost, ok := errors.AsType[*shop.Error](err); ok && lost.From.CanBecome(to) {
		lost.Cause = shop.ErrRepeat // with the state that somebody else has set
	}
	if err != nil {
		return nil, fmt.Errorf("change order: %w", err)
	}
	return o, nil
}

// Readdress changes where an order is sent; nil removes the address. An address that the
// order already has is not written again. Errors: KindNotFound, as for Transition also
// for an order that does not meet the conditions of among; KindInvalid naming
// delivery_address; KindConflict naming the state when the order was shipped or
// cancelled.
func Readdress(
	ctx context.Context, tx *ent.Client, id int64, address *string, among ...predicate.Order,
) (*ent.Order, error) {
	ctx, err := access.Allow(ctx, access.OrdersAddress)
	if err != nil {
		return nil, err
	}
	o, err := tx.Order.Query().Where(order.ID(id), invariant.Exclusive).Where(among...).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, missing(id, err)
	case err != nil:
		return nil, fmt.Errorf("read the order: %w", err)
	case !slices.Contains(shop.Unsent, o.Status):
		return nil, shop.AlreadySent(o.Status)
	case equal(o.DeliveryAddress, address):
		return o, nil
	}
	change := tx.Order.UpdateOne(o).SetNillableDeliveryAddress(address)
	if address == nil {
		change.ClearDeliveryAddress()
	}
	if o, err = change.Save(ctx); err != nil {
		return nil, fmt.Errorf("change where the order is sent: %w", err)
	}
	return o, nil
}

func equal(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// missing returns the error for an order that was not found. ent.IsNotFound is true for it.
func missing(id int64, cause error) error {
	err := shop.NotFound("order", id)
	err.Cause = cause
	return err
}

// AddNote adds a note to an order's timeline. Errors: KindNotFound, KindInvalid
// naming note.
func AddNote(ctx context.Context, tx *ent.Client, id int64, note string) (*ent.OrderEvent, error) {
	ctx, err := access.Allow(ctx, access.OrdersNote)
	if err != nil {
		return nil, err
	}
	if note == "" || invariant.NotBlank(note) != nil {
		return nil, shop.Invalidf("note", "expected some text")
	}
	if err := checkNote(note); err != nil {
		return nil, err
	}
	if err := hold(ctx, tx, id); err != nil {
		return nil, err
	}
	event, err := tx.OrderEvent.Create().
		SetOrderID(id).
		SetKind(shop.EventNote).
		SetNote(note).
		SetActor(string(shop.ActorFrom(ctx))).
		Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("add note: %w", err)
	}
	return event, nil
}

func checkNote(note string) error {
	if utf8.RuneCountInString(note) > shop.MaxNote {
		return shop.Invalidf("note", "expected at most %d characters", shop.MaxNote)
	}
	return nil
}

// hold locks an order against changes until the transaction ends. An erasure of its
// customer's data locks the order too. It either waits, and then finds what is added here,
// or it was first.
func hold(ctx context.Context, tx *ent.Client, id int64) error {
	found, err := tx.Order.Query().Where(order.ID(id), invariant.Shared).IDs(ctx)
	return shop.Found("order", id, len(found) > 0, err)
}

func exists(ctx context.Context, client *ent.Client, id int64) error {
	there, err := client.Order.Query().Where(order.ID(id)).Exist(ctx)
	return shop.Found("order", id, there, err)
}

// Timeline returns the events of an order. Narrow adds filters, order and limit to the
// query. The error is KindNotFound.
func Timeline(
	ctx context.Context, client *ent.Client, id int64, narrow func(*ent.OrderEventQuery),
) ([]*ent.OrderEvent, error) {
	query := client.OrderEvent.Query().Where(orderevent.OrderID(id))
	narrow(query)
	events, err := query.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	if len(events) == 0 {
		return events, exists(ctx, client, id)
	}
	return events, nil
}

// Item is an item of an order, with how much of it was returned and when, and how much of
// that was damaged.
type Item struct {
	ent.OrderItem

	ReturnedQuantity int64      `sql:"returned_quantity"`
	DamagedQuantity  int64      `sql:"damaged_quantity"`
	ReturnedAt       *time.Time `sql:"returned_at"`
}

// MaxLines is how many items Items returns at once, about 4 MB of JSON.
const MaxLines = 20_000

// TooManyError says that orders have more than MaxLines items.
type TooManyError struct {
	Fit int // the number of orders, of those at the front, whose items can be read at once
}

// Error implements error.
func (e *TooManyError) Error() string {
	return fmt.Sprintf("the orders have more than %d items; those of the first %d can be read at once", MaxLines, e.Fit)
}

// Items returns the items of the orders by order id, with one query. Orders that have no
// items or do not exist are missing from the map. The error is a *TooManyError when several
// orders have too many; of a single one all are returned.
func Items(ctx context.Context, client *ent.Client, orderIDs ...int64) (map[int64][]*Item, error) {
	items := make(map[int64][]*Item, len(orderIDs))
	if len(orderIDs) == 0 {
		return items, nil
	}
	ctx, err := access.Allow(ctx, access.OrdersRead)
	if err != nil {
		return nil, err
	}
	var all []*Item
	query := client.OrderItem.Query().Where(orderitem.OrderIDIn(orderIDs...)).Order(orderitem.ByID())
	if len(orderIDs) > 1 {
		query.Limit(MaxLines + 1)
	}
	err = query.Modify(withReturns).Scan(ctx, &all) //nolint:forbidigo // changes no row
	if err != nil {
		return nil, fmt.Errorf("read order items: %w", err)
	}
	if len(all) > MaxLines && len(orderIDs) > 1 {
		return nil, tooMany(ctx, client, orderIDs)
	}
	for _, item := range all {
		items[item.OrderID] = append(items[item.OrderID], item)
	}
	return items, nil
}

// tooMany returns the TooManyError for these orders.
func tooMany(ctx context.Context, client *ent.Client, orderIDs []int64) error {
	var counts []struct {
		OrderID int64 `json:"order_id"`
		Count   int   `json:"count"`
	}
	err := client.OrderItem.Query().Where(orderitem.OrderIDIn(orderIDs...)).
		GroupBy(orderitem.FieldOrderID).Aggregate(ent.Count()).Scan(ctx, &counts)
	if err != nil {
		return fmt.Errorf("count order items: %w", err)
	}
	lines := make(map[int64]int, len(counts))
	for _, c := range counts {
		lines[c.OrderID] = c.Count
	}
	fit, sum := 1, lines[orderIDs[0]]
	for ; fit < len(orderIDs) && sum+lines[orderIDs[fit]] <= MaxLines; fit++ {
		sum += lines[orderIDs[fit]]
	}
	return &TooManyError{Fit: fit}
}

// withReturns joins the return of each item and the damage of that return. An item has at
// most one of each.
func withReturns(s *sql.Selector) {
	back, damage := sql.Table(inventorymovement.Table).As("back"), sql.Table(inventorymovement.Table).As("damage")
	item := s.C(orderitem.FieldID)
	of := func(m *sql.SelectTable, reason shop.MovementReason) *sql.Predicate {
		return sql.And(
			sql.ColumnsEQ(m.C(inventorymovement.FieldOrderItemID), item),
			sql.EQ(m.C(inventorymovement.FieldReason), reason),
		)
	}
	s.LeftJoin(back).OnP(of(back, shop.Return)).LeftJoin(damage).OnP(of(damage, shop.Damage))
	s.AppendSelectAs(back.C(inventorymovement.FieldQuantityChange), "returned_quantity")
	s.AppendSelectExprAs(sql.Raw("-"+damage.C(inventorymovement.FieldQuantityChange)), "damaged_quantity")
	s.AppendSelectAs(back.C(inventorymovement.FieldCreatedAt), "returned_at")
}
