package handlers_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// aprilShop has two products in nested categories and three orders: one in
// April, one in May, and one in May that is cancelled.
func (a *api) aprilShop() {
	a.t.Helper()
	garden := a.category("garden")
	tools := a.post("/categories", map[string]any{"name": "Tools", "slug": "tools", "parent_id": garden}).is(201).int("id")
	spade := a.product("SPADE", 1_001, 10, tools)
	chair := a.product("CHAIR", 4_000, 6, garden)
	buyer := a.customer("ada@example.com")
	for n, lines := range []map[int64]int{{spade: 1, chair: 2}, {spade: 2}, {chair: 3}} {
		for product, quantity := range lines {
			a.post(fmt.Sprintf("/customers/%d/cart/items", buyer), map[string]any{"product_id": product, "quantity": quantity}).is(200)
		}
		id := a.post(fmt.Sprintf("/customers/%d/checkout", buyer), nil).is(201).int("id")
		a.exec(fmt.Sprintf("UPDATE orders SET placed_at = '2026-0%d-30 22:30:00+00:00' WHERE id = %d", min(n+4, 5), id))
	}
	a.post("/orders/3/transitions", map[string]any{"to": "cancelled"}).is(200)
	a.post("/orders/1/transitions", map[string]any{"to": "processing"}).is(200)
	a.patch(fmt.Sprintf("/products/%d", chair), map[string]any{"low_stock_at": 5}).is(200)
	a.post(fmt.Sprintf("/products/%d/stocktake", spade), map[string]any{"counted": 0, "expected": 7}).is(201)
}

// The answers as documented, member by member.
func TestReports(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.aprilShop()
		const may = "from=2026-05-01T00:00:00%2B02:00&to=2026-06-01T00:00:00%2B02:00&tz=Europe/Berlin"
		a.get("/reports/summary?"+may).is(200).
			has("from", "2026-04-30T22:00:00Z").has("to", "2026-05-31T22:00:00Z").
			has("previous_from", "2026-03-30T22:00:00Z").has("previous_to", "2026-04-30T22:00:00Z").
			has("currency", "EUR").
			has("current.revenue", 11_003).has("current.orders", 2).has("current.units", 5).has("current.average_order", 5_502).
			has("previous.revenue", 0).has("previous.orders", 0).has("previous.units", 0).has("previous.average_order", nil)
		a.get("/reports/summary?from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z").is(200).
			has("current.revenue", 2_002).has("previous.revenue", 9_001)

		days := a.get("/reports/sales?by=day&"+may).is(200).has("by", "day").has("currency", "EUR").
			has("items.0.day", "2026-05-01").has("items.0.revenue", 9_001).has("items.0.orders", 1).has("items.0.units", 3).
			has("items.30.day", "2026-05-31").has("items.30.revenue", 2_002).
			has("previous.0.day", "2026-03-31").has("previous.30.day", "2026-04-30")
		if items := days.items(); len(items) != 31 {
			t.Errorf("%d days in May", len(items))
		}
		a.get("/reports/sales?by=category&"+may).is(200).has("by", "category").
			has("items.0.name", "garden").has("items.0.path", "garden").has("items.0.revenue", 8_000).has("items.0.units", 2).
			has("items.1.name", "Tools").has("items.1.path", "garden / Tools").has("items.1.revenue", 3_003).has("items.1.units", 3).
			has("total.revenue", 11_003).has("total.units", 5)
		a.get("/reports/sales?by=product&limit=1&"+may).is(200).has("by", "product").
			has("items.0.sku", "CHAIR").has("items.0.name", "Product CHAIR").has("items.0.product_id", 2).has("items.0.revenue", 8_000).
			has("total.revenue", 11_003)

		for _, by := range []string{"category", "product"} {
			a.get("/reports/sales?sort=-units&by="+by+"&"+may).is(200).
				has("items.0.units", 3).has("items.0.revenue", 3_003).has("items.1.units", 2).has("items.1.revenue", 8_000)
			a.get("/reports/sales?sort=-revenue&by="+by+"&"+may).is(200).has("items.0.revenue", 8_000).has("items.1.units", 3)
		}

		a.get("/reports/orders-by-status").is(200).
			has("items.0.status", "pending").has("items.0.count", 1).has("items.0.count_is_estimate", false).
			has("items.1.status", "processing").has("items.1.count", 1).has("items.4.status", "cancelled").has("items.4.count", 1)
		a.get("/reports/stock-levels").is(200).has("out", 1).has("low", 1).
			has("items.0.sku", "SPADE").has("items.0.stock", 0).has("items.0.low_stock_at", nil).
			has("items.1.sku", "CHAIR").has("items.1.stock", 4).has("items.1.low_stock_at", 5)
		a.get("/reports/stock-levels?stock_gte=1").is(200).has("out", 1).has("low", 1).
			has("items.0.sku", "CHAIR")
		a.get("/reports/unpacked").is(200).
			has("items.0.number", 1_001).has("items.0.status", "processing").has("items.0.customer_name", "ada@example.com").
			has("items.0.placed_at", "2026-04-30T22:30:00Z").has("items.0.total_amount", 9_001).has("items.0.units", 3).
			has("items.1.id", 2).has("items.1.customer_id", 1).has("items.1.currency", "EUR")
		a.get("/reports/customers/1").is(200).has("orders", 2).has("revenue", 11_003).has("average_order", 5_502).has("units", 5).
			has("first_order_at", "2026-04-30T22:30:00Z").has("last_order_at", "2026-05-30T22:30:00Z")
		a.seriesOf()
	})
}

