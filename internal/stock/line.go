package stock

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Line is one change of one product's stock.
type Line struct {
	ProductID int64
	// Change is added to the stock; it is never zero.
	Change int64
	Reason shop.MovementReason
	// OrderItemID is the order line that is sold or cancelled, or that came back in a
	// return, 0 for everything else.
	OrderItemID int64
	// Damaged is how many of the units that came back in a return cannot be sold again.
	Damaged int64
	// Note is what a person says about it, "" for nothing.
	Note string
}

func (l Line) check() error {
	switch {
	case !slices.Contains(shop.MovementReasons, l.Reason):
		return shop.Invalidf("reason", "%q is no reason for moving stock", l.Reason)
	case l.Change == 0:
		return shop.Invalidf("quantity_change", "expected a number other than 0")
	case l.Change > shop.MaxStock || l.Change < -shop.MaxStock:
		return shop.Invalidf("quantity_change", "expected a number from %d to %d", -shop.MaxStock, shop.MaxStock)
	case utf8.RuneCountInString(l.Note) > shop.MaxNote:
		return shop.Invalidf("note", "expected at most %d characters", shop.MaxNote)
	case ofOrder(l.Reason) && l.OrderItemID == 0:
		return shop.Invalidf("order_item_id", "expected the order line of the %s", l.Reason)
	case !ofOrder(l.Reason) && l.Reason != shop.Return && l.OrderItemID != 0:
		return shop.Invalidf("order_item_id", "expected none: only a %s names the order line that came back", shop.Return)
	case l.Damaged != 0 && l.Reason != shop.Return:
		return shop.Invalidf("damaged_quantity", "expected none: only what came back in a %s can be damaged", shop.Return)
	case l.Damaged != 0 && l.Change < 1:
		return shop.Invalidf("quantity_change", "expected at least 1: damaged_quantity counts units that came back")
	case l.Damaged != 0 && (l.Damaged < 0 || l.Damaged > l.Change):
		return shop.Invalidf("damaged_quantity", "expected a number from 0 to %d, at most as many as came back", l.Change)
	}
	return nil
}

// ofOrder reports whether movements of this reason always belong to an order line.
func ofOrder(r shop.MovementReason) bool { return r == shop.Sale || r == shop.Cancellation }

// want is what the lines of a posting require of one product: to change its stock by the
// sum of the lines, if the stock lies between least and most, so that no line takes it
// below zero or above the limit.
type want struct {
	productID   int64
	change      int64
	least, most int64
}

// tally adds changes up per product.
type tally struct {
	wants []want
	index map[int64]int
}

// add appends a change of a product, which applies after those before it.
func (t *tally) add(productID, change int64) error {
	if t.index == nil {
		t.index = make(map[int64]int)
	}
	i, ok := t.index[productID]
	if !ok {
		i = len(t.wants)
		t.index[productID] = i
		t.wants = append(t.wants, want{productID: productID, most: shop.MaxStock})
	}
	return t.wants[i].add(change)
}

// sorted returns one want per product, ordered by product id. Rows are locked in this
// order.
func (t *tally) sorted() []want {
	slices.SortFunc(t.wants, func(a, b want) int { return cmp.Compare(a.productID, b.productID) })
	return t.wants
}

// wanted checks the lines and adds them up.
func wanted(lines []Line) ([]want, error) {
	var t tally
	for _, l := range lines {
		if err := l.check(); err != nil {
			return nil, err
		}
		if err := t.add(l.ProductID, l.Change); err != nil {
			return nil, err
		}
	}
	return t.sorted(), nil
}

// add appends a change. It and the sum so far are at most MaxStock away from zero, so
// adding them cannot overflow.
func (w *want) add(change int64) error {
	sum := w.change + change
	if sum > shop.MaxStock || sum < -shop.MaxStock {
		return shop.Invalidf("quantity_change", "the changes of product %d add up past %d", w.productID, shop.MaxStock)
	}
	w.change = sum
	w.least = max(w.least, -sum)
	w.most = min(w.most, shop.MaxStock-sum)
	return nil
}

// oneReason returns the reason that all lines share.
func oneReason(lines []Line) (shop.MovementReason, error) {
	reason := lines[0].Reason
	for _, l := range lines {
		if l.Reason != reason {
			return "", fmt.Errorf("stock: a posting has one reason, not %s and %s", reason, l.Reason)
		}
	}
	return reason, nil
}
