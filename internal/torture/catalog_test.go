//go:build linux

package torture_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

type recordView struct {
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
}

// create creates a record, and passes its id to made.
func (c *client) create(ctx context.Context, o *operation, resource string, body map[string]any, made func(id int64)) {
	c.write(ctx, o, request{method: http.MethodPost, path: "/" + resource, body: body}, func(got *answer) {
		row := decode[recordView](c, o, got)
		o.claims = append(o.claims, keyClaim{o.key, got.status, row.ID}, versionClaim{record{resource, row.ID}, row.Version})
		o.trail = []trace{{"create", resource, row.ID}}
		made(row.ID)
	})
}

func (c *client) createProduct(ctx context.Context) {
	o := c.begin("product create")
	c.create(ctx, o, "products", map[string]any{
		"sku": o.key, "name": "Torture " + o.key, "price": 1 + c.rng.Int64N(5000), "stock": c.rng.Int64N(40), "category_id": c.floor.category,
	}, c.floor.made)
}

func (c *client) createCategory(ctx context.Context) {
	o := c.begin("category create")
	slug := strings.ReplaceAll(o.key, " ", "-")
	c.create(ctx, o, "categories", map[string]any{"name": o.key, "slug": slug, "parent_id": c.floor.category}, func(int64) {})
}

// createCustomer creates a customer that only this client serves.
func (c *client) createCustomer(ctx context.Context) {
	o := c.begin("customer create")
	email := strings.ReplaceAll(o.key, " ", "-") + "@torture.test"
	c.create(ctx, o, "customers", map[string]any{"email": email, "name": o.key}, func(id int64) {
		c.owned[id] = map[int64]int64{}
	})
}

func etag(version int64) string { return fmt.Sprintf(`"%d"`, version) }

// edit changes a record, mostly with If-Match.
func (c *client) edit(ctx context.Context, kind, resource string, id int64, patch map[string]any) {
	r := request{method: http.MethodPatch, path: fmt.Sprintf("/%s/%d", resource, id), body: patch}
	if c.chance(80) {
		row := read[recordView](ctx, c, strings.Fields(kind)[0]+" view", r.path)
		if row == nil {
			return
		}
		r.ifMatch = etag(row.Version)
	}
	o := &operation{kind: kind}
	c.write(ctx, o, r, func(got *answer) {
		row := decode[recordView](c, o, got)
		made := versionClaim{record{resource, id}, row.Version}
		o.claims = append(o.claims, made, fieldsClaim{made, patch})
		o.trail = []trace{{"update", resource, id}}
		if r.ifMatch != "" && r.ifMatch != etag(row.Version-1) {
			c.journal.accuse(ruleVersion, fmt.Sprintf("%s %d: an edit of version %s made version %d", resource, id, r.ifMatch, row.Version))
		}
	})
}

// editProduct changes the price of a product that others are buying, or another field.
func (c *client) editProduct(ctx context.Context) {
	id := c.pick(c.floor.hot)
	if c.chance(30) {
		if made := c.pick(c.floor.madeProducts()); made != 0 {
			id = made
		}
	}
	patch := map[string]any{"description": fmt.Sprint("edited ", c.sent)}
	if c.chance(30) {
		patch = map[string]any{"price": 100 + c.rng.Int64N(5000)}
	}
	c.edit(ctx, "product edit", "products", id, patch)
}

func (c *client) editCustomer(ctx context.Context) {
	c.edit(ctx, "customer edit", "customers", c.pick(c.floor.customers), map[string]any{"note": fmt.Sprint("edited ", c.sent)})
}

// several returns some of the products that were created in this run.
func (c *client) several() []int64 {
	made := c.floor.madeProducts()
	c.rng.Shuffle(len(made), func(i, k int) { made[i], made[k] = made[k], made[i] })
	return made[:min(len(made), 1+c.rng.IntN(6))]
}

func (c *client) bulkEdit(ctx context.Context) {
	ids := c.several()
	if c.chance(50) {
		ids = append(ids, c.pick(c.floor.hot))
	}
	c.bulk(ctx, "bulk edit", "update", ids, map[string]any{"patch": map[string]any{"low_stock_at": c.rng.Int64N(20)}})
}

func (c *client) bulkAction(ctx context.Context) {
	action := "delete"
	if c.chance(60) {
		action = "restore"
	}
	c.bulk(ctx, "bulk "+action, action, c.several(), map[string]any{"action": action})
}

func (c *client) bulk(ctx context.Context, kind, action string, ids []int64, body map[string]any) {
	if len(ids) == 0 {
		return
	}
	body["ids"] = ids
	o := c.begin(kind)
	o.loose = action == "restore" // of what is not deleted, which changes nothing
	c.write(ctx, o, request{method: http.MethodPost, path: "/products/bulk", body: body}, func(got *answer) {
		o.claims = append(o.claims, keyClaim{o.key, got.status, 0})
		verdicts := decode[struct {
			Results []struct {
				ID     int64 `json:"id"`
				Status int   `json:"status"`
			} `json:"results"`
		}](c, o, got)
		for _, v := range verdicts.Results {
			if v.Status < http.StatusBadRequest {
				o.trail = append(o.trail, trace{action, "products", v.ID})
			}
		}
	})
}

func (c *client) deleteProduct(ctx context.Context) {
	id := c.pick(c.floor.madeProducts())
	if id == 0 {
		return
	}
	o := &operation{kind: "product delete"}
	c.write(ctx, o, request{method: http.MethodDelete, path: fmt.Sprintf("/products/%d", id)}, func(*answer) {
		o.trail = []trace{{"delete", "products", id}}
	})
}

func (c *client) restoreProduct(ctx context.Context) {
	id := c.pick(c.floor.madeProducts())
	if id == 0 {
		return
	}
	o := c.begin("product restore")
	o.loose = true // it may not have been deleted
	c.write(ctx, o, request{method: http.MethodPost, path: fmt.Sprintf("/products/%d/restore", id)}, func(got *answer) {
		row := decode[recordView](c, o, got)
		o.claims = append(o.claims, keyClaim{o.key, got.status, id}, versionClaim{record{"products", id}, row.Version})
		o.trail = []trace{{"restore", "products", id}}
	})
}
