package seed_test

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/phone"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The demo shop looks real.
func TestDemo(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	o := seed.Demo()
	o.Now = now
	run(t, db, o)
	t.Run("tree", func(t *testing.T) { t.Parallel(); checkTree(t, db) })
	t.Run("catalog", func(t *testing.T) { t.Parallel(); checkCatalog(t, db) })
	t.Run("customers", func(t *testing.T) { t.Parallel(); checkCustomers(t, db) })
	t.Run("carts", func(t *testing.T) { t.Parallel(); checkCarts(t, db) })
	t.Run("orders", func(t *testing.T) { t.Parallel(); checkOrders(t, db) })
	t.Run("rhythm", func(t *testing.T) { t.Parallel(); checkRhythm(t, db) })
	t.Run("timelines", func(t *testing.T) { t.Parallel(); checkTimelines(t, db) })
	t.Run("ledger", func(t *testing.T) { t.Parallel(); checkLedger(t, db) })
}

// Small shops have orders in every state too.
func TestEveryStateOfASmallShop(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := small()
		o.Orders = 40
		run(t, db, o)
		for _, status := range shop.OrderStatuses {
			if db.Reader.Order.Query().Where(order.StatusEQ(status)).CountX(storetest.Context(t)) == 0 {
				t.Errorf("no order is %s", status)
			}
		}
	})
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %v, expected %v to %v", what, got, low, high)
	}
}

func valid(t *testing.T, id int64, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Errorf("row %d: %v", id, err)
		}
	}
}

func ascending[R any](t *testing.T, what string, rows []R, at func(R) time.Time) {
	t.Helper()
	if !slices.IsSortedFunc(rows, func(a, b R) int { return at(a).Compare(at(b)) }) {
		t.Errorf("%s: ids do not ascend with time", what)
	}
}

func checkTree(t *testing.T, db *store.DB) {
	t.Helper()
	depth := map[int64]int{}
	leaves := map[int64]bool{}
	for _, c := range db.Reader.Category.Query().Order(category.ByID()).AllX(storetest.Context(t)) {
		valid(t, c.ID, category.NameValidator(c.Name), category.SlugValidator(c.Slug), category.PositionValidator(c.Position))
		depth[c.ID] = 1
		if c.ParentID != nil {
			depth[c.ID] = depth[*c.ParentID] + 1
			delete(leaves, *c.ParentID)
		}
		leaves[c.ID] = true
	}
	for id := range leaves {
		if depth[id] != 3 {
			t.Errorf("category %d without children is at level %d", id, depth[id])
		}
	}
	filled := map[int64]bool{}
	for _, p := range db.Reader.Product.Query().AllX(storetest.Context(t)) {
		filled[p.CategoryID] = true
		if !leaves[p.CategoryID] {
			t.Errorf("product %d is in category %d, which has children", p.ID, p.CategoryID)
		}
	}
	within(t, "categories with products", float64(len(filled))/float64(len(leaves)), 0.95, 1)
}

func checkCatalog(t *testing.T, db *store.DB) {
	t.Helper()
	products := db.Reader.Product.Query().Order(product.ByID()).AllX(storetest.Context(t))
	ascending(t, "products", products, func(p *ent.Product) time.Time { return p.CreatedAt })
	scheme := regexp.MustCompile(`^[A-Z]{3}-\d{4}$`)
	names := map[string]bool{}
	var inactive, out, low, warned, edited float64
	for _, p := range products {
		valid(t, p.ID, product.NameValidator(p.Name), product.SkuValidator(p.Sku), product.DescriptionValidator(p.Description))
		if !scheme.MatchString(p.Sku) || p.Price < 100 || p.Price > 300_000 || p.Description == "" {
			t.Errorf("got %v", p)
		}
		if p.UpdatedAt.Before(p.CreatedAt) || p.UpdatedAt.After(now) || (p.Version == 1) != p.UpdatedAt.Equal(p.CreatedAt) {
			t.Errorf("product %d: version %d, created %v, updated %v", p.ID, p.Version, p.CreatedAt, p.UpdatedAt)
		}
		names[p.Name] = true
		count(&inactive, !p.IsActive)
		count(&out, p.Stock == 0)
		count(&edited, p.Version > 1)
		if p.LowStockAt != nil {
			warned++
			count(&low, p.Stock <= *p.LowStockAt)
		}
	}
	n := float64(len(products))
	within(t, "products", n, 2000, 2000)
	within(t, "different names", float64(len(names)), n, n)
	within(t, "inactive", inactive/n, 0.02, 0.10)
	within(t, "out of stock", out/n, 0.01, 0.10)
	within(t, "with a warning level", warned/n, 0.5, 0.9)
	within(t, "low", low/n, 0.02, 0.2)
	within(t, "edited", edited/n, 0.1, 0.4)
}

