package handlers_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// staff returns a member of staff with these permissions.
func staff(permissions ...access.Permission) *access.Viewer {
	return access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 2, Email: "staff@example.com"}, permissions...)
}

// open are the operations that can be called anonymously.
var open = []string{"/healthz", "/readyz", "/api/v1/auth/login", "/api/v1/auth/totp", "/api/v1/auth/setup"}

// refusing are operations that can refuse for other reasons than missing permissions, and
// so may answer 403 to callers who have them.
var refusing = map[string]string{
	"create-staff-member": "nobody gives a role that allows more than they may",
	"update-staff-member": "nobody changes their own role, nor who may do more",
	"invite-staff":        "nobody invites themselves, nor who may do more",
	"remove-staff-totp":   "nobody takes their own second factor that way, nor that of who may do more",
	"create-role":         "nobody gives what they lack",
	"update-role":         "nobody changes their own role",
	"delete-role":         "nobody deletes what allows more than they may",
	"create-api-token":    "no token allows more than its author may",
	"report-sales":        "by category or product needs to read these",
	"list-sessions":       "those of another member need staff:manage, as the parameter says",
}

// Every operation of the document declares who may call it, by existing permissions.
func TestOperationsSayWhoMay(t *testing.T) {
	t.Parallel()
	d := newDriver(t, newAPI(t, storetest.SQLite(t)))
	for _, o := range d.operations {
		if public := slices.Contains(open, o.path); o.guarded == public || o.declared == public {
			t.Errorf("%s: guarded %t, permission declared %t, open %t", o.id, o.guarded, o.declared, public)
		}
		for _, p := range slices.Concat(o.anyOf, o.besides) {
			if !access.Known(p) {
				t.Errorf("%s needs %s, which nobody can have", o.id, p)
			}
		}
		described := object(object(object(d.document["paths"])[o.path])[strings.ToLower(o.method)])
		answers := object(described["responses"])
		for _, status := range []string{"401", "403"} {
			if o.guarded && answers[status] == nil {
				t.Errorf("%s does not document %s", o.id, status)
			}
		}
		for _, p := range slices.Concat(o.anyOf, o.besides) {
			if !strings.Contains(text(described["description"]), string(p)) {
				t.Errorf("%s does not say to people that it needs %s", o.id, p)
			}
		}
	}
	for id := range refusing {
		if !slices.ContainsFunc(d.operations, func(o operation) bool { return o.id == id }) {
			t.Errorf("there is no operation %s", id)
		}
	}
	schemes := object(object(d.document["components"])["securitySchemes"])
	if text(object(schemes["sessionCookie"])["name"]) != "storekeeper_session" || text(object(schemes["token"])["scheme"]) != "bearer" {
		t.Errorf("security schemes %v", schemes)
	}
}

// The whole matrix: every built-in role, a role without permissions, some that may read one
// thing, and anonymous, for every operation of the document. Callers without the permission
// always get 403 or 401, and nothing is written; callers with it never do.
func TestRolesTimesOperations(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.furnish()
		d := newDriver(t, a)
		viewers := map[string]*access.Viewer{"nobody": nobody, "nothing": staff()}
		for _, role := range access.Roles() {
			viewers[role.Name] = staff(role.Permissions...)
		}
		for _, p := range []access.Permission{access.ReportsRead, "orders:read", "customers:read", "products:read"} {
			viewers["reader of "+string(p)] = staff(p)
		}
		for who, viewer := range viewers {
			d.api, d.furnisher = a.by(viewer), nil
			before := a.snapshot()
			for _, o := range d.operations {
				if o.guarded && !may(viewer, o) {
					d.refused(who, o)
				}
			}
			a.unchanged(before)
			d.furnisher = a // the owner creates the records that the viewer's requests need
			for _, o := range d.operations {
				if o.guarded && may(viewer, o) {
					d.admitted(who, o)
				}
			}
		}
	})
}

func may(viewer *access.Viewer, o operation) bool {
	lacks := func(p access.Permission) bool { return !viewer.Can(p) }
	return viewer != nobody && (len(o.anyOf) == 0 || slices.ContainsFunc(o.anyOf, viewer.Can)) && !slices.ContainsFunc(o.besides, lacks)
}

// refused sends a valid and a wild request that must be refused. A wild one may also be
// refused as unreadable, except when it is anonymous.
func (d *driver) refused(who string, o operation) {
	d.t.Helper()
	want, code := http.StatusForbidden, "forbidden"
	if d.api.viewer == nobody {
		want, code = http.StatusUnauthorized, "unauthenticated"
	}
	for _, wild := range []bool{false, true} {
		answer := d.sendWild(o, wild)
		if answer.Code != want || !strings.Contains(answer.Body.String(), `"code":"`+code+`"`) {
			if wild && answer.Code >= 400 && answer.Code < 500 && d.api.viewer != nobody {
				continue
			}
			d.t.Errorf("%s: %s: %d, want %d %s: %s", who, o.id, answer.Code, want, code, answer.Body)
		}
	}
}

// admitted sends a valid request that must not be refused. For operations with several
// permissions, the required one depends on the body: see TestBodiesSayWhatIsNeeded.
func (d *driver) admitted(who string, o operation) {
	d.t.Helper()
	answer := d.sendWild(o, false)
	if _, other := refusing[o.id]; other || len(o.anyOf) > 1 && answer.Code == http.StatusForbidden {
		return
	}
	if answer.Code == http.StatusUnauthorized || answer.Code == http.StatusForbidden {
		d.t.Errorf("%s: %s: %d %s", who, o.id, answer.Code, answer.Body)
	}
}

