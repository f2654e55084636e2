package access_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// stale is an ETag that no record has.
const stale = `"99"`

// requests are requests for which one permission has to be enough, on the shop that furnish
// makes. Together they use everything that operations are given.
var requests = []struct {
	permission            access.Permission
	request, body, ifSeen string
	status                int
}{
	{"orders:read", "GET /orders/1", "", "", 200},
	{"inventory-movements:read", "GET /products/1/stock-movements", "", "", 200},
	{"inventory-movements:read", "GET /products/1/stock", "", "", 200},
	{access.CartsRead, "GET /customers/1/cart", "", "", 200},
	{"categories:create", "POST /categories", `{"name":"C","slug":"c","parent_id":1}`, "", 201},
	{"categories:update", "PATCH /categories/2", `{"parent_id":1}`, "", 200},
	{"categories:update", "PATCH /categories/2", `{"name":"C"}`, stale, 412},
	{"categories:delete", "DELETE /categories/2", "", stale, 412},
	{"categories:delete", "DELETE /categories/2", "", "", 204},
	{"categories:delete", "POST /categories/2/restore", "", "", 200},
	{"products:create", "POST /products", `{"sku":"N","name":"N","price":1,"stock":5,"category_id":1}`, "", 201},
	{"products:create", "POST /products", `{"sku":"M","name":"M","price":1,"category_id":1}`, "", 201},
	{"products:update", "PATCH /products/2", `{"category_id":2}`, "", 200},
	{"products:update", "PATCH /products/2", `{"name":"P"}`, stale, 412},
	{"products:delete", "DELETE /products/2", "", stale, 412},
	{"products:delete", "DELETE /products/2", "", "", 204},
	{"products:delete", "POST /products/2/restore", "", "", 200},
	{"customers:update", "PATCH /customers/1", `{"name":"C"}`, stale, 412},
	{"customers:delete", "DELETE /customers/1", "", stale, 412},
	{access.CartsUpdate, "POST /customers/1/cart/items", `{"product_id":1,"quantity":1}`, "", 200},
	{access.CheckoutCreate, "POST /customers/1/checkout", "", "", 201},
	{access.OrdersTransition, "POST /orders/2/transitions", `{"to":"processing"}`, "", 200},
	{access.OrdersCancel, "POST /orders/1/transitions", `{"to":"cancelled"}`, "", 200},
	{access.OrdersNote, "POST /orders/1/notes", `{"note":"n"}`, "", 201},
	{access.OrdersAddress, "POST /orders/2/delivery-address", `{"delivery_address":"a"}`, "", 200},
	{access.StockAdjust, "POST /products/1/stock-movements", `{"quantity_change":-1,"reason":"damage"}`, "", 201},
	{access.StockReceive, "POST /products/1/stock-movements", `{"quantity_change":1,"reason":"receipt"}`, "", 201},
	{access.StockCount, "POST /products/1/stocktake", `{"counted":5,"expected":8}`, "", 201},
	{access.StockCount, "GET /products/1/stock", "", "", 200},
	{access.StockCount, "POST /products/1/stocktake", `{"counted":8,"expected":5,"committed":2}`, "", 201},
	{access.OrdersTransition, "POST /orders/2/transitions", `{"to":"shipped"}`, "", 200},
	{access.StockReceive, "POST /products/1/stock-movements", `{"quantity_change":1,"reason":"return","order_item_id":2}`, "", 201},
	{access.StockAdjust, "POST /products/1/stock-movements", `{"quantity_change":1,"reason":"return","order_item_id":2}`, "", 409},
	{access.RolesManage, "POST /roles", `{"name":"own","label":"Own","permissions":[]}`, "", 201},
	{access.RolesManage, "PATCH /roles/1", `{"label":"R"}`, stale, 412},
	{access.RolesManage, "PATCH /roles/1", `{"label":"R"}`, "", 200},
	{access.RolesManage, "DELETE /roles/1", "", stale, 412},
	{access.RolesManage, "DELETE /roles/1", "", "", 204},
	// Undoing needs another permission too. A creation is found, and refused.
	{access.AuditRevert, "POST /audit-entries/1/revert", "", "", 422},
	{access.DataExport, "GET /customers/1/personal-data", "", "", 200},
	{access.CustomersErase, "POST /customers/2/erase", "", "", 200},
}

