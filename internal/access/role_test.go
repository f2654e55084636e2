package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/access"
)

// reads are the permissions to see a shop that everyone has: catalog, stock, customers,
// carts, orders and reports.
const reads = "carts:read categories:read customers:read inventory-movements:read order-items:read orders:read products:read reports:read"

// beyond are the permissions of this shop's roles in addition to reading.
var beyond = map[string]string{
	access.RoleReadOnly:   "",
	access.RoleFulfilment: "orders:transition orders:cancel orders:note orders:address stock:receive",
	access.RoleSupport: "customers:create customers:update customers:delete carts:update checkout:create " +
		"orders:note orders:address orders:cancel",
	access.RoleCatalog: "categories:create categories:update categories:delete products:create products:update products:delete " +
		"stock:adjust stock:receive stock:count",
	access.RoleManager: "categories:create categories:update categories:delete products:create products:update products:delete " +
		"customers:create customers:update customers:delete customers:erase carts:update checkout:create " +
		"orders:transition orders:cancel orders:note orders:address stock:adjust stock:receive stock:count " +
		"audit:read audit:revert data:export data:import tokens:manage",
}

// resources are the resources of this shop that have permissions. A resource that is
// added to the schema brings its own permissions.
var resources = strings.Fields("audit carts categories checkout customers data inventory-movements order-items orders products reports " +
	"roles staff stock tokens")

func TestBuiltInRoles(t *testing.T) {
	t.Parallel()
	for name, more := range beyond {
		role, ok := access.BuiltIn(name)
		if !ok {
			t.Errorf("no role %s", name)
			continue
		}
		want := append(strings.Fields(reads), strings.Fields(more)...)
		got := make([]string, 0, len(want))
		for _, p := range role.Permissions {
			resource, _, _ := strings.Cut(string(p), ":")
			if slices.Contains(resources, resource) {
				got = append(got, string(p))
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	owner, _ := access.BuiltIn(access.RoleOwner)
	if !slices.Equal(owner.Permissions, access.All()) {
		t.Errorf("an owner has %v of %v", owner.Permissions, access.All())
	}
	if roles := access.Roles(); len(roles) != len(beyond)+1 {
		t.Errorf("%d built-in roles", len(roles))
	}
	if _, ok := access.BuiltIn("Owner"); ok {
		t.Error("names of roles are compared letter by letter")
	}
}

// Every permission has a description and two parts that form its name, and exists once.
// Every permission that entities and grants name exists, or is an inner one that no role
// has.
func TestPermissions(t *testing.T) {
	t.Parallel()
	seen := map[access.Permission]bool{}
	for _, p := range access.Permissions() {
		if string(p.Name) != p.Resource+":"+p.Action || p.Description == "" || strings.HasSuffix(p.Description, ".") || seen[p.Name] {
			t.Errorf("%+v", p)
		}
		seen[p.Name] = true
	}
	derived := []string{"read", "create", "update", "delete"}
	for _, name := range access.Entities() {
		e, _ := access.Of(name)
		for i, p := range []access.Permission{e.Read, e.Create, e.Update, e.Delete} {
			_, action, _ := strings.Cut(string(p), ":")
			if p != access.Anyone && !access.Known(p) && action != derived[i] {
				t.Errorf("%s: %s needs %s, which nobody can have", name, derived[i], p)
			}
		}
	}
}

// No role but the owner's can do anything with staff and roles, and a role that only
// reads never changes anything.
func TestAudiences(t *testing.T) {
	t.Parallel()
	for _, role := range access.Roles() {
		for _, p := range role.Permissions {
			resource, action, _ := strings.Cut(string(p), ":")
			if (resource == "staff" || resource == "roles") && role.Name != access.RoleOwner {
				t.Errorf("%s has %s", role.Name, p)
			}
			if role.Name == access.RoleReadOnly && action != "read" {
				t.Errorf("%s has %s", role.Name, p)
			}
		}
	}
}
