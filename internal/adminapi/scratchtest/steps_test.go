//go:build scratch

package scratchtest_test

import "testing"

// addPurchaseOrder adds an entity without its rule, which needs the generated client.
func addPurchaseOrder(t *testing.T, w *workspace) {
	t.Helper()
	w.write(t, "internal/shop/purchase.go", `package shop

import "slices"

// PurchaseStatus is the state of a purchase order.
type PurchaseStatus string

// The states of a purchase order.
const (
	Draft    PurchaseStatus = "draft"
	Ordered  PurchaseStatus = "ordered"
	Received PurchaseStatus = "received"
)

var purchases = map[PurchaseStatus][]PurchaseStatus{Draft: {Ordered}, Ordered: {Received}}

// CanBecome reports whether the table allows the transition.
func (s PurchaseStatus) CanBecome(to PurchaseStatus) bool { return slices.Contains(purchases[s], to) }

// Values lists the allowed strings, for ent's enum fields.
func (PurchaseStatus) Values() []string { return stringsOf([]PurchaseStatus{Draft, Ordered, Received}) }
`)
	w.write(t, "ent/schema/purchaseorder.go", `package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// PurchaseOrder is what the shop orders.
type PurchaseOrder struct{ ent.Schema }

// Mixin of the PurchaseOrder.
func (PurchaseOrder) Mixin() []ent.Mixin { return []ent.Mixin{Base{}, Mutable{}} }

// Fields of the PurchaseOrder.
func (PurchaseOrder) Fields() []ent.Field {
	return []ent.Field{field.Enum("status").GoType(shop.PurchaseStatus("")).Default("draft")}
}
`)
}

// addSteps gives the entity the rule of the page, and a test of it.
func addSteps(t *testing.T, w *workspace) {
	t.Helper()
	w.write(t, "internal/invariant/purchase.go", `package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/purchaseorder"
	"github.com/storekeeper/storekeeper/internal/shop"
)

`+example(t, "steps"))
	w.insertAfter(t, "ent/schema/purchaseorder.go", "\t\"entgo.io/ent/schema/field\"\n\n",
		"\t\"github.com/storekeeper/storekeeper/internal/invariant\"\n")
	w.insertAfter(t, "ent/schema/purchaseorder.go", "type PurchaseOrder struct{ ent.Schema }\n", `
// Hooks of the PurchaseOrder.
func (PurchaseOrder) Hooks() []ent.Hook { return []ent.Hook{invariant.PurchaseSteps()} }
`)
	w.write(t, "internal/invariant/purchase_test.go", stepsTest)
}

// stepsTest moves a purchase order along its steps, beside them, and after somebody else.
const stepsTest = `package invariant_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func TestPurchaseSteps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var bought *ent.PurchaseOrder
		create := func(status shop.PurchaseStatus) error {
			return db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) (err error) {
				bought, err = tx.PurchaseOrder.Create().SetStatus(status).Save(ctx)
				return err
			})
		}
		move := func(to shop.PurchaseStatus) error {
			return db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				return tx.PurchaseOrder.UpdateOne(bought).SetStatus(to).Exec(ctx)
			})
		}
		shoptest.Refused(t, create(shop.Ordered), shop.KindInvalid)
		if err := create(shop.Draft); err != nil {
			t.Fatal(err)
		}
		shoptest.Refused(t, move(shop.Received), shop.KindConflict)
		if err := move(shop.Ordered); err != nil {
			t.Fatal(err)
		}
		shoptest.Refused(t, move(shop.Ordered), shop.KindConflict) // as if it were still the draft that it was
		bought = db.Client.PurchaseOrder.GetX(storetest.Context(t), bought.ID)
		shoptest.Refused(t, move(shop.Ordered), shop.KindConflict) // or what comes with it would come twice
	})
}
`
