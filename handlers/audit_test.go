package handlers_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
)

// in formats a path below /api/v1.
func in(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// newest returns the id of the newest entry.
func (a *api) newest() int64 {
	a.t.Helper()
	return a.get("/audit-entries?limit=1").is(200).int("items.0.id")
}

// Every write through the API is in the history of its record, once, with its actor;
// repeated requests with the same key are not.
func TestHistory(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		p := ids["product"]
		for range 2 {
			a.post(in("/products/%d/stock-movements", p), map[string]any{"quantity_change": 3, "reason": "receipt"}, keyHeader, "k").is(201)
		}
		a.patch(in("/products/%d", p), map[string]any{"price": 2999, "name": "Renamed"}).is(200)
		a.patch(in("/products/%d", p), map[string]any{"price": 3999}, "If-Match", `"1"`).is(412)
		a.post("/products/bulk", map[string]any{"ids": []int64{p, 4711, ids["second"]}, "patch": map[string]any{"price": 3999}}).is(200)
		a.delete(in("/products/%d", p)).is(204)
		a.post(in("/products/%d/restore", p), nil).is(200)
		a.post(in("/products/%d/restore", p), nil).is(200)

		h := a.get(in("/products/%d/history?sort=id", p)).is(200)
		for i, action := range []string{"create", "stock-receive", "update", "update", "delete", "restore"} {
			h.has(in("items.%d.action", i), action).has(in("items.%d.staff_id", i), 1).
				has(in("items.%d.staff_email", i), "owner@example.com").has(in("items.%d.actor_kind", i), "staff").
				has(in("items.%d.record_id", i), int(p)).has(in("items.%d.resource", i), "products")
		}
		h.has("total", 6)

		prices := a.get(in("/products/%d/history?field=price", p)).is(200).has("total", 3)
		for i, want := range []float64{3999, 2999, 1999} {
			changes, ok := prices.at(in("items.%d.changes", i)).([]any)
			if !ok {
				t.Fatal(prices.Text)
			}
			found := false
			for _, c := range changes {
				if c, ok := c.(map[string]any); ok && c["field"] == "price" {
					found = c["after"] == want
				}
			}
			if !found {
				t.Errorf("entry %d does not say %v: %s", i, want, prices.Text)
			}
		}
		a.get(in("/products/%d/history?field=nothing", p)).is(200).has("total", 0)
		a.get(in("/products/%d/history?field=", p)).problem(422, "invalid", "query.field")
		a.get("/products/4711/history").problem(404, "not_found")
		a.get("/products/0/history").problem(422, "invalid")
		a.get(in("/products/%d/history?record_id=1", p)).problem(422, "invalid", "query.record_id")
		a.get(in("/categories/%d/history", ids["gone_category"])).is(200).has("total", 2)
		a.get("/audit-entries?resource=customers&action=create&staff_id=1").is(200).has("total", 3)
		a.get("/audit-entries?field=price&action=update").is(200).has("total", 3)

		first := a.get(in("/products/%d/history?limit=4", p)).is(200)
		cursor, _ := first.at("next_cursor").(string)
		a.get(in("/products/%d/history?limit=4&cursor=%s", p, cursor)).is(200).has("items.1.action", "create").has("next_cursor", nil)
		a.get(in("/products/%d/history?limit=4&cursor=%s&field=price", p, cursor)).problem(422, "invalid", "query.cursor")
	})
}

// Every resource has histories, and the definitions say which resources have more in them
// than the creation.
func TestEveryResourceHasHistory(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.staffed()
		ids := a.small()
		a.order(ids["customer"], 1, ids["product"])
		resources := a.schema()
		seen := 0
		told := map[string]bool{}
		for i := range resources {
			name := resources[i].Name
			told[name] = resources[i].History
			if first := a.get(in("/%s?sort=id&limit=1", name)).is(200).items(); len(first) > 0 {
				seen++
				a.get(in("/%s/%v/history", name, first[0]["id"])).is(200)
			}
			a.get(in("/%s/4711000/history", name)).is(404)
		}
		if seen < 10 {
			t.Errorf("only %d resources have records", seen)
		}
		for name, want := range map[string]bool{
			"api-tokens": true, "categories": true, "customers": true, "orders": true, "products": true, "roles": true, "staff": true,
			"audit-entries": false, "inventory-movements": false, "order-items": false,
		} {
			if got, defined := told[name]; got != want || !defined {
				t.Errorf("the definition of %s says of a history: %t, want %t", name, got, want)
			}
		}
		token := int64(a.get("/api-tokens?sort=id&limit=1").items()[0]["id"].(float64))
		before := a.get(in("/api-tokens/%d/history", token)).is(200).int("total")
		a.delete(in("/api-tokens/%d", token)).is(204)
		a.get(in("/api-tokens/%d/history", token)).is(200).has("total", int(before)+1).has("items.0.changes.0.field", "revoked_at")
		a.get("/orders/1/history").is(200).has("total", 1).has("items.0.action", "checkout")
	})
}

