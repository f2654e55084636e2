//go:build linux

package torture_test

import (
	"slices"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// before is the shop before the clients begin.
var before = []string{
	`INSERT INTO categories (id, created_at, updated_at, name, slug) VALUES
		(1, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', 'C', 'c'), (2, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', 'D', 'd')`,
	entry(0, "earlier", "update", "customers", "2"),
	`INSERT INTO products (id, created_at, updated_at, sku, name, price, stock, category_id) VALUES
		(1, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', 'A', 'A', 100, 10, 1),
		(2, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', 'B', 'B', 50, 10, 1)`,
	`INSERT INTO customers (id, created_at, updated_at, email, name) VALUES
		(1, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', 'a@b.test', 'A'),
		(2, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', 'b@b.test', 'B')`,
	movement(1, 1, 10, 10, "initial", "NULL", "NULL"),
	movement(2, 2, 10, 10, "initial", "NULL", "NULL"),
}

// day is what the clients do: order 1 is bought, noted and packed, order 2
// bought and cancelled; a unit breaks, a product is edited, a cart filled.
var day = []string{
	`INSERT INTO orders (id, created_at, updated_at, placed_at, version, status, total_amount, currency, customer_id) VALUES
		(1, '2026-01-02 00:00:00+00:00', '2026-01-02 00:00:00+00:00', '2026-01-02 00:00:00+00:00', 2, 'processing', 400, 'EUR', 1),
		(2, '2026-01-02 00:00:00+00:00', '2026-01-02 00:00:00+00:00', '2026-01-02 00:00:00+00:00', 2, 'cancelled', 200, 'EUR', 1)`,
	`INSERT INTO order_items (id, created_at, sku, product_name, quantity, price, order_id, product_id) VALUES
		(1, '2026-01-02 00:00:00+00:00', 'A', 'A', 3, 100, 1, 1), (2, '2026-01-02 00:00:00+00:00', 'B', 'B', 2, 50, 1, 2),
		(3, '2026-01-02 00:00:00+00:00', 'A', 'A', 2, 100, 2, 1)`,
	movement(3, 1, -3, 7, "sale", "NULL", "1"), movement(4, 2, -2, 8, "sale", "NULL", "2"),
	movement(5, 1, -2, 5, "sale", "NULL", "3"), movement(6, 1, 2, 7, "cancellation", "NULL", "3"),
	movement(7, 1, -1, 6, "damage", "'broken'", "NULL"),
	`UPDATE products SET stock = 6 WHERE id = 1`, `UPDATE products SET stock = 8, version = 2 WHERE id = 2`,
	event(1, 1, "placed", "NULL", "'pending'", "NULL"), event(2, 1, "note", "NULL", "NULL", "'noted'"),
	event(3, 1, "transition", "'pending'", "'processing'", "'packed'"),
	event(4, 2, "placed", "NULL", "'pending'", "NULL"), event(5, 2, "transition", "'pending'", "'cancelled'", "'unwanted'"),
	entry(1, "t-2", "checkout", "orders", "1"), entry(2, "t-3", "note", "orders", "1"), entry(3, "t-4", "transition", "orders", "1"),
	entry(4, "t-5", "checkout", "orders", "2"), entry(5, "t-6", "cancel", "orders", "2"), entry(6, "t-7", "stock-adjust", "products", "1"),
	entry(7, "t-8", "update", "products", "2"), entry(8, "t-9", "create", "cart-items", "1"),
	key("buy-1", 201, 1), key("note-1", 201, 2), key("pack-1", 200, 1), key("buy-2", 201, 2), key("cancel-2", 200, 2),
	key("break-1", 201, 7), key("add-1", 200, 0),
	`INSERT INTO cart_items (id, created_at, quantity, customer_id, product_id) VALUES (1, '2026-01-02 00:00:00+00:00', 2, 2, 1)`,
}

// told returns the journal that the clients wrote on that day.
func told() *journal {
	buy := func(key, id string, order orderClaim) *operation {
		return &operation{
			kind: checkoutKind, key: key, outcome: acknowledged, attempts: []attempt{{id: id, outcome: acknowledged, status: 201}},
			claims: []claim{order, keyClaim{key, 201, order.ID}, versionClaim{record{"orders", order.ID}, 1}},
			trail:  []trace{{"checkout", "orders", order.ID}},
		}
	}
	other := func(kind, key, id, mark string, status int, tr trace, claims ...claim) *operation {
		return &operation{
			kind: kind, key: key, mark: mark, outcome: acknowledged, attempts: []attempt{{id: id, outcome: acknowledged, status: status}},
			claims: claims, trail: []trace{tr},
		}
	}
	first := buy("buy-1", "t-1", orderClaim{1, 1, 400, []itemSold{{1, 1, 3, 100}, {2, 2, 2, 50}}})
	first.attempts = []attempt{{id: "t-1", outcome: unknown}, {id: "t-2", outcome: unknown}, {id: "t-2b", outcome: acknowledged, status: 201, replayed: true}}
	return &journal{
		operations: []*operation{
			first, buy("buy-2", "t-5", orderClaim{2, 1, 200, []itemSold{{3, 1, 2, 100}}}),
			other("note", "note-1", "t-3", "noted", 201, trace{"note", "orders", 1}, eventClaim{1, "note", "", "noted"}, keyClaim{"note-1", 201, 2}),
			other("transition", "pack-1", "t-4", "packed", 200, trace{"transition", "orders", 1},
				eventClaim{1, "transition", "processing", "packed"}, keyClaim{"pack-1", 200, 1}, versionClaim{record{"orders", 1}, 2}),
			other("cancel", "cancel-2", "t-6", "unwanted", 200, trace{"cancel", "orders", 2}, eventClaim{2, "transition", "cancelled", "unwanted"}),
			other("adjust", "break-1", "t-7", "broken", 201, trace{"stock-adjust", "products", 1},
				movementClaim{7, 1, -1, 6, "damage", "broken"}, keyClaim{"break-1", 201, 7}),
			other("product edit", "", "t-8", "", 200, trace{"update", "products", 2}, versionClaim{record{"products", 2}, 2},
				fieldsClaim{versionClaim{record{"products", 2}, 2}, map[string]any{"price": int64(50)}}),
			other("cart add", "add-1", "t-9", "", 200, trace{"create", "cart-items", 1}, keyClaim{"add-1", 200, 0}),
			{kind: "adjust", key: "break-2", mark: "too much", outcome: refused, attempts: []attempt{{id: "t-10", outcome: refused, status: 409}}},
			{kind: "product edit", outcome: unknown, attempts: []attempt{{id: "t-11", outcome: unknown}}},
		},
		carts: map[int64]map[int64]int64{2: {1: 2}},
	}
}

// sent is the shipping of order 1.
var sent = []string{event(30, 1, "transition", "'processing'", "'shipped'", "NULL"), `UPDATE orders SET status = 'shipped' WHERE id = 1`}

// cameBack is the return of units of item 1, and its event on the order's timeline.
func cameBack(id, units int) []string {
	return []string{
		movement(id, 1, units, 6+units, "return", "NULL", "1"), event(id, 1, "return", "NULL", "NULL", "'A'"),
	}
}

// plants are violations that are planted in the database of that day, and the rule that
// must find each.
var plants = []struct {
	name, rule string
	statements []string
}{
	{"an order is gone", ruleLost, []string{
		`DELETE FROM inventory_movements WHERE order_item_id = 3`, `DELETE FROM order_items WHERE order_id = 2`,
		`DELETE FROM order_events WHERE order_id = 2`, `DELETE FROM orders WHERE id = 2`,
	}},
	{"an order has another total", ruleLost, []string{`UPDATE orders SET total_amount = 399 WHERE id = 1`}},
	{"an order has another customer", ruleLost, []string{`UPDATE orders SET customer_id = 2 WHERE id = 1`}},
	{"an item has another quantity and price", ruleLost, []string{`UPDATE order_items SET quantity = 6, price = 50 WHERE id = 1`}},
	{"a movement is gone", ruleLost, []string{`DELETE FROM inventory_movements WHERE id = 7`}},
	{"a movement has another balance", ruleLost, []string{`UPDATE inventory_movements SET balance_after = 5 WHERE id = 7`}},
	{"a note is gone", ruleLost, []string{`DELETE FROM order_events WHERE id = 2`}},
	{"a transition is gone", ruleLost, []string{`DELETE FROM order_events WHERE id = 3`, `UPDATE orders SET status = 'pending' WHERE id = 1`}},
	{"an edit is gone", ruleLost, []string{`UPDATE products SET version = 1 WHERE id = 2`}},
	{"an edit has another value", ruleLost, []string{`UPDATE products SET price = 51 WHERE id = 2`}},
	{"a record that nobody touched is gone", ruleLost, []string{`DELETE FROM categories WHERE id = 2`}},
	{"an entry of the day before is gone", ruleLost, []string{`DELETE FROM audit_entries WHERE id = 0`}},
	{"an unanswered edit was made twice", ruleTwice, []string{
		entry(20, "t-11", "update", "products", "2"), entry(21, "t-11", "update", "products", "2"), `UPDATE products SET version = 4 WHERE id = 2`,
	}},
	{"a remembered answer is gone", ruleLost, []string{`DELETE FROM idempotency_keys WHERE key = 'buy-1'`}},
	{"a key remembers another order", ruleLost, []string{`UPDATE idempotency_keys SET body = '{"body":{"id":2}}' WHERE key = 'buy-1'`}},
	{"a key was carried out twice", ruleTwice, []string{entry(20, "t-1", "checkout", "orders", "1")}},
	{"a movement is there twice", ruleTwice, []string{movement(20, 1, -1, 5, "damage", "'broken'", "NULL"), `UPDATE products SET stock = 5 WHERE id = 1`}},
	{"a note is there twice", ruleTwice, []string{event(20, 1, "note", "NULL", "NULL", "'noted'")}},
	{"a refused movement is there", ruleRefused, []string{movement(20, 1, -6, 0, "damage", "'too much'", "NULL"), `UPDATE products SET stock = 0 WHERE id = 1`}},
	{"a refused request is in the trail", ruleRefused, []string{entry(20, "t-10", "stock-adjust", "products", "1")}},
	{"a refused key remembers an answer", ruleRefused, []string{key("break-2", 201, 20)}},
	{"an order that nobody asked for", ruleUnasked, []string{
		`INSERT INTO orders (id, created_at, updated_at, placed_at, status, total_amount, currency, customer_id) VALUES
		(3, '2026-01-02 00:00:00+00:00', '2026-01-02 00:00:00+00:00', '2026-01-02 00:00:00+00:00', 'pending', 0, 'EUR', 1)`,
	}},
	{"a change that nobody asked for", ruleUnasked, []string{entry(20, "t-99", "update", "products", "1")}},
	{"a change without a request", ruleUnasked, []string{entry(20, "", "update", "products", "1")}},
	{"an entry of the trail is gone", ruleAudit, []string{`DELETE FROM audit_entries WHERE id = 7`}},
	{"an entry tells of another record", ruleAudit, []string{`UPDATE audit_entries SET record_id = 1 WHERE id = 7`}},
	{"a transition without an entry", ruleAudit, []string{
		event(20, 1, "transition", "'processing'", "'shipped'", "NULL"), `UPDATE orders SET status = 'shipped' WHERE id = 1`,
	}},
	{"a movement by hand without an entry", ruleAudit, []string{movement(20, 1, -1, 5, "damage", "NULL", "NULL"), `UPDATE products SET stock = 5 WHERE id = 1`}},
	{"stock is not the ledger", ruleStock, []string{`UPDATE products SET stock = 7 WHERE id = 1`}},
	{"stock is negative", ruleStock, []string{`UPDATE products SET stock = -1 WHERE id = 1`}},
	{"a balance does not follow", ruleChain, []string{`UPDATE inventory_movements SET balance_after = 8 WHERE id = 3`}},
	{"a total is not its items", ruleTotal, []string{`UPDATE order_items SET price = 99 WHERE id = 1`}},
	{"an order without items", ruleTotal, []string{
		`DELETE FROM inventory_movements WHERE order_item_id = 3`, `DELETE FROM order_items WHERE order_id = 2`, `UPDATE orders SET total_amount = 0 WHERE id = 2`,
	}},
	{"a leap over a state", ruleTransition, []string{`UPDATE order_events SET "to" = 'shipped' WHERE id = 3`, `UPDATE orders SET status = 'shipped' WHERE id = 1`}},
	{"a way back", ruleTransition, []string{event(20, 2, "transition", "'cancelled'", "'pending'", "NULL"), `UPDATE orders SET status = 'pending' WHERE id = 2`}},
	{"a state without a transition", ruleTransition, []string{`UPDATE orders SET status = 'delivered' WHERE id = 1`}},
	{"a transition from another state", ruleTransition, []string{`UPDATE order_events SET "from" = 'processing' WHERE id = 3`}},
	{"an order placed twice", ruleTransition, []string{event(20, 1, "placed", "NULL", "'pending'", "NULL"), `UPDATE orders SET status = 'pending' WHERE id = 1`}},
	{"a cancelled order keeps its units", ruleRestock, []string{`DELETE FROM inventory_movements WHERE id = 6`, `UPDATE products SET stock = 4 WHERE id = 1`}},
	{"a cancelled order gives back twice", ruleRestock, []string{movement(20, 1, 2, 8, "cancellation", "NULL", "3"), `UPDATE products SET stock = 8 WHERE id = 1`}},
	{"a living order gives back", ruleRestock, []string{movement(20, 1, 3, 9, "cancellation", "NULL", "1"), `UPDATE products SET stock = 9 WHERE id = 1`}},
	{"an order that has not left comes back", ruleRestock, []string{
		movement(20, 1, 1, 7, "return", "NULL", "1"), event(20, 1, "return", "NULL", "NULL", "'1 × A'"), entry(20, "t-4", "return", "orders", "1"),
		`UPDATE products SET stock = 7 WHERE id = 1`,
	}},
	{"a return that its order does not tell of", ruleRestock, append(slices.Clone(sent), movement(20, 1, 1, 7, "return", "NULL", "1"))},
	{"more comes back than was sold", ruleRestock, append(slices.Clone(sent), cameBack(20, 4)...)},
	{"an item comes back twice", ruleRestock, append(append(slices.Clone(sent), cameBack(20, 1)...), cameBack(21, 1)...)},
	{"more is damaged than came back", ruleRestock, append(append(slices.Clone(sent), cameBack(20, 1)...), movement(21, 1, -2, 5, "damage", "NULL", "1"))},
	{"an item was sold for fewer units", ruleRestock, []string{`UPDATE inventory_movements SET quantity_change = -2 WHERE id = 3`}},
	{"an item moved another product", ruleRestock, []string{`UPDATE inventory_movements SET product_id = 1 WHERE id = 4`}},
	{"an edit that made no version", ruleVersion, []string{entry(20, "t-11", "update", "products", "2")}},
	{"a version without an edit", ruleVersion, []string{`UPDATE products SET version = 3 WHERE id = 2`}},
	{"a cart line is gone", ruleCart, []string{`DELETE FROM cart_items`}},
	{"a cart line is longer", ruleCart, []string{`UPDATE cart_items SET quantity = 3`}},
}

// unlock removes the constraints that would refuse a plant.
var unlock = map[string][]string{
	dialect.SQLite: {`PRAGMA ignore_check_constraints = 1`, `DROP INDEX inventorymovement_order_item_id_reason`},
	dialect.Postgres: {
		`ALTER TABLE products DROP CONSTRAINT products_stock_range`, `DROP INDEX inventorymovement_order_item_id_reason`,
	},
}

// The checker finds nothing on a day without violations, and finds every kind of planted
// violation.
func TestCheckerFindsWhatIsPlanted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		run(t, db.SQL(), before)
		base := shot(t, db.SQL())
		run(t, db.SQL(), day)
		if found := check(told(), base, shot(t, db.SQL())); len(found) > 0 {
			t.Fatalf("nothing is planted yet: %v", found)
		}
		for _, p := range plants {
			tx, err := db.SQL().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			run(t, tx, unlock[db.Dialect()])
			run(t, tx, p.statements)
			if found := check(told(), base, shot(t, tx)); !finds(found, p.rule) {
				t.Errorf("%s: expected a violation of %q, found %v", p.name, p.rule, found)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
		}
		for name, p := range journals {
			j := told()
			p.change(j)
			if found := check(j, base, shot(t, db.SQL())); !finds(found, p.rule) {
				t.Errorf("%s: expected a violation of %q, found %v", name, p.rule, found)
			}
		}
	})
}

// journals are violations that are visible only in the journals of the clients.
var journals = map[string]struct {
	rule   string
	change func(j *journal)
}{
	"two checkouts got one order": {ruleTwice, func(j *journal) { j.operations = append(j.operations, j.operations[0]) }},
	"two edits made one version": {ruleVersion, func(j *journal) {
		again := *j.operations[6]
		j.operations = append(j.operations, &again)
	}},
	"a key was never answered": {ruleUnanswered, func(j *journal) { j.operations[0].outcome = unknown }},
	"an answer was invented":   {ruleAudit, func(j *journal) { j.operations[6].attempts[0].id = "t-77" }},
	"a client complains":       {ruleServer, func(j *journal) { j.accuse(ruleServer, "500") }},
}

func finds(found []violation, rule string) bool {
	return slices.ContainsFunc(found, func(v violation) bool { return v.rule == rule })
}

func shot(t *testing.T, db querier) *snapshot {
	t.Helper()
	s, err := take(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
