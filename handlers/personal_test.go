package handlers_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/checkout"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/personal"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// traces are the texts that a customer leaves in the shop. None of them belongs to another
// record.
var traces = []string{
	"zoe.first@example.com", "zoe.second@example.com", "Zoë \\\"Quux\\\" <Z&Q>", "Zoë", "Quux", "+49 30 5551234", "+49 30 9876543",
	"allergic to nuts", "second bell on the left", "leave it with Quuxina", "called Zoë twice",
	"7 Birch Alley", "8 Cedar Mews", "9 Maple Yard", "10 Rowan Court", "too small for Quuxina",
}

// trail makes a customer leave every trace, through every operation on the customer or the
// orders, and returns the id.
func (a *api) trail(product int64) int64 {
	a.t.Helper()
	created := a.post("/customers", map[string]any{
		"email": traces[0], "name": `Zoë "Quux" <Z&Q>`, "phone": traces[5], "note": "allergic to nuts", "address": "7 Birch Alley\nOxford",
	}, keyHeader, "create").is(201)
	id := created.int("id")
	path := in("/customers/%d", id)
	a.patch(path, map[string]any{"email": traces[1], "phone": traces[6], "note": "second bell on the left", "address": "8 Cedar Mews\nOxford"}).is(200)
	a.post("/customers/bulk", map[string]any{"ids": []int64{id}, "patch": map[string]any{"name": "Zoë Quux"}}, keyHeader, "bulk").is(200)
	a.delete(path).is(204)
	a.post(path+"/restore", nil, keyHeader, "restore").is(200)
	for i := range 2 {
		a.post(path+"/cart/items", map[string]any{"product_id": product, "quantity": 1}, keyHeader, in("add %d", i)).is(200)
		agreed := []any{nil, `{"delivery_address":"9 Maple Yard\nOxford"}`}[i]
		o := a.post(path+"/checkout", agreed, keyHeader, in("buy %d", i)).is(201).int("id")
		a.post(in("/orders/%d/notes", o), map[string]any{"note": "leave it with Quuxina"}, keyHeader, in("note %d", i)).is(201)
		a.post(in("/orders/%d/transitions", o), map[string]any{"to": "processing", "note": "called Zoë twice"}, keyHeader, in("pack %d", i)).is(200)
		if i == 1 {
			a.post(in("/orders/%d/delivery-address", o), `{"delivery_address":"10 Rowan Court\nOxford"}`, keyHeader, "send").is(200)
		}
		sent := a.post(in("/orders/%d/transitions", o), map[string]any{"to": []string{"cancelled", "shipped"}[i]}, keyHeader, in("next %d", i)).is(200)
		if i == 1 {
			a.post(in("/products/%d/stock-movements", product), map[string]any{
				"quantity_change": 1, "damaged_quantity": 1, "reason": "return", "order_item_id": sent.int("items.0.id"),
				"note": "too small for Quuxina",
			}, keyHeader, "back").is(201)
		}
	}
	a.post(path+"/cart/items", map[string]any{"product_id": product, "quantity": 2}).is(200)
	return id
}

// The personal data of a customer is complete, even if the customer is deleted.
func TestPersonalData(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		id := a.trail(ids["product"])
		a.order(ids["buyer"], 1, ids["second"])
		for range 2 {
			d := a.get(in("/customers/%d/personal-data", id)).is(200)
			d.has("customer.email", traces[1]).has("cart.items.0.quantity", 2).has("orders.0.items.0.quantity", 1).
				has("orders.0.events.1.note", "leave it with Quuxina").has("orders.1.status", "shipped").
				has("customer.address", "8 Cedar Mews\nOxford").has("orders.0.delivery_address", "8 Cedar Mews\nOxford").
				has("orders.1.delivery_address", "10 Rowan Court\nOxford")
			for _, text := range []string{traces[0], traces[5], "allergic to nuts", "called Zoë twice", "7 Birch Alley", "9 Maple Yard"} {
				d.says(text)
			}
			if n := len(array(d.JSON["orders"])); n != 2 || strings.Contains(d.Text, "john@example.com") {
				t.Errorf("somebody else's data: %s", d.Text)
			}
			storetest.SQL(t, a.db, "UPDATE customers SET deleted_at = $1 WHERE id = $2", shop.Now(), id)
		}
		a.get("/customers/4711/personal-data").problem(404, "not_found")
	})
}