// An update that changes nothing gets a version and an audit entry, but is not in the
// record's history. An operation is, even without fields.
func TestHistoryLeavesOutWhatChangedNothing(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		p, history := ids["product"], in("/products/%d/history", ids["product"])
		same := a.get(in("/products/%d", p)).at("price")
		before := a.get(history).int("total")
		a.patch(in("/products/%d", p), map[string]any{"price": same}).is(200).has("version", 2)
		a.post("/products/bulk", map[string]any{"ids": []int64{p}, "patch": map[string]any{"price": same}}).is(200)
		a.get(in("/audit-entries?resource=products&record_id=%d&action=update", p)).is(200).has("total", 2)
		a.get(history).is(200).has("total", int(before))
		a.get(history+"?action=update").is(200).has("total", 0)
		a.patch(in("/products/%d", p), map[string]any{"price": same, "name": "Other"}).is(200)
		a.get(history).is(200).has("total", int(before)+1).has("items.0.changes.0.field", "name")

		role := a.post("/roles", map[string]any{"name": "packer", "label": "Packer", "permissions": []string{"orders:read"}}).is(201).int("id")
		a.post("/staff", map[string]any{"email": "owner@example.com", "name": "Owner", "role_id": role}).is(201)
		member := a.post("/staff", map[string]any{"email": "lee@example.com", "name": "Lee", "role_id": role}).is(201).int("id")
		a.post(in("/staff/%d/invite", member), nil).is(200)
		a.get(in("/staff/%d/history", member)).is(200).has("total", 2).has("items.0.action", "invite").says(`"changes":[]`)
	})
}

// A revert restores the fields that still have the entry's value. Others are named, with
// their current value.
func TestRevert(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		p := ids["product"]
		path := in("/products/%d", p)
		a.patch(path, map[string]any{"price": 5, "low_stock_at": 2}).is(200)
		change := a.newest()
		a.patch(path, map[string]any{"name": "Other"}).is(200)
		a.post(in("/products/%d/stock-movements", p), map[string]any{"quantity_change": -1, "reason": "damage"}).is(201)

		done := a.post(in("/audit-entries/%d/revert", change), nil).is(200)
		done.has("resource", "products").has("record_id", int(p)).has("reverted.0", "price").has("reverted.1", "low_stock_at")
		a.get(path).has("price", 1999).has("low_stock_at", nil).has("name", "Other")
		undone := a.newest()
		a.get(in("/audit-entries/%d", undone)).has("action", "revert").has("changes.0.before", 5).has("changes.0.after", 1999)

		again := a.post(in("/audit-entries/%d/revert", change), nil).problem(409, "conflict")
		again.has("changed_since.0.field", "price").has("changed_since.0.audited", 5).has("changed_since.0.now", 1999).
			has("changed_since.1.field", "low_stock_at").has("changed_since.1.now", nil)
		a.post(in("/audit-entries/%d/revert", undone), nil).is(200) // once more
		a.get(path).has("price", 5).has("low_stock_at", 2)

		a.delete(path).is(204)
		deletion := a.newest()
		a.post(in("/audit-entries/%d/revert", a.newest()-1), nil).problem(409, "conflict").has("changed_since.0.field", "deleted_at")
		a.post(in("/audit-entries/%d/revert", deletion), nil).is(200).has("reverted.0", "deleted_at")
		a.get(path).is(200)
		a.get(in("/audit-entries/%d", a.newest())).has("action", "revert")
		a.post(in("/audit-entries/%d/revert", deletion), nil).problem(409, "conflict")
		a.post(in("/audit-entries/%d/revert", a.newest()), nil).is(200) // a restoration undone is a deletion
		a.get(path).is(404)
	})
}