// What comes back is listed in the period in which it comes back, whenever it was sold. What
// names no order line is not.
func TestReturnsReport(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		spade := a.product("SPADE", 1_001, 10, a.category("tools"))
		buyer := a.customer("ada@example.com")
		back := func(order *answer, units int, day string) {
			t.Helper()
			moved := a.post(fmt.Sprintf("/products/%d/stock-movements", spade), map[string]any{
				"quantity_change": units, "reason": "return", "order_item_id": order.int("items.0.id"), "note": "too short",
			}).is(201).int("id")
			a.exec(fmt.Sprintf("UPDATE inventory_movements SET created_at = '%s 12:00:00+00:00' WHERE id = %d", day, moved))
		}
		var orders []*answer
		for range 3 {
			a.post(fmt.Sprintf("/customers/%d/cart/items", buyer), map[string]any{"product_id": spade, "quantity": 3}).is(200)
			order := a.post(fmt.Sprintf("/customers/%d/checkout", buyer), nil).is(201)
			for _, to := range []string{"processing", "shipped"} {
				a.post(fmt.Sprintf("/orders/%d/transitions", order.int("id")), map[string]any{"to": to}).is(200)
			}
			orders = append(orders, order)
		}
		a.patch(fmt.Sprintf("/products/%d", spade), map[string]any{"price": 2_000, "name": "Shovel"}).is(200)
		back(orders[0], 1, "2026-05-02")
		back(orders[1], 2, "2026-05-03")
		back(orders[2], 3, "2026-06-01")
		a.post(fmt.Sprintf("/products/%d/stock-movements", spade), map[string]any{"quantity_change": 1, "reason": "return"}).is(201)
		const may = "/reports/returns?from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z"
		got := a.get(may).is(200).has("currency", "EUR").has("total.units", 3).has("total.amount", 3_003).
			has("items.0.returned_at", "2026-05-03T12:00:00Z").has("items.0.units", 2).has("items.0.price", 1_001).has("items.0.amount", 2_002).
			has("items.0.order_id", int(orders[1].int("id"))).has("items.0.order_number", int(orders[1].int("number"))).
			has("items.0.product_id", int(spade)).has("items.0.sku", "SPADE").has("items.0.product_name", "Product SPADE").
			has("items.0.note", "too short").has("items.1.units", 1)
		if items := got.items(); len(items) != 2 {
			t.Errorf("%d returns in May", len(items))
		}
		a.get(may+"&limit=1").is(200).has("total.units", 3).has("items.0.units", 2)
		a.get("/reports/returns?from=2026-04-01T00:00:00Z&to=2026-05-01T00:00:00Z").is(200).has("total.units", 0).has("total.amount", 0)
		a.get("/reports/returns").is(200).has("total.units", 0) // but sales
		newAPI(t, a.db, inYen).get(may).is(200).has("currency", "JPY").has("total.units", 0)
	})
}

