package stock

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Demand is what is asked of one product.
type Demand struct {
	ProductID int64
	Quantity  int64
}

// Taken is a product whose stock was taken for a sale, as it was at that
// moment. It stays so until the transaction ends.
type Taken struct {
	ProductID int64
	SKU       string
	Name      string
	Price     shop.Money
	// Quantity is what was taken, all demands for the product together.
	Quantity int64
}

// Sell takes the stock of all demands, or of none, calls place to create the
// order items that they are sold as, and records one `sale` movement for each.
// Taken has one entry per product, in the order of their ids. The items created
// in place's context must add up to the demands, product by product; otherwise
// Sell fails.
//
// Errors are those of Post for the reason Sale, and place's own.
func Sell(
	ctx context.Context, tx *ent.Client, demands []Demand, place func(ctx context.Context, taken []Taken) error,
) error {
	wants, err := demanded(demands)
	if err != nil {
		return err
	}
	before, err := take(ctx, tx, shop.Sale, wants)
	if err != nil {
		return err
	}
	taken := make([]Taken, len(wants))
	for i, w := range wants {
		p := before[w.productID]
		taken[i] = Taken{ProductID: p.id, SKU: p.sku, Name: p.name, Price: p.price, Quantity: -w.change}
	}
	open := &OpenSale{}
	err = place(context.WithValue(ctx, saleKey{}, open), taken)
	open.closed = true
	if err != nil {
		return err
	}
	lines, err := open.lines(wants)
	if err != nil {
		return err
	}
	_, err = record(ctx, tx, before, lines)
	return err
}

// demanded checks the demands and adds them up.
func demanded(demands []Demand) ([]want, error) {
	var t tally
	for _, d := range demands {
		if d.Quantity < 1 || d.Quantity > shop.MaxStock {
			return nil, shop.Invalidf("quantity", "expected a positive number")
		}
		if err := t.add(d.ProductID, -d.Quantity); err != nil {
			return nil, err
		}
	}
	return t.sorted(), nil
}

// OpenSale collects the order items that a Sell under way is sold as.
type OpenSale struct {
	items  []*ent.OrderItem
	closed bool
}

type saleKey struct{}

// SaleFrom returns the sale under way in this context. The hook on order items
// adds each item to it, or sells the item by itself when there is none.
func SaleFrom(ctx context.Context) (*OpenSale, bool) {
	open, ok := ctx.Value(saleKey{}).(*OpenSale)
	return open, ok && !open.closed
}

// Add says that the item is one of those that the stock was taken for.
func (s *OpenSale) Add(item *ent.OrderItem) { s.items = append(s.items, item) }

// lines are the movements of the items, which must be what was wanted.
func (s *OpenSale) lines(wants []want) ([]Line, error) {
	slices.SortFunc(s.items, func(a, b *ent.OrderItem) int { return cmp.Compare(a.ID, b.ID) })
	sold := make(map[int64]int64, len(wants))
	lines := make([]Line, len(s.items))
	for i, item := range s.items {
		sold[item.ProductID] -= item.Quantity
		lines[i] = Line{ProductID: item.ProductID, Change: -item.Quantity, Reason: shop.Sale, OrderItemID: item.ID}
	}
	for _, w := range wants {
		if sold[w.productID] != w.change {
			return nil, fmt.Errorf("stock: %d of product %d were taken but %d sold", -w.change, w.productID, -sold[w.productID])
		}
		delete(sold, w.productID)
	}
	for id := range sold {
		return nil, fmt.Errorf("stock: product %d was sold but not taken", id)
	}
	return lines, nil
}