// What cannot be undone is refused with the reason, and changes nothing.
func TestIrreversible(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		o := a.order(ids["customer"], 1, ids["product"])
		a.post(in("/products/%d/stock-movements", ids["product"]), map[string]any{"quantity_change": -1, "reason": "damage"}).is(201)
		a.post(in("/products/%d/stocktake", ids["product"]), map[string]any{"counted": 9, "expected": 8}).is(201)
		a.post(in("/orders/%d/notes", o), map[string]any{"note": "n"}).is(201)
		a.post(in("/orders/%d/delivery-address", o), map[string]any{"delivery_address": "a"}).is(200)
		a.post(in("/orders/%d/transitions", o), map[string]any{"to": "processing"}).is(200)
		a.post(in("/orders/%d/transitions", o), map[string]any{"to": "cancelled"}).is(200)
		a.patch(in("/products/%d", ids["product"]), map[string]any{"price": 1999}).is(200)
		role := map[string]any{"name": "night", "label": "Night", "permissions": []string{"orders:read"}}
		a.delete(in("/roles/%d", a.post("/roles", role).is(201).int("id"))).is(204)
		before := a.snapshot()
		for action, why := range map[string]string{
			"create": "creation", "checkout": "operation", "stock-adjust": "operation", "stock-count": "operation",
			"note": "operation", "address": "operation", "transition": "operation", "cancel": "operation", "update": "changed nothing", "delete": "deletion",
		} {
			entry := a.get("/audit-entries?limit=1&action=" + action).is(200).int("items.0.id")
			a.post(in("/audit-entries/%d/revert", entry), nil).problem(422, "invalid").says(why)
		}
		a.post("/audit-entries/4711000/revert", nil).problem(404, "not_found")
		a.unchanged(before)
		// A revert has to follow the rules too.
		a.patch(in("/products/%d", ids["second"]), map[string]any{"sku": "NEW"}).is(200)
		renamed := a.newest()
		a.product("P-2", 1, 0, ids["category"])
		a.post(in("/audit-entries/%d/revert", renamed), nil).problem(409, "conflict").
			has("errors.0.location", "path.id").has("errors.0.message", "sku: is taken by another record")
		a.post("/audit-entries/revert", map[string]any{"request_id": a.get(in("/audit-entries/%d", renamed)).at("request_id")}).is(200).
			has("results.0.error.errors.0.location", "body.request_id")
	})
}

// When many undo the same change at once, while others change the record, the fields never
// get a value that nobody gave them, and each success is in the trail.
func TestRevertTogether(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		path := in("/products/%d", ids["product"])
		a.patch(path, map[string]any{"price": 5}).is(200)
		change := a.newest()
		var wg sync.WaitGroup
		statuses := make([]int, 16)
		for i := range statuses {
			wg.Go(func() {
				if i%4 == 3 {
					statuses[i] = -a.patch(path, map[string]any{"name": in("Name %d", i)}).Status
					return
				}
				statuses[i] = a.post(in("/audit-entries/%d/revert", change), nil).Status
			})
		}
		wg.Wait()
		succeeded := 0
		for _, s := range statuses {
			if s == 200 {
				succeeded++
			}
		}
		reverts := a.get(in("%s/history?action=revert", path)).is(200).int("total")
		if succeeded != 1 || reverts != 1 {
			t.Errorf("%d succeeded, %d entries: %v", succeeded, reverts, statuses)
		}
		a.get(path).has("price", 1999)
	})
}

// The export contains every entry of the list, in either format, across several pages, and
// no cell that a spreadsheet takes for a formula.
func TestExport(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		err := a.db.Tx(as(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.MapCreateBulk(make([]int, 450), func(c *ent.CategoryCreate, i int) {
				c.SetName(in("=1+%d", i)).SetSlug(in("s-%d", i))
			}).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		a.category("other")
		lines := strings.Split(strings.TrimSpace(a.get("/audit-entries/export?format=jsonl").is(200).Text), "\n")
		if len(lines) != 451 {
			t.Errorf("%d lines", len(lines))
		}
		seen := map[int64]bool{}
		for _, line := range lines {
			var e struct {
				ID int64 `json:"id"`
			}
			if err := json.Unmarshal([]byte(line), &e); err != nil || seen[e.ID] {
				t.Fatal(err, line)
			}
			seen[e.ID] = true
		}
		records, err := csv.NewReader(strings.NewReader(a.get("/audit-entries/export?format=csv&staff_id=1&field=slug").is(200).Text)).ReadAll()
		if err != nil || len(records) != 2 || records[0][0] != "id" || records[1][7] != "create" {
			t.Errorf("%v, %v", records, err)
		}
		for _, query := range []string{"", "?format=xml", "?format=csv&limit=3", "?format=csv&cursor=x", "?format=csv&colour=red"} {
			a.get("/audit-entries/export"+query).problem(422, "invalid")
		}
	})
}

// An actor's name cannot run code in the spreadsheet that opens the export.
func TestExportIsHarmless(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ctx := evil(t)
		err := a.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Create().SetName("x;=1+1").SetSlug("x").Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		text := a.get("/audit-entries/export?format=csv").is(200).Text
		records, err := csv.NewReader(bytes.NewReader([]byte(text))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range records[1] {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r\n") {
				t.Errorf("cell %q", cell)
			}
		}
		for cell := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune(";\t\r\n", c) }) {
			if strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("cut at other separators, cell %q", cell)
			}
		}
		if records[1][13] != "'=cmd|' /C calc'!A0;'-2" || records[1][2] != "'@evil" {
			t.Errorf("%q", records[1])
		}
		var changes []map[string]any
		if err := json.Unmarshal([]byte(records[1][10]), &changes); err != nil || changes[0]["after"] != "x;=1+1" {
			t.Errorf("%v %v", err, changes)
		}
	})
}
