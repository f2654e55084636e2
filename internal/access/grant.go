package access

import (
	"context"
	"maps"
	"slices"
)

// given are the permissions that an operation has while it lasts, for what it does to
// records that the caller may not touch otherwise: whoever may check out creates an order,
// but may not create orders at will. The key is the permission of the operation, or of one
// of its inner steps, which no role can have.
//
// Every entry is needed: a test removes each of them and sees an operation fail.
var given = map[Permission][]Permission{
	// What is shown together with a record, or must be looked up to show it.
	OrdersRead:    {"order-items:read"},
	MovementsRead: {"order-items:read", "products:read"},
	CartsRead:     {CustomersRead, "products:read"},

	// What people do with carts, orders and stock.
	"products:create": {StockInitial},
	CartsUpdate:       {CustomersRead, "products:read"},
	CheckoutCreate:    {CartsUpdate, "orders:create", OrderItemsCreate, StockSale},
	OrdersTransition:  {OrdersRead, "order-events:create"},
	OrdersCancel:      {OrdersRead, "order-items:read", "order-events:create", StockCancellation},
	OrdersNote:        {OrdersRead},
	OrdersAddress:     {OrdersRead, OrdersNote},
	AuditRevert:       {AuditRead},
	DataExport:        {CustomersRead, CartsRead, OrdersRead, AuditRead},
	CustomersErase: {
		CustomersRead, "customers:update", CartsUpdate, OrdersRead, OrdersAddress, AuditRead,
		"order-events:update", "inventory-movements:update",
	},
	StockAdjust:  {"inventory-movements:create", StockReturn},
	StockReceive: {"inventory-movements:create", StockReturn},
	StockCount:   {"inventory-movements:create", MovementsRead},

	// The inner steps of these operations.
	"orders:create":   {"order-events:create"},
	OrderItemsCreate:  {OrdersRead},
	StockInitial:      {"inventory-movements:create"},
	StockSale:         {"inventory-movements:create"},
	StockCancellation: {"inventory-movements:create"},
	StockReturn:       {OrdersRead, "order-items:read", MovementsRead, "order-events:create"},
}

// grants are the permissions in given. In addition, whoever may change or delete the
// records of a resource may read them: the answer shows the record, or the state that
// prevented the change.
var grants = func() map[Permission][]Permission {
	all := maps.Clone(given)
	for _, name := range Entities() {
		e := entities[name]
		for _, p := range []Permission{e.Update, e.Delete} {
			if Known(p) && p != e.Read && !slices.Contains(all[p], e.Read) {
				all[p] = append(slices.Clone(all[p]), e.Read)
			}
		}
	}
	return all
}()

// Inner permissions of the ledger, for stock movements that no person makes.
const (
	StockInitial      Permission = "stock:initial"
	StockSale         Permission = "stock:sale"
	StockCancellation Permission = "stock:cancellation"
	// StockReturn is the order's side of returning one of its lines.
	StockReturn Permission = "stock:return"
)

// Grants returns the permissions that each operation gives beyond its own.
func Grants() map[Permission][]Permission { return maps.Clone(grants) }

// grant is an operation in progress and the operation that it runs in.
type grant struct {
	of    Permission
	outer *grant
}

func (g *grant) has(p Permission) bool {
	for ; g != nil; g = g.outer {
		if slices.Contains(grants[g.of], p) {
			return true
		}
	}
	return false
}

type grantKey struct{}

// granted reports whether an operation in progress gives the permission.
func granted(ctx context.Context, p Permission) bool {
	g, _ := ctx.Value(grantKey{}).(*grant)
	return g.has(p)
}

// Allow begins an operation: it checks its permission as Check does, and returns a
// context in which the viewer also has the permissions that the table in this file gives
// the operation. The operation ends where that context is no longer used.
func Allow(ctx context.Context, p Permission) (context.Context, error) {
	if err := Check(ctx, p); err != nil {
		return ctx, err
	}
	outer, _ := ctx.Value(grantKey{}).(*grant)
	if len(grants[p]) == 0 || From(ctx).Kind == KindSystem {
		return ctx, nil
	}
	return context.WithValue(ctx, grantKey{}, &grant{of: p, outer: outer}), nil
}

// AllowAny is Allow for the first of the permissions that the viewer holds.
func AllowAny(ctx context.Context, anyOf ...Permission) (context.Context, error) {
	p, err := held(ctx, anyOf)
	if err != nil {
		return ctx, err
	}
	return Allow(ctx, p)
}