func count(n *float64, yes bool) {
	if yes {
		*n++
	}
}

func checkCustomers(t *testing.T, db *store.DB) {
	t.Helper()
	customers := db.Reader.Customer.Query().Order(customer.ByID()).AllX(storetest.Context(t))
	ascending(t, "customers", customers, func(c *ent.Customer) time.Time { return c.CreatedAt })
	address := regexp.MustCompile(`^[a-z]+([._][a-z]+)*\d*@example\.(com|org|net)$`)
	var phones, notes, addresses float64
	names, homes := map[string]bool{}, map[string]bool{}
	for _, c := range customers {
		valid(t, c.ID, customer.EmailValidator(c.Email), customer.NameValidator(c.Name))
		if !address.MatchString(c.Email) {
			t.Errorf("address %q", c.Email)
		}
		names[c.Name] = true
		count(&phones, c.Phone != nil)
		if c.Phone != nil && (c.PhoneDigits == nil || *c.PhoneDigits != phone.Digits(*c.Phone)) {
			t.Errorf("customer %d is not found by %s", c.ID, *c.Phone)
		}
		count(&notes, c.Note != nil)
		count(&addresses, c.Address != nil)
		if c.Address != nil {
			readable(t, c.ID, *c.Address)
			homes[*c.Address] = true
		}
	}
	n := float64(len(customers))
	within(t, "customers", n, 500, 500)
	within(t, "different names", float64(len(names))/n, 0.85, 1)
	within(t, "phones", phones/n, 0.7, 0.95)
	within(t, "notes", notes/n, 0.03, 0.2)
	within(t, "addresses", addresses/n, 0.9, 0.99)
	within(t, "different addresses", float64(len(homes))/n, 0.85, 1)
}

// readable checks the form of an address on a label: a few lines, none of them empty.
func readable(t *testing.T, id int64, address string) {
	t.Helper()
	lines := strings.Split(address, "\n")
	if len(lines) < 3 || len(lines) > 5 || slices.ContainsFunc(lines, func(l string) bool { return l == "" || l != strings.TrimSpace(l) }) {
		t.Errorf("%d: address %q", id, address)
	}
}

func checkCarts(t *testing.T, db *store.DB) {
	t.Helper()
	items := db.Reader.CartItem.Query().WithProduct().AllX(storetest.Context(t))
	owners := map[int64]bool{}
	for _, i := range items {
		owners[i.CustomerID] = true
		if p := i.Edges.Product; !p.IsActive || p.Stock < i.Quantity || i.CreatedAt.After(now) {
			t.Errorf("cart line %v of %v", i, p)
		}
	}
	within(t, "open carts", float64(len(owners)), 10, 20)
}