// Sums above the largest amount are null, and the rest of every report is present.
func TestReportsPastTheLargestAmount(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		product := a.product("CROWN", int64(shop.MaxMoney), 5, a.category("jewels"))
		buyer := a.customer("ada@example.com")
		buy := func() {
			a.post(fmt.Sprintf("/customers/%d/cart/items", buyer), map[string]any{"product_id": product, "quantity": 1}).is(200)
			a.post(fmt.Sprintf("/customers/%d/checkout", buyer), nil).is(201)
		}
		check := func(orders int, revenue any) {
			a.t.Helper()
			day := fmt.Sprintf("items.%d.", len(a.get("/reports/sales").is(200).items())-1)
			a.get("/reports/sales").is(200).has(day+"revenue", revenue).has(day+"orders", orders).has(day+"units", orders)
			a.get("/reports/summary").is(200).has("current.revenue", revenue).has("current.orders", orders).has("current.units", orders)
			a.get("/reports/customers/1").is(200).has("revenue", revenue).has("orders", orders).has("units", orders)
			for _, by := range []string{"category", "product"} {
				a.get("/reports/sales?by="+by).is(200).has("items.0.revenue", revenue).has("items.0.units", orders).
					has("total.revenue", revenue).has("total.units", orders)
			}
		}
		buy()
		check(1, int(shop.MaxMoney))
		a.get("/reports/summary").is(200).has("current.average_order", int(shop.MaxMoney))
		buy()
		check(2, nil)
		a.get("/reports/summary").is(200).has("current.average_order", nil)
		a.get("/reports/customers/1").is(200).has("average_order", nil)
		newAPI(a.t, a.db, inYen).get("/reports/summary").is(200).has("other_currencies.0.revenue", nil).has("other_currencies.0.orders", 2)
	})
}

// seriesOf checks a product's stock by day, also for a deleted product.
func (a *api) seriesOf() {
	a.t.Helper()
	a.exec("UPDATE inventory_movements SET created_at = '2026-10-24 12:00:00+00:00' WHERE product_id = 1 AND reason = 'initial'")
	a.exec("UPDATE inventory_movements SET created_at = '2026-10-25 22:59:59.999999+00:00' WHERE product_id = 1 AND reason = 'sale'")
	const path = "/products/1/stock-series?from=2026-10-23T22:00:00Z&to=2026-10-26T23:00:00Z&tz=Europe/Berlin" // 25 hours on the 25th
	check := func(path string) {
		a.t.Helper()
		series := a.get(path).is(200).
			has("items.0.day", "2026-10-24").has("items.0.stock", 10).
			has("items.1.day", "2026-10-25").has("items.1.stock", 7).
			has("items.2.day", "2026-10-26").has("items.2.stock", 7)
		if n := len(series.items()); n != 3 {
			a.t.Errorf("%d days", n)
		}
	}
	check(path)
	a.delete("/products/1").is(204)
	a.get(path).problem(404, "not_found")
	check(path + "&include_deleted=true")
}

// Names and stock need the permission for their records; sums need only that for reports.
func TestReportsShowWhatMayBeRead(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.aprilShop()
		for path, needs := range map[string]access.Permission{
			"/reports/stock-levels":      "products:read",
			"/reports/sales?by=product":  "products:read",
			"/reports/sales?by=category": "categories:read",
			"/reports/customers/1":       "customers:read",
			"/reports/sales":             "",
			"/reports/summary":           "",
			"/reports/orders-by-status":  "",
		} {
			if needs == "" {
				a.by(staff(access.ReportsRead)).get(path).is(200)
				continue
			}
			lacking := slices.DeleteFunc(access.All(), func(p access.Permission) bool { return p == needs })
			a.by(staff(lacking...)).get(path).problem(403, "forbidden")
			a.by(staff(access.ReportsRead, needs)).get(path).is(200)
		}
	})
}

