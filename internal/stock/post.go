package stock

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Post moves the stock of all lines, or of none. It records a movement for each line and
// returns the movements in the order of the lines. All lines have the same reason, which
// decides the permission that the viewer needs. Several lines may be about one product:
// they apply one after another, and each movement has the balance after it. The actor is
// that of the context.
//
// A sale needs products that are active and not deleted, a cancellation any products that
// exist, every other reason products that are not deleted. Errors: KindNotFound for a
// product that is missing or deleted, KindInactiveProduct for sales, KindInsufficientStock
// naming every product of which there is too little, KindInvalid for a malformed line and
// for stock above the limit (KindConflict if a cancellation would exceed it).
//
// A return may name the order line that came back. The timeline of the order then mentions
// it. Errors of such a line: KindInvalid naming order_item_id or quantity_change,
// KindConflict when the order has not been shipped, or when the line came back before.
//
// The damaged units of a return are taken out of stock by second movements, which follow
// those of the lines and are not returned. The error is KindInvalid naming
// damaged_quantity.
func Post(ctx context.Context, tx *ent.Client, lines []Line) ([]*ent.InventoryMovement, error) {
	p, err := post(ctx, tx, lines)
	if err != nil {
		return nil, err
	}
	return p.movements, nil
}

// posted is what a posting wrote.
type posted struct {
	movements []*ent.InventoryMovement // in the order of the lines
	damage    []*ent.InventoryMovement // in the order of the lines with damaged units
	back      map[int64]*ent.OrderItem // the order items of returns, by id
}

// post is Post, and returns all that it wrote.
func post(ctx context.Context, tx *ent.Client, lines []Line) (p posted, err error) {
	if len(lines) == 0 {
		return p, nil
	}
	reason, err := oneReason(lines)
	if err != nil {
		return p, err
	}
	if ctx, err = permit(ctx, lines...); err != nil {
		return p, err
	}
	wants, err := wanted(lines)
	if err != nil {
		return p, err
	}
	if g := gatheredIn(ctx); g != nil && reason == shop.Initial {
		if g.posting == nil {
			g.posting = ctx
		}
		g.lines = append(g.lines, lines...)
		return p, transactional(tx)
	}
	if reason == shop.Return {
		if p.back, err = comingBack(ctx, tx, lines); err != nil {
			return p, err
		}
	}
	if p.movements, err = enter(ctx, tx, reason, wants, lines); err != nil {
		return p, err
	}
	if p.damage, err = breakage(ctx, tx, lines); err != nil {
		return p, err
	}
	return p, tell(ctx, tx, p.movements, lines, p.back)
}

// enter moves the stock of all wants, which are those of the lines, and records the lines.
func enter(ctx context.Context, tx *ent.Client, reason shop.MovementReason, wants []want, lines []Line) (
	[]*ent.InventoryMovement, error,
) {
	held, err := take(ctx, tx, reason, wants)
	if err != nil {
		return nil, err
	}
	return record(ctx, tx, held, lines)
}

// take moves the stock of all wants, or returns why none was moved. It returns the products
// by id, as they were before.
func take(ctx context.Context, tx *ent.Client, reason shop.MovementReason, wants []want) (map[int64]row, error) {
	if err := transactional(tx); err != nil {
		return nil, err
	}
	products, moved, err := move(ctx, tx, scopeOf(reason), wants)
	if err != nil {
		return nil, err
	}
	if !moved {
		return nil, refusal(reason, wants, products)
	}
	return products, nil
}

// transactional refuses a client that would commit each statement by itself.
func transactional(tx *ent.Client) error {
	if tx.Transaction() == nil {
		return errors.New("stock: moving stock needs a transaction, see store.DB.Tx")
	}
	return nil
}

// maxRows limits the rows of one INSERT, because both databases limit its parameters
// (65,535 on PostgreSQL, 32,766 on SQLite).
const maxRows = 1000

// record inserts the movements of lines whose stock was moved, given the balances before.
func record(
	ctx context.Context, tx *ent.Client, before map[int64]row, lines []Line,
) ([]*ent.InventoryMovement, error) {
	now, actor := moment(before), string(shop.ActorFrom(ctx))
	balances := make(map[int64]int64, len(before))
	builders := make([]*ent.InventoryMovementCreate, len(lines))
	for i, l := range lines {
		balance, ok := balances[l.ProductID]
		if !ok {
			balance = before[l.ProductID].stock
		}
		balance += l.Change
		balances[l.ProductID] = balance
		b := tx.InventoryMovement.Create().
			SetCreatedAt(now).
			SetProductID(l.ProductID).
			SetQuantityChange(l.Change).
			SetBalanceAfter(balance).
			SetReason(l.Reason).
			SetActor(actor)
		if l.OrderItemID != 0 {
			b.SetOrderItemID(l.OrderItemID)
		}
		if l.Note != "" {
			b.SetNote(l.Note)
		}
		builders[i] = b
	}
	ctx = context.WithValue(ctx, ledgerKey{}, true)
	movements := make([]*ent.InventoryMovement, 0, len(lines))
	for chunk := range slices.Chunk(builders, maxRows) {
		created, err := tx.InventoryMovement.CreateBulk(chunk...).Save(ctx)
		if err != nil {
			return nil, fmt.Errorf("record inventory movements: %w", err)
		}
		movements = append(movements, created...)
	}
	// Sales and cancellations are recorded by the events of their orders, and the
	// initial stock by the creation of its product.
	if reason := lines[0].Reason; !ofOrder(reason) && reason != shop.Initial {
		return movements, NoteChanges(ctx, tx, slices.Collect(maps.Keys(before))...)
	}
	return movements, nil
}

type ledgerKey struct{}

// Writing reports whether this package is writing movements in this context.
// The hook on movements refuses every other writer.
func Writing(ctx context.Context) bool {
	writing, _ := ctx.Value(ledgerKey{}).(bool)
	return writing
}
