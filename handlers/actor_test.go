package handlers_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/ent"
	accounts "github.com/storekeeper/storekeeper/internal/staff"
)

// A token with a long name, of a member with a long address, can write stock and orders.
// Ledger and timeline store as much of both as fits, the trail all.
func TestLongActor(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		email := strings.Repeat("a", 60) + "@" + strings.Repeat(strings.Repeat("b", 40)+".", 3) + "example.com"
		m, _, err := o.accounts.Add(o.ctx(), accounts.Member{Email: email, Name: "Long", Role: "owner", Password: secretWord})
		if err != nil {
			t.Fatal(err)
		}
		name := strings.Repeat("ü", 100)
		var text string
		err = o.db.Tx(o.ctx(), func(ctx context.Context, tx *ent.Client) (err error) {
			text, _, err = o.accounts.IssueToken(ctx, tx, accounts.NewToken{Name: name, StaffID: m.ID})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		who := []string{"Authorization", "Bearer " + text}
		category := o.post("/categories", map[string]any{"name": "C", "slug": "c"}, who...).is(201).int("id")
		product := o.post("/products", map[string]any{"sku": "S", "name": "N", "price": 1, "stock": 5, "category_id": category}, who...).is(201).int("id")
		o.post(in("/products/%d/stock-movements", product), map[string]any{"quantity_change": 5, "reason": "receipt"}, who...).is(201)
		customer := o.post("/customers", map[string]any{"email": "x@example.com", "name": "X"}, who...).is(201).int("id")
		o.post(in("/customers/%d/cart/items", customer), map[string]any{"product_id": product, "quantity": 1}, who...).is(200)
		order := o.post(in("/customers/%d/checkout", customer), nil, who...).is(201).int("id")
		o.post(in("/orders/%d/transitions", order), map[string]any{"to": "processing"}, who...).is(200)
		o.post(in("/orders/%d/notes", order), map[string]any{"note": "x"}, who...).is(201)

		whole := email + " (" + name + ")"
		short := string([]rune(whole)[:255])
		for path, n := range map[string]int{in("/products/%d/stock-movements", product): 3, in("/orders/%d/timeline", order): 3} {
			rows := o.get(path, who...).is(200).items()
			for _, row := range rows {
				if row["actor"] != short {
					t.Errorf("%s: %v of %d characters", path, row["actor"], utf8.RuneCountInString(row["actor"].(string)))
				}
			}
			if len(rows) != n {
				t.Errorf("%s: %d rows", path, len(rows))
			}
		}
		o.get("/audit-entries?sort=-id&limit=1", who...).is(200).has("items.0.actor", whole)
	})
}