// demand is a request whose body determines its permissions: any one of these is enough.
type demand struct {
	operation, request, body string
	status                   int
	anyOf                    []access.Permission
}

// demands are the requests of operations with several permissions.
var demands = []demand{
	{"transition-order", "POST /orders/{order}/transitions", `{"to":"processing"}`, 200, []access.Permission{access.OrdersTransition}},
	{"transition-order", "POST /orders/{order}/transitions", `{"to":"cancelled"}`, 200, []access.Permission{access.OrdersCancel}},
	{"get-stock", "GET /products/{product}/stock", "", 200, []access.Permission{access.MovementsRead, access.StockCount}},
	{
		"create-stock-movement", "POST /products/{product}/stock-movements", `{"quantity_change":5,"reason":"receipt"}`, 201,
		[]access.Permission{access.StockReceive, access.StockAdjust},
	},
	{
		"create-stock-movement", "POST /products/{product}/stock-movements", `{"quantity_change":5,"reason":"return"}`, 201,
		[]access.Permission{access.StockReceive, access.StockAdjust},
	},
	{
		"create-stock-movement", "POST /products/{product}/stock-movements", `{"quantity_change":-1,"reason":"receipt"}`, 201,
		[]access.Permission{access.StockAdjust},
	},
	{
		"create-stock-movement", "POST /products/{product}/stock-movements", `{"quantity_change":-1,"reason":"return"}`, 201,
		[]access.Permission{access.StockAdjust},
	},
	{
		"create-stock-movement", "POST /products/{product}/stock-movements", `{"quantity_change":1,"reason":"adjustment"}`, 201,
		[]access.Permission{access.StockAdjust},
	},
	{
		"create-stock-movement", "POST /products/{product}/stock-movements", `{"quantity_change":-1,"reason":"damage"}`, 201,
		[]access.Permission{access.StockAdjust},
	},
	{
		"create-stock-movement", "POST /products/{product}/stock-movements", `{"quantity_change":1,"reason":"stocktake"}`, 201,
		[]access.Permission{access.StockCount},
	},
	{"bulk-products", "POST /products/bulk", `{"ids":[{product}],"patch":{"name":"N"}}`, 200, []access.Permission{"products:update"}},
	{"bulk-products", "POST /products/bulk", `{"ids":[{second}],"action":"delete"}`, 200, []access.Permission{"products:delete"}},
	{"bulk-products", "POST /products/bulk", `{"ids":[{gone_product}],"action":"restore"}`, 200, []access.Permission{"products:delete"}},
	{"bulk-categories", "POST /categories/bulk", `{"ids":[{spare}],"patch":{"name":"N"}}`, 200, []access.Permission{"categories:update"}},
	{"bulk-categories", "POST /categories/bulk", `{"ids":[{spare}],"action":"delete"}`, 200, []access.Permission{"categories:delete"}},
	{"bulk-customers", "POST /customers/bulk", `{"ids":[{customer}],"patch":{"name":"N"}}`, 200, []access.Permission{"customers:update"}},
	{"bulk-customers", "POST /customers/bulk", `{"ids":[{buyer}],"action":"delete"}`, 200, []access.Permission{"customers:delete"}},
}

// Where the body determines the permission, each of the listed ones is enough, all others
// together are not, and every built-in role may do what its permissions allow. Refused
// requests write nothing.
func TestBodiesSayWhatIsNeeded(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		d := newDriver(t, a)
		for _, o := range d.operations {
			if strings.HasPrefix(o.id, "bulk-") { // all resources share one implementation: three stand for all
				continue
			}
			if len(o.anyOf) > 1 && !slices.ContainsFunc(demands, func(c demand) bool { return c.operation == o.id }) {
				t.Errorf("nothing says which of %v %s needs when", o.anyOf, o.id)
			}
		}
		for _, c := range demands {
			a.refusesUnless(ids, c)
		}
		a.reconciled()
	})
}

func (a *api) refusesUnless(ids names, c demand) {
	a.t.Helper()
	ids["order"] = a.order(ids["buyer"], 1, ids["product"])
	method, path, _ := strings.Cut(c.request, " ")
	var others []access.Permission
	for _, p := range access.All() {
		if !slices.Contains(c.anyOf, p) {
			others = append(others, p)
		}
	}
	viewers := [][]access.Permission{others}
	for _, role := range access.Roles() {
		viewers = append(viewers, role.Permissions)
	}
	for _, permissions := range viewers {
		if slices.ContainsFunc(permissions, func(p access.Permission) bool { return slices.Contains(c.anyOf, p) }) {
			continue
		}
		before := a.snapshot()
		a.by(staff(permissions...)).do(method, ids.in(path), ids.in(c.body)).problem(http.StatusForbidden, "forbidden")
		a.unchanged(before)
	}
	for i, p := range c.anyOf {
		if i > 0 {
			ids["order"] = a.order(ids["buyer"], 1, ids["product"])
		}
		answer := a.by(staff(p)).do(method, ids.in(path), ids.in(c.body)).is(c.status)
		if strings.HasPrefix(c.operation, "bulk-") {
			answer.has("failed", 0)
		}
	}
}
