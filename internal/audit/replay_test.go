package audit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// edit returns a random change of one product, or of all.
func edit(t *rapid.T, ids []int64) work {
	id := rapid.SampledFrom(ids).Draw(t, "product")
	name := rapid.StringMatching(`[a-zé<&"\\' ]{1,8}x`).Draw(t, "name")
	number := rapid.Int64Range(0, 1000).Draw(t, "number")
	flag := rapid.Bool().Draw(t, "flag")
	do := rapid.SampledFrom([]string{"one", "add", "clear", "many", "delete", "restore", "nothing"}).Draw(t, "do")
	return func(ctx context.Context, tx *ent.Client) error {
		switch do {
		case "one":
			return tx.Product.UpdateOneID(id).SetName(name).SetPrice(shop.Money(number)).SetIsActive(flag).Exec(ctx)
		case "add":
			return tx.Product.UpdateOneID(id).AddPrice(shop.Money(number)).AddLowStockAt(number).Exec(ctx)
		case "clear":
			return tx.Product.UpdateOneID(id).ClearLowStockAt().SetDescription(name).Exec(ctx)
		case "many":
			return tx.Product.Update().Where(product.IsActive(flag)).SetLowStockAt(number).AddPrice(1).Exec(ctx)
		case "delete":
			return tx.Product.DeleteOneID(id).Exec(ctx)
		case "restore":
			return tx.Product.UpdateOneID(id).Where(product.DeletedAtNotNil()).ClearDeletedAt().Exec(invariant.WithDeleted(ctx))
		default:
			return tx.Product.UpdateOneID(id).SetPrice(shop.Money(number)).SetName("").Exec(ctx) // refused
		}
	}
}

// Replaying the trail of a record from its creation on leads to the current record, and
// every previous value in it is correct.
func TestReplay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ids := shoptest.Products(t, db, 3, 10)
		rapid.Check(t, func(rt *rapid.T) {
			for range rapid.IntRange(1, 12).Draw(rt, "edits") {
				w := edit(rt, ids)
				_ = db.Tx(storetest.Context(t), w) // refused changes are not recorded
			}
			for _, id := range ids {
				compare(t, rt, db, id)
			}
		})
	})
}

// The same holds when many change the same record at once, where the recorded previous
// value is not what the writer has last read.
func TestReplayOfContention(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		id := shoptest.Products(t, db, 1, 10)[0]
		var all errgroup.Group
		for writer := range 8 {
			all.Go(func() error {
				for turn := range 20 {
					err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
						change := tx.Product.UpdateOneID(id).AddPrice(1)
						if turn%2 == 0 {
							change.SetName(fmt.Sprint("Cup ", writer, " ", turn))
						}
						return change.Exec(ctx)
					})
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err := all.Wait(); err != nil {
			t.Fatal(err)
		}
		compare(t, t, db, id)
		if got := db.Client.Product.GetX(storetest.Context(t), id).Price; got != 100+160 {
			t.Errorf("160 times one more than 100 is %d", got)
		}
	})
}

// The same holds for a record without a version.
func TestReplayOfContentionWithoutVersion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		product, customer := shoptest.Products(t, db, 1, 10)[0], shoptest.Customers(t, db, 1)[0]
		var id int64
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			line, err := tx.CartItem.Create().SetCustomerID(customer).SetProductID(product).SetQuantity(1).Save(ctx)
			id = line.ID
			return err
		})
		var all errgroup.Group
		for writer := range 8 {
			all.Go(func() error {
				for turn := range 20 {
					err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
						return tx.CartItem.UpdateOneID(id).SetQuantity(int64(100*writer + turn + 2)).Exec(ctx)
					})
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err := all.Wait(); err != nil {
			t.Fatal(err)
		}
		was := json.RawMessage("1")
		entries := db.Client.AuditEntry.Query().Order(auditentry.ByID()).
			Where(auditentry.Resource("cart-items"), auditentry.RecordID(id), auditentry.Action(audit.Update)).AllX(ctx)
		for _, e := range entries {
			if len(e.Changes) != 1 || !audit.Same(e.Changes[0].Before, was) {
				t.Fatalf("entry %d: %+v, and it was %s", e.ID, e.Changes, was)
			}
			was = e.Changes[0].After
		}
		if len(entries) < 100 {
			t.Errorf("%d entries of 160 changes", len(entries))
		}
	})
}

// compare checks that the trail of a product leads to its current values.
func compare(t *testing.T, rt rapid.TB, db *store.DB, id int64) {
	t.Helper()
	ctx := storetest.Context(t)
	state := map[string]json.RawMessage{}
	entries := db.Client.AuditEntry.Query().
		Where(auditentry.Resource("products"), auditentry.RecordID(id)).Order(auditentry.ByID()).AllX(ctx)
	for _, e := range entries {
		for _, c := range e.Changes {
			was, known := state[c.Field]
			if !known {
				was = shop.Null
			}
			if !audit.Same(was, c.Before) {
				rt.Fatalf("entry %d: %s was %s, not %s", e.ID, c.Field, was, c.Before)
			}
			state[c.Field] = c.After
		}
	}
	typ := ent.AuditedTypes["Product"]
	values, err := typ.Values(db.Client.Product.Query().Where(product.ID(id)).OnlyX(invariant.WithDeleted(ctx)))
	if err != nil {
		rt.Fatal(err)
	}
	for i, f := range typ.Fields {
		if f.Untracked {
			continue
		}
		now, err := audit.Changed(f.Name, nil, values[i])
		if err != nil {
			rt.Fatal(err)
		}
		told, known := state[f.Name]
		if !known {
			told = shop.Null
		}
		if !audit.Same(told, now.After) {
			rt.Fatalf("product %d: %s is %s, the trail leads to %s", id, f.Name, now.After, told)
		}
	}
}

// Every entity is audited, or says why it is not.
func TestEveryEntityIsAuditedOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	for name, why := range ent.UnauditedTypes {
		if why == "" || ent.AuditedTypes[name] != nil {
			t.Errorf("%s: %q", name, why)
		}
	}
	for _, want := range []string{"Category", "Product", "Customer", "CartItem", "Order"} {
		if ent.AuditedTypes[want] == nil {
			t.Errorf("%s is not audited", want)
		}
	}
}

// Fields that are named like secrets are secret.
func TestSecretsAreSecret(t *testing.T) {
	t.Parallel()
	for name, typ := range ent.AuditedTypes {
		for _, f := range typ.Fields {
			for _, word := range []string{"password", "hash", "secret", "recovery"} {
				if strings.Contains(f.Name, word) && !f.Secret && !f.Untracked && !f.Time {
					t.Errorf("%s.%s is recorded", name, f.Name)
				}
			}
		}
	}
}

// Writes outside of a transaction are refused, and leave nothing.
func TestNeedsTransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		ids := shoptest.Products(t, db, 1, 10)
		before := shoptest.Dump(t, db)
		for i, err := range []error{
			db.Client.Category.Create().SetName("x").SetSlug("x").Exec(ctx),
			db.Client.Product.UpdateOneID(ids[0]).SetPrice(1).Exec(ctx),
			db.Client.Product.Update().SetPrice(1).Exec(ctx),
			db.Client.Product.DeleteOneID(ids[0]).Exec(ctx),
			audit.Record(ctx, db.Client, "login", "staff", 1),
		} {
			if err == nil || !strings.Contains(err.Error(), "transaction") {
				t.Errorf("%d: %v", i, err)
			}
		}
		shoptest.Unchanged(t, db, before)
	})
}