func checkOrders(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := storetest.Context(t)
	orders := db.Reader.Order.Query().Order(order.ByID()).WithCustomer().AllX(ctx)
	ascending(t, "orders", orders, func(o *ent.Order) time.Time { return o.PlacedAt })
	states := map[shop.OrderStatus]float64{}
	var unknown, elsewhere float64
	for _, o := range orders {
		home := o.Edges.Customer.Address
		count(&unknown, o.DeliveryAddress == nil)
		count(&elsewhere, o.DeliveryAddress != nil && (home == nil || *home != *o.DeliveryAddress))
		if o.DeliveryAddress != nil {
			readable(t, o.ID, *o.DeliveryAddress)
		}
		states[o.Status]++
		if o.PlacedAt.Before(now.AddDate(-1, 0, 0)) || o.PlacedAt.After(now) || !o.PlacedAt.Equal(o.CreatedAt) {
			t.Errorf("order %d was placed at %v", o.ID, o.PlacedAt)
		}
		if o.Edges.Customer.CreatedAt.After(o.PlacedAt) {
			t.Errorf("order %d was placed before its customer joined", o.ID)
		}
		if o.Status == shop.Pending && now.Sub(o.PlacedAt) > 30*24*time.Hour {
			t.Errorf("order %d is pending since %v", o.ID, o.PlacedAt)
		}
	}
	n := float64(len(orders))
	within(t, "orders", n, 5000, 5000)
	within(t, "orders without an address", unknown/n, 0.005, 0.1)
	within(t, "orders sent elsewhere", elsewhere/n, 0.01, 0.06)
	within(t, "pending", states[shop.Pending]/n, 0.0008, 0.02)
	within(t, "processing", states[shop.Processing]/n, 0.0008, 0.03)
	within(t, "shipped", states[shop.Shipped]/n, 0.002, 0.05)
	within(t, "cancelled", states[shop.Cancelled]/n, 0.03, 0.09)
	within(t, "delivered", states[shop.Delivered]/n, 0.85, 0.96)

	items := db.Reader.OrderItem.Query().Order(orderitem.ByID()).WithProduct().AllX(ctx)
	lines, sold := map[int64]map[int64]bool{}, map[int64]float64{}
	var oldPrices float64
	for _, i := range items {
		if lines[i.OrderID] == nil {
			lines[i.OrderID] = map[int64]bool{}
		}
		if p := i.Edges.Product; lines[i.OrderID][i.ProductID] || p.Sku != i.Sku || p.Name != i.ProductName || i.CreatedAt.Before(p.CreatedAt) {
			t.Errorf("item %v of %v", i, p)
		}
		lines[i.OrderID][i.ProductID] = true
		sold[i.ProductID]++
		count(&oldPrices, i.Price != i.Edges.Product.Price)
	}
	for id, products := range lines {
		within(t, "lines of an order", float64(len(products)), 1, 6)
		if id == 0 || len(lines) != len(orders) {
			t.Fatal("orders without items")
		}
	}
	within(t, "lines per order", float64(len(items))/n, 2.2, 2.7)
	within(t, "sold at a price of before", oldPrices/float64(len(items)), 0.02, 0.3)
	ranking := make([]float64, 0, len(sold))
	for _, times := range sold {
		ranking = append(ranking, times)
	}
	slices.SortFunc(ranking, func(a, b float64) int { return cmp.Compare(b, a) })
	var top float64
	for _, times := range ranking[:100] {
		top += times
	}
	within(t, "share of the hundred bestsellers", top/float64(len(items)), 0.25, 0.7)
	within(t, "products that were sold at all", float64(len(ranking)), 1200, 1999)
}

// There are more orders later in the year than earlier, in the evening than at night, and
// on Sunday than on Friday.
func checkRhythm(t *testing.T, db *store.DB) {
	t.Helper()
	var first, second, evening, night, sunday, friday float64
	for _, o := range db.Reader.Order.Query().AllX(storetest.Context(t)) {
		count(&first, now.Sub(o.PlacedAt) > 300*24*time.Hour)
		count(&second, now.Sub(o.PlacedAt) <= 65*24*time.Hour)
		hour := o.PlacedAt.UTC().Hour()
		count(&evening, hour >= 18 && hour < 22)
		count(&night, hour < 4)
		count(&sunday, o.PlacedAt.UTC().Weekday() == time.Sunday)
		count(&friday, o.PlacedAt.UTC().Weekday() == time.Friday)
	}
	within(t, "growth", second/first, 1.4, 4)
	within(t, "evenings over nights", evening/night, 5, 30)
	within(t, "Sundays over Fridays", sunday/friday, 1.1, 2)
}

