package stock

import (
	"fmt"
	"strings"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// refusal returns why a posting was not possible: first what is missing or cannot be sold,
// then all products of which there is too little, then what would exceed the limit.
func refusal(reason shop.MovementReason, wants []want, products map[int64]row) error {
	var inactive, short, full []shop.LineError
	var names []string
	for _, w := range wants {
		p, ok := products[w.productID]
		line := shop.LineError{ProductID: w.productID, SKU: p.sku, Requested: w.least, Available: p.stock}
		switch {
		case !ok, !p.living && reason != shop.Sale && reason != shop.Cancellation:
			return shop.NotFound("product", w.productID)
		case reason == shop.Sale && (!p.living || !p.active):
			inactive = append(inactive, line)
			names = append(names, fmt.Sprintf("%s (%s)", p.name, p.sku))
		case p.stock < w.least:
			short = append(short, line)
		case p.stock > w.most:
			full = append(full, line)
		}
	}
	switch {
	case len(inactive) > 0:
		return &shop.Error{
			Kind:    shop.KindInactiveProduct,
			Message: "not for sale: " + strings.Join(names, ", "),
			Items:   inactive,
		}
	case len(short) > 0:
		return &shop.Error{Kind: shop.KindInsufficientStock, Message: shortage(short), Items: short}
	case len(full) > 0 && reason == shop.Cancellation:
		return shop.Conflictf("the stock of %s would pass the limit, %d", full[0].SKU, shop.MaxStock)
	case len(full) > 0:
		return shop.Invalidf("quantity_change", "the stock of %s would pass the limit, %d", full[0].SKU, shop.MaxStock)
	default:
		// move answers no only when one of the products it returns is not allowed.
		return fmt.Errorf("stock: %d products were neither moved nor refused", len(wants))
	}
}

func shortage(short []shop.LineError) string {
	parts := make([]string, len(short))
	for i, l := range short {
		parts[i] = fmt.Sprintf("%s: %d asked for, %d in stock", l.SKU, l.Requested, l.Available)
	}
	return "not enough stock: " + strings.Join(parts, "; ")
}