// After the erasure nothing in the database identifies the customer, the totals agree, and
// nothing else has changed.
func TestErase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		id := a.trail(ids["product"])
		path := in("/customers/%d", id)
		for _, text := range traces {
			if !strings.Contains(shoptest.Dump(t, a.db), text) {
				t.Errorf("%q is nowhere to be erased", text)
			}
		}
		refused := a.post(path+"/erase", nil).problem(409, "conflict").has("orders.0.status", "shipped")
		a.post(in("/orders/%d/transitions", refused.int("orders.0.id")), map[string]any{"to": "delivered", "note": "Quux"}).is(200)
		unremarked := a.order(id, 1, ids["second"])
		shoptest.Move(t, a.db, unremarked, shop.Delivered)
		last := len(array(a.get(in("/orders/%d", unremarked)).at("items"))) - 1
		a.post(ids.in("/products/{second}/stock-movements"), map[string]any{
			"quantity_change": 1, "damaged_quantity": 1, "reason": "return",
			"order_item_id": a.get(in("/orders/%d", unremarked)).int(in("items.%d.id", last)),
		}).is(201)
		others := a.get(in("/customers/%d", ids["buyer"])).Text
		theirs := a.order(ids["buyer"], 1, ids["second"])
		shoptest.Move(t, a.db, theirs, shop.Shipped)
		theirLine := a.get(in("/orders/%d", theirs)).int("items.0.id")
		a.fill(ids["buyer"], 2, ids["second"])
		kept := func() []*answer {
			return []*answer{
				a.post(in("/orders/%d/notes", theirs), map[string]any{"note": "stays"}, keyHeader, "stays").is(201),
				a.post("/customers", map[string]any{"email": "other@example.com", "name": "Other"}, keyHeader, "other").is(201),
				a.post("/customers/bulk", map[string]any{"ids": []int64{ids["gone_customer"]}, "action": "delete"}, keyHeader, "others").is(200),
				a.post(ids.in("/products/{second}/stock-movements"), map[string]any{
					"quantity_change": 1, "reason": "return", "order_item_id": theirLine, "note": "stays here",
				}, keyHeader, "their return").is(201),
			}
		}
		kept()
		a.post(path+"/cart/items", map[string]any{"product_id": ids["product"], "quantity": 2}).is(200)
		a.customer(in("erased-%d@erased.invalid", id)) // this address does not block the erasure

		erased := a.post(path+"/erase", nil, keyHeader, "erase").is(200)
		erased.has("name", "Erased customer").has("phone", nil).has("address", nil).has("note", nil)
		email, _ := erased.at("email").(string)
		if !strings.HasSuffix(email, "@erased.invalid") {
			t.Errorf("the email is %s", email)
		}
		dump := shoptest.Dump(t, a.db)
		for _, text := range append([]string{"49305551234", "49309876543"}, traces...) { // the digits of the numbers, too
			for line := range strings.Lines(dump) {
				if strings.Contains(line, text) {
					t.Errorf("%q is left in %s", text, line)
				}
			}
		}
		shoptest.Agree(t, a.db)
		shoptest.Lawful(t, a.db)
		a.get(path+"/cart").is(200).has("total_amount", 0)
		if now := a.get(in("/customers/%d", ids["buyer"])).Text; now != others {
			t.Errorf("another customer was changed: %s, %s", others, now)
		}
		a.get(in("/customers/%d/cart", ids["buyer"])).is(200).has("items.0.quantity", 2)
		a.get(in("/customers/%d/history", ids["buyer"])).is(200).says("john@example.com")
		for _, r := range kept() {
			if r.Header.Get("Idempotency-Replayed") != "true" {
				t.Errorf("an answer about another customer was erased: %s", r.Text)
			}
		}

		// The trail still says who did what when, and the keys still prevent repeated
		// requests from having an effect.
		a.get(path+"/history?sort=id").is(200).has("items.0.action", "create").has("items.0.changes.0.erased", true).
			has("items.0.staff_email", "owner@example.com")
		if a.get(path+"/history?action=delete").has("items.0.changes.0.field", "deleted_at").at("items.0.changes.0.after") == nil {
			t.Error("the trail has forgotten when the customer was deleted")
		}
		a.get(path+"/history").has("items.0.action", "erase").has("items.0.changes.0.field", "email").has("items.0.changes.0.before", nil)
		a.post(in("/audit-entries/%d/revert", a.get(path+"/history?action=update&sort=id").int("items.0.id")), nil).
			problem(422, "invalid").says("erased")
		a.post(path+"/checkout", nil, keyHeader, "buy 0").problem(409, "conflict").says("erased")
		sent := in("/orders/%d", refused.int("orders.0.id"))
		a.get(sent).is(200).has("delivery_address", nil).has("version", 6)
		a.get(sent+"/timeline?sort=id").is(200).has("items.1.note", "[erased]").has("items.2.note", "[erased]").
			has("items.3.note", "Delivery address changed").has("items.5.kind", "return").has("items.5.note", "[erased]") // it names nobody
		a.get(in("/orders/%d/timeline?kind=return", unremarked)).is(200).has("items.0.note", "1 × P-2, 1 damaged")
		a.get(in("/orders/%d/timeline?kind=return", theirs)).is(200).has("items.0.note", "1 × P-2: stays here")
		a.get(sent+"/history").has("items.0.action", "erase").has("items.0.changes.0.field", "delivery_address").
			has("items.0.changes.0.before", nil).has("items.0.changes.0.erased", true)
		a.post("/customers", map[string]any{
			"email": traces[0], "name": `Zoë "Quux" <Z&Q>`, "phone": traces[5], "note": "allergic to nuts", "address": "7 Birch Alley\nOxford",
		}, keyHeader, "create").problem(409, "conflict")

		before := a.snapshot()
		a.post(path+"/erase", nil, keyHeader, "erase").is(200)
		a.post(path+"/erase", nil).is(200).has("version", erased.at("version"))
		a.post("/customers/4711/erase", nil).problem(404, "not_found")
		a.unchanged(before)

		// A second erasure removes what was noted since, and is recorded.
		a.post(in("/orders/%d/notes", refused.int("orders.0.id")), map[string]any{"note": "Quux"}, keyHeader, "since").is(201)
		a.post(path+"/erase", nil).is(200).has("version", erased.at("version"))
		if strings.Contains(shoptest.Dump(t, a.db), "Quux") {
			t.Error("a later note is left")
		}
		a.get(path+"/history").has("items.0.action", "erase").has("items.1.action", "erase")
		for _, field := range []string{"name", "phone", "note"} {
			a.patch(path, map[string]any{field: "Quux"}).is(200)
			a.post(path+"/erase", nil).is(200).has("name", "Erased customer").has("phone", nil).has("note", nil)
		}
		a.exec("UPDATE customers SET phone_digits = '4711' WHERE id = $1", id) // as an older server's erasure leaves it
		a.post(path+"/erase", nil).is(200)
		if n := a.number("SELECT COUNT(*) FROM customers WHERE phone_digits = '4711'"); n != 0 {
			t.Error("the digits of a telephone number are left")
		}
		a.delete(path).is(204)
		a.post(path+"/erase", nil).is(200).has("email", email) // a deleted one, again
	})
}

