package stock

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// hold locks the products in the order of their ids, on PostgreSQL. A plain UPDATE … FROM
// locks them in the order of its plan, and two carts with the same products would deadlock.
// The lock is a statement of its own, in the same round trip as the next statement, so that
// the latter sees what was committed during the wait for the lock.
//
// One statement that locks and updates would use the rows as they were when it began. A
// transaction that puts the product into a cart may have locked such a row through its
// foreign key (FOR KEY SHARE). The UPDATE would then wait for the old row behind a
// transaction that waits for this one: a deadlock, which PostgreSQL takes a second to
// notice.
func hold(ctx context.Context, tx *ent.Client, ids []int64) error {
	text, args := postgresHold(ids)
	if _, err := tx.ExecContext(pipeline.Apart(pipeline.Later(ctx)), text, args...); err != nil {
		return fmt.Errorf("lock products: %w", err)
	}
	return nil
}

func postgresHold(ids []int64) (text string, args []any) {
	const lock = " ORDER BY id FOR NO KEY UPDATE"
	if len(ids) > maxValues {
		return "SELECT 1 FROM products WHERE id = ANY($1::bigint[])" + lock, []any{ids}
	}
	var b strings.Builder
	args = make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
		b.WriteString([...]string{"SELECT 1 FROM products WHERE id IN ($", ", $"}[min(i, 1)])
		b.WriteString(strconv.Itoa(i + 1))
	}
	b.WriteString(")" + lock)
	return b.String(), args
}

// postgresMove updates the locked products whose stock is within its bounds.
func postgresMove(s scope, wants []want) (text string, args []any) {
	guard := " AND p.stock BETWEEN want.least AND want.most"
	if s.living {
		guard += " AND p.deleted_at IS NULL"
	}
	if s.active {
		guard += " AND p.is_active"
	}
	return postgresUpdate(wants, guard)
}

// postgresUpdate moves the stock of the locked products that meet the guard, a condition
// that begins with AND, or of all of them when the guard is empty.
func postgresUpdate(wants []want, guard string) (text string, args []any) {
	list, args := postgresList(wants)
	return `UPDATE products AS p SET stock = p.stock + want.change FROM ` + list + ` WHERE p.id = want.id` + guard + `
RETURNING ` + postgresRow, args
}

// postgresRow is what is read of a product, with the time of the move.
const postgresRow = `p.id, p.sku, p.name, p.price, p.is_active, p.deleted_at IS NULL, p.stock, clock_timestamp()`

// postgresLock reads the products and locks them in order.
func postgresLock(wants []want) (text string, args []any) {
	list, args := postgresList(wants)
	return `SELECT ` + postgresRow + `
FROM products AS p JOIN ` + list + ` ON p.id = want.id
ORDER BY p.id FOR NO KEY UPDATE OF p`, args
}

// maxValues is the number of rows up to which wants are a VALUES list.
const maxValues = 64

// postgresList is wants as a table of parameters. The text of a VALUES list depends only on
// the number of rows, so a prepared statement soon gets a generic plan. With arrays the
// text would not depend on the number, but PostgreSQL overestimates their length and would
// plan each execution anew, which costs more than the update itself. Long lists use arrays
// nevertheless, because the number of parameters is limited.
func postgresList(wants []want) (table string, args []any) {
	if len(wants) > maxValues {
		return arrays(wants)
	}
	var b strings.Builder
	b.WriteString("(VALUES ")
	args = make([]any, 0, 4*len(wants))
	for i, w := range wants {
		if i > 0 {
			b.WriteString(", ")
		}
		for j, value := range [...]int64{w.productID, w.change, w.least, w.most} {
			args = append(args, value)
			b.WriteString([...]string{"($", ", $", ", $", ", $"}[j])
			b.WriteString(strconv.Itoa(len(args)))
			if i == 0 {
				b.WriteString("::bigint") // which the rows below take over
			}
		}
		b.WriteByte(')')
	}
	b.WriteString(") AS want (id, change, least, most)")
	return b.String(), args
}

func arrays(wants []want) (table string, args []any) {
	columns := [4][]int64{}
	for _, w := range wants {
		for j, value := range [...]int64{w.productID, w.change, w.least, w.most} {
			columns[j] = append(columns[j], value)
		}
	}
	return "unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS want (id, change, least, most)",
		[]any{columns[0], columns[1], columns[2], columns[3]}
}

// moveOnPostgres locks the products and updates those that can be moved. If these are not
// all, it undoes the update and checks all of them again. They may all be movable then: a
// product that was created meanwhile was not locked before.
func moveOnPostgres(ctx context.Context, tx *ent.Client, s scope, wants []want) (map[int64]row, bool, error) {
	ids := make([]int64, len(wants))
	for i, w := range wants {
		ids[i] = w.productID
	}
	if err := hold(ctx, tx, ids); err != nil {
		return nil, false, err
	}
	text, args := postgresMove(s, wants)
	products, err := query(ctx, tx, text, args...)
	if err != nil {
		return nil, false, err
	}
	if len(products) == len(wants) {
		return before(products, wants), true, nil
	}
	if err := undo(ctx, tx, wants, products); err != nil {
		return nil, false, err
	}
	return lockThenMove(ctx, tx, s, wants)
}

// undo takes back what was moved while the rest was refused.
func undo(ctx context.Context, tx *ent.Client, wants []want, moved map[int64]row) error {
	var back []want
	for _, w := range wants {
		if _, ok := moved[w.productID]; ok {
			back = append(back, want{productID: w.productID, change: -w.change})
		}
	}
	if len(back) == 0 {
		return nil
	}
	_, err := update(ctx, tx, back)
	return err
}
