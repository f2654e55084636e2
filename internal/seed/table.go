package seed

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql/schema"

	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/phone"
)

// table says how rows of one kind are stored: the first columns are the id and the time of
// creation. Columns that it does not name get the database's own value, NULL or their
// default, or one that is made up.
type table[R any] struct {
	name    string
	columns []string
	values  func(row *R, into []any) []any // in the order of columns
}

// loader inserts rows in bulk.
type loader interface {
	// load inserts n rows. It calls row for each, which appends the i-th row's values to a
	// slice and returns the slice.
	load(ctx context.Context, table string, columns []string, n int, row func(i int, into []any) []any) error
}

// insert stores rows of one kind.
func insert[R any](ctx context.Context, l loader, t table[R], rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	added, err := besides(t.name, t.columns)
	if err != nil {
		return err
	}
	return insertWith(ctx, l, t, added, rows)
}

// insertWith stores rows that have more columns, and the folded texts of all.
func insertWith[R any](ctx context.Context, l loader, t table[R], added []*schema.Column, rows []R) error {
	columns := slices.Clone(t.columns)
	for _, c := range added {
		columns = append(columns, c.Name)
	}
	texts, in := folded(t.name, columns)
	columns = append(columns, in...)
	return l.load(ctx, t.name, columns, len(rows), func(i int, into []any) []any {
		first := len(into)
		into = t.values(&rows[i], into)
		for _, c := range added {
			id, _ := into[first].(int64)
			into = append(into, madeUp(c, id, into[first+1]))
		}
		for _, i := range texts {
			text, _ := into[first+i].(string)
			into = append(into, fold.Text(text))
		}
		return into
	})
}

var categoryTable = table[categoryRow]{
	"categories",
	[]string{"id", "created_at", "updated_at", "version", "name", "slug", "position", "parent_id"},
	func(r *categoryRow, v []any) []any {
		at := r.created.time()
		return append(v, r.id, at, at, int64(1), r.name, r.slug, r.position, optionalID(r.parent))
	},
}

var productTable = table[productRow]{
	"products",
	[]string{
		"id", "created_at", "updated_at", "version", "sku", "name", "description", "price", "stock",
		"low_stock_at", "is_active", "category_id",
	},
	func(r *productRow, v []any) []any {
		p := r.product
		edits, edited := p.edits()
		return append(v, r.id, p.created.time(), edited.time(), 1+edits, p.sku(), p.offer.title(p.n),
			p.offer.description(p.n), int64(p.price), r.stock, optionalID(p.lowStock), p.sellable(r.now), r.category)
	},
}

var customerTable = table[customerRow]{
	"customers",
	[]string{"id", "created_at", "updated_at", "version", "email", "name", "phone", "phone_digits", "address", "note"},
	func(r *customerRow, v []any) []any {
		at := r.created.time()
		return append(v, r.id, at, at, int64(1), r.email, r.name, optionalText(r.phone), optionalText(phone.Digits(r.phone)),
			optionalText(r.address), optionalText(r.note))
	},
}

var cartTable = table[cartRow]{
	"cart_items",
	[]string{"id", "created_at", "quantity", "customer_id", "product_id"},
	func(r *cartRow, v []any) []any {
		return append(v, r.id, r.created.time(), r.quantity, r.customer, r.product)
	},
}

var orderTable = table[orderRow]{
	"orders",
	[]string{
		"id", "created_at", "updated_at", "version", "status", "total_amount", "currency", "placed_at", "delivery_address", "customer_id",
	},
	func(r *orderRow, v []any) []any {
		at := r.placed.time()
		return append(v, r.id, at, r.updated.time(), r.version, string(r.status), int64(r.total),
			string(r.currency), at, optionalText(r.address), r.customer)
	},
}

var itemTable = table[itemRow]{
	"order_items",
	[]string{"id", "created_at", "sku", "product_name", "quantity", "price", "order_id", "product_id"},
	func(r *itemRow, v []any) []any {
		return append(v, r.id, r.created.time(), r.product.sku(), r.product.offer.title(r.product.n),
			r.quantity, int64(r.price), r.order, r.productID)
	},
}

var eventTable = table[eventRow]{
	"order_events",
	[]string{"id", "created_at", "kind", "from", "to", "note", "actor", "order_id"},
	func(r *eventRow, v []any) []any {
		return append(v, r.id, r.created.time(), string(r.kind), optionalText(r.from), optionalText(r.to),
			optionalText(r.note), string(r.actor), r.order)
	},
}

var movementTable = table[movementRow]{
	"inventory_movements",
	[]string{
		"id", "created_at", "quantity_change", "balance_after", "reason", "note", "actor", "product_id", "order_item_id",
	},
	func(r *movementRow, v []any) []any {
		return append(v, r.id, r.created.time(), r.change, r.balance, string(r.reason), optionalText(r.note),
			string(r.actor), r.product, optionalID(r.item))
	},
}

func optionalText[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

func optionalID(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}