// furnish makes categories 1 and 2, products 1 and 2 with 10 in stock, customer 1
// with a line in the cart and orders 1 and 2, which are pending, and customer 2.
func furnish(t *testing.T, db *store.DB) {
	t.Helper()
	products := shoptest.Products(t, db, 2, 10)
	shoptest.Category(t, db, "second", nil)
	customer := shoptest.Customers(t, db, 2)[0]
	shoptest.Order(t, db, customer, products[0])
	shoptest.Order(t, db, customer, products[0])
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		return tx.CartItem.Create().SetCustomerID(customer).SetProductID(products[1]).SetQuantity(1).Exec(ctx)
	})
}

// refusals sends all requests, each as a viewer with its one permission, and returns how
// many were refused because of a missing permission. Any other unexpected answer fails the
// test.
func refusals(t *testing.T, wholly bool) int {
	t.Helper()
	db := storetest.SQLite(t)
	furnish(t, db)
	var sender *access.Viewer
	server, err := handlers.New(handlers.Config{
		DB: db, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(*http.Request) (*access.Viewer, error) { return sender, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, r := range requests {
		sender = clerk(r.permission)
		method, path, _ := strings.Cut(r.request, " ")
		req := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, strings.NewReader(r.body))
		if r.ifSeen != "" {
			req.Header.Set("If-Match", r.ifSeen)
		}
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, req)
		if answer.Code == http.StatusForbidden {
			refused++
		}
		if wholly && answer.Code != r.status {
			t.Errorf("%s with %s: %d %s", r.request, r.permission, answer.Code, answer.Body)
		}
	}
	if err := addItem(t, db); shop.KindOf(err) == shop.KindForbidden {
		refused++
	} else if err != nil {
		t.Error(err)
	}
	return refused
}

// addItem adds an item to a pending order within a checkout, without package stock: the
// rule on items sells it.
func addItem(t *testing.T, db *store.DB) error {
	t.Helper()
	return db.Tx(access.With(t.Context(), clerk(access.CheckoutCreate)), func(ctx context.Context, tx *ent.Client) error {
		ctx, err := access.Allow(ctx, access.CheckoutCreate)
		if err != nil {
			return err
		}
		order, err := tx.Order.Create().SetCustomerID(1).SetTotalAmount(1).SetCurrency("EUR").Save(ctx)
		if err != nil {
			return err
		}
		return tx.OrderItem.Create().SetOrderID(order.ID).SetProductID(1).SetQuantity(1).SetSku("S").SetProductName("P").SetPrice(1).Exec(ctx)
	})
}

// asked reports whether the requests cover what a permission is given. They do not cover
// the permission to read a resource's own records, which every resource gives, for the
// resources that they do not name.
func asked(p, given access.Permission) bool {
	resource, _, _ := strings.Cut(string(p), ":")
	if string(given) != resource+":read" {
		return true
	}
	for _, r := range requests {
		if strings.HasPrefix(string(r.permission), resource+":") {
			return true
		}
	}
	return false
}

// Operations are given what they need and nothing more: with all of it, each permission
// alone is enough for its requests; without any one of it, some request is refused.
func TestNothingIsGivenInVain(t *testing.T) { //nolint:paralleltest // changes the table
	if n := refusals(t, true); n != 0 {
		t.Fatalf("%d refusals", n)
	}
	for p, gives := range access.Grants() {
		for _, given := range gives {
			if !asked(p, given) {
				continue
			}
			restore := access.Without(p, given)
			if refusals(t, false) == 0 {
				t.Errorf("%s is given %s in vain", p, given)
			}
			restore()
		}
	}
}