// forget erases a customer.
func forget(id int64) func(ctx context.Context, tx *ent.Client) error {
	return func(ctx context.Context, tx *ent.Client) error {
		_, err := personal.Erase(ctx, tx, id)
		return err
	}
}

// A note or an edit at the moment of the erasure is either erased too or comes later.
func TestEraseMeetsNote(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		product := a.small()["product"]
		for i, c := range []struct {
			name string
			do   func(ctx context.Context, tx *ent.Client, id, order int64) error
		}{
			{"note", func(ctx context.Context, tx *ent.Client, _, to int64) error {
				_, err := order.AddNote(ctx, tx, to, "Quux")
				return err
			}},
			{"edit", func(ctx context.Context, tx *ent.Client, id, _ int64) error {
				return tx.Customer.UpdateOneID(id).SetNote("Quux").Exec(ctx)
			}},
		} {
			for _, erasedFirst := range []bool{false, true} {
				id := a.customer(fmt.Sprintf("%d-%t@example.com", i, erasedFirst))
				a.fill(id, 1, product)
				bought := a.post(in("/customers/%d/checkout", id), nil).is(201).int("id")
				shoptest.Move(t, a.db, bought, shop.Delivered)
				write := func(ctx context.Context, tx *ent.Client) error { return c.do(ctx, tx, id, bought) }
				steps := []func(ctx context.Context, tx *ent.Client) error{write, forget(id)}
				if erasedFirst {
					slices.Reverse(steps)
				}
				if one, two := shoptest.Overlap(t, a.db, steps[0], steps[1]); one != nil || two != nil {
					t.Errorf("%s, erased first: %t: %v, %v", c.name, erasedFirst, one, two)
				}
				// The customer and the audit entry.
				left := strings.Count(a.rows("SELECT note FROM order_events WHERE order_id = $1", bought)+
					a.rows("SELECT note FROM customers WHERE id = $1", id)+
					a.get("/audit-entries?limit=2").is(200).Text, "Quux")
				if want := map[bool]int{true: 2}[erasedFirst]; left != want {
					t.Errorf("%s, erased first: %t: %d of %d are left", c.name, erasedFirst, left, want)
				}
			}
		}
	})
}