func checkTimelines(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := storetest.Context(t)
	events := db.Reader.OrderEvent.Query().Order(orderevent.ByID()).AllX(ctx)
	ascending(t, "events", events, func(e *ent.OrderEvent) time.Time { return e.CreatedAt })
	type progress struct {
		status  shop.OrderStatus
		updated time.Time
		version int64
	}
	orders := map[int64]progress{}
	var noted float64
	actors := map[string]bool{}
	for _, e := range events {
		actors[e.Actor] = true
		count(&noted, e.Note != nil)
		p, placed := orders[e.OrderID]
		switch e.Kind {
		case shop.EventPlaced:
			if placed || e.From != nil || *e.To != shop.Pending {
				t.Errorf("event %v", e)
			}
			orders[e.OrderID] = progress{shop.Pending, e.CreatedAt, 1}
		case shop.EventTransition:
			if *e.From != p.status || !p.status.CanBecome(*e.To) || !e.CreatedAt.After(p.updated) {
				t.Errorf("event %v after %+v", e, p)
			}
			orders[e.OrderID] = progress{*e.To, e.CreatedAt, p.version + 1}
		case shop.EventNote, shop.EventReturn:
			if !placed || e.Note == nil || e.From != nil || e.To != nil {
				t.Errorf("event %v", e)
			}
		}
	}
	for _, o := range db.Reader.Order.Query().AllX(ctx) {
		if p := orders[o.ID]; p.status != o.Status || !p.updated.Equal(o.UpdatedAt) || p.version != o.Version {
			t.Errorf("order %v, timeline %+v", o, p)
		}
	}
	within(t, "events", float64(len(events)), 15_000, 25_000)
	within(t, "notes", noted/float64(len(events)), 0.05, 0.3)
	within(t, "actors", float64(len(actors)), 3, 10)
}

func checkLedger(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := storetest.Context(t)
	movements := db.Reader.InventoryMovement.Query().Order(inventorymovement.ByID()).WithProduct().AllX(ctx)
	ascending(t, "movements", movements, func(m *ent.InventoryMovement) time.Time { return m.CreatedAt })
	reasons := map[shop.MovementReason]float64{}
	seen, came, broken := map[int64]bool{}, map[int64]int64{}, 0
	for _, m := range movements {
		reasons[m.Reason]++
		if m.CreatedAt.After(now) || m.CreatedAt.Before(m.Edges.Product.CreatedAt) || m.BalanceAfter < 0 {
			t.Errorf("movement %v", m)
		}
		if first := !seen[m.ProductID]; (m.Reason == shop.Initial) != first {
			t.Errorf("movement %d is of kind %s, first of its product: %t", m.ID, m.Reason, first)
		}
		seen[m.ProductID] = true
		ofOrder := m.Reason == shop.Sale || m.Reason == shop.Cancellation || m.Reason == shop.Return
		if m.OrderItemID != nil && m.Reason == shop.Damage {
			broken++
			ofOrder = came[*m.OrderItemID] == -m.QuantityChange // of what came back
			delete(came, *m.OrderItemID)
		}
		if m.OrderItemID != nil && m.Reason == shop.Return {
			came[*m.OrderItemID] = m.QuantityChange
		}
		if (m.OrderItemID != nil) != ofOrder {
			t.Errorf("movement %v", m)
		}
		if m.Reason == shop.Stocktake && !strings.HasPrefix(*m.Note, "Counted ") {
			t.Errorf("movement %v", m)
		}
	}
	for _, reason := range shop.MovementReasons {
		if reasons[reason] == 0 {
			t.Errorf("nothing moved as %s", reason)
		}
	}
	within(t, "receipts per product", reasons[shop.Receipt]/2000, 0.2, 2)
	within(t, "damaged per product", reasons[shop.Damage]/2000, 0.1, 1)
	within(t, "returns damaged in transit", float64(broken)/reasons[shop.Return], 0.05, 0.35)
}