// Invalid requests are refused, naming what is wrong.
func TestReportsRefuse(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.product("A", 1, 1, a.category("a"))
		a.customer("a@example.com")
		a.exec("UPDATE customers SET deleted_at = created_at")
		for query, location := range map[string]string{
			"tz=Mars": "query.tz", "tz=Local": "query.tz", "tz=" + strings.Repeat("x", 65): "query.tz",
			"from=yesterday": "query.from", "to=2026-11-01": "query.to",
			"from=2026-11-02T00:00:00Z&to=2026-11-02T00:00:00Z": "query.from",
			"from=2026-11-03T00:00:00Z&to=2026-11-02T00:00:00Z": "query.from",
			"from=2020-11-01T00:00:00Z&to=2026-11-02T00:00:00Z": "query.from",
			"from=1800-11-01T00:00:00Z&to=2026-11-02T00:00:00Z": "query.from", "to=1800-11-02T00:00:00Z": "query.to",
			"from=9999-01-01T00:00:00Z&to=9999-12-31T00:00:00Z": "query.to",
			"from=0001-01-01T00:00:00Z":                         "query.from", "to=0001-01-01T00:00:00Z": "query.to",
			"from=": "query.from", "to=": "query.to", "tz=": "query.tz",
			"unknown=1": "query.unknown",
		} {
			for _, path := range []string{"/reports/summary", "/reports/sales", "/reports/sales?by=product", "/products/1/stock-series"} {
				separator := "?"
				if strings.Contains(path, "?") {
					separator = "&"
				}
				a.get(path+separator+query).problem(422, "invalid", location)
			}
		}
		const fourYears = "from=2022-11-01T00:00:00Z&to=2026-11-01T00:00:00Z"
		a.get("/reports/sales?"+fourYears).problem(422, "invalid", "query.from")
		a.get("/products/1/stock-series?"+fourYears).problem(422, "invalid", "query.from")
		a.get("/reports/sales?by=category&" + fourYears).is(200)
		a.get("/reports/sales?from=2023-01-01T00:00:00Z&to=2026-01-01T00:00:00Z").is(200) // 1,096 days
		a.get("/reports/sales?by=week").problem(422, "invalid", "query.by")
		for path, most := range map[string]int{
			"/reports/sales?by=product&": 10_000, "/reports/sales?by=category&": 10_000, "/reports/stock-levels?": 100, "/reports/unpacked?": 100,
			"/reports/returns?": 10_000,
		} {
			a.get(fmt.Sprintf("%slimit=%d", path, most)).is(200)
			for _, limit := range []string{"", "0", strconv.Itoa(most + 1), "-1", "x", "9223372036854775808", "05", "%2B5", "%205", "1_0", "5.0"} {
				a.get(path+"limit="+limit).problem(422, "invalid", "query.limit")
			}
		}
		for _, query := range []string{"limit=5", "by=day&limit=5"} {
			a.get("/reports/sales?"+query).problem(422, "invalid", "query.limit")
		}
		a.get("/reports/sales?sort=-units").problem(422, "invalid", "query.sort")
		for _, sort := range []string{"", "units", "revenue", "-price", "-units,-revenue", "-Units", "%20-units"} {
			a.get("/reports/sales?by=product&sort="+sort).problem(422, "invalid", "query.sort")
		}
		a.get("/reports/customers/1").problem(404, "not_found")
		a.get("/reports/customers/1?include_deleted=true").is(200).has("orders", 0).has("average_order", nil).
			has("first_order_at", nil).has("last_order_at", nil)
		a.get("/reports/customers/2").problem(404, "not_found")
		a.get("/reports/customers/0").problem(422, "invalid", "path.id")
		a.get("/products/2/stock-series").problem(404, "not_found")
	})
}

// A shop whose currency has changed does not add pounds to yen.
func TestReportsKeepCurrenciesApart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a := newAPI(t, db)
		a.aprilShop()
		yen := newAPI(t, db, inYen)
		const year = "?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z"
		yen.get("/reports/summary"+year).is(200).has("currency", "JPY").has("current.orders", 0).
			has("other_currencies.0.currency", "EUR").has("other_currencies.0.orders", 2).has("other_currencies.0.revenue", 11_003)
		yen.get("/reports/sales"+year+"&by=product").is(200).has("total.revenue", 0)
		yen.get("/reports/customers/1").is(200).has("orders", 0).has("other_currencies.0.revenue", 11_003)
		a.get("/reports/customers/1").is(200).says(`"other_currencies":[]`)
	})
}