// Only an erasure changes a note or an audit entry.
func TestHistoryIsAppendOnly(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		a.order(ids["customer"], 1, ids["product"])
		before := a.snapshot()
		for i, write := range []func(ctx context.Context, tx *ent.Client) error{
			func(ctx context.Context, tx *ent.Client) error {
				return tx.AuditEntry.Create().SetActor("x").SetActorKind("system").SetAction("x").SetResource("x").SetRecordID(1).
					SetChanges(nil).Exec(ctx)
			},
			func(ctx context.Context, tx *ent.Client) error {
				return tx.AuditEntry.Update().SetChanges(nil).Exec(ctx)
			},
			func(ctx context.Context, tx *ent.Client) error { return tx.AuditEntry.UpdateOneID(1).Exec(ctx) },
			func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.AuditEntry.Delete().Exec(ctx)
				return err
			},
			func(ctx context.Context, tx *ent.Client) error { return tx.AuditEntry.DeleteOneID(1).Exec(ctx) },
			func(ctx context.Context, tx *ent.Client) error { return tx.OrderEvent.Update().SetNote("x").Exec(ctx) },
			func(ctx context.Context, tx *ent.Client) error { return tx.OrderEvent.Update().ClearNote().Exec(ctx) },
		} {
			if err := a.db.Tx(as(t), write); err == nil {
				t.Errorf("write %d was not refused", i)
			}
		}
		a.unchanged(before)
	})
}

// A checkout at the moment of the erasure is either noticed or refused: an erased customer
// never has an open order.
func TestEraseMeetsCheckout(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		product := a.small()["product"]
		buy := func(id int64) func(ctx context.Context, tx *ent.Client) error {
			return func(ctx context.Context, tx *ent.Client) error {
				_, err := checkout.Place(ctx, tx, id, nil, nil, "EUR")
				return err
			}
		}
		filled := func(name string) int64 {
			id := a.customer(name + "@example.com")
			a.fill(id, 1, product)
			return id
		}
		first := filled("first")
		bought, erased := shoptest.Overlap(t, a.db, buy(first), forget(first))
		if bought != nil || shop.KindOf(erased) != shop.KindConflict {
			t.Errorf("the checkout was first: %v, %v", bought, erased)
		}
		second := filled("second")
		erased, bought = shoptest.Overlap(t, a.db, forget(second), buy(second))
		if erased != nil || shop.KindOf(bought) != shop.KindEmptyCart {
			t.Errorf("the erasure was first: %v, %v", erased, bought)
		}
		third := filled("third")
		erased, added := shoptest.Overlap(t, a.db, forget(third), func(ctx context.Context, tx *ent.Client) error {
			_, err := cart.Add(ctx, tx, third, product, 1)
			return err
		})
		if erased != nil || added != nil {
			t.Errorf("%v, %v", erased, added)
		}
		if n := a.db.Client.Order.Query().CountX(as(t)); n != 1 {
			t.Errorf("%d orders", n)
		}
		_, err := order.AddNote(as(t), a.db.Client, 1, "outside of a transaction")
		if err == nil || !strings.Contains(err.Error(), "transaction") {
			t.Errorf("a note outside of a transaction: %v", err)
		}
		if name := a.db.Client.Customer.Query().Where(customer.ID(second)).OnlyX(as(t)).Name; name != "Erased customer" {
			t.Error(name)
		}
	})
}
