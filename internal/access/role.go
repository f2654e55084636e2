package access

import "slices"

// Role is a role that comes with the program. It cannot be changed.
type Role struct {
	Name        string
	Label       string
	Description string
	Permissions []Permission
}

// The names of the built-in roles.
const (
	RoleOwner      = "owner"
	RoleManager    = "manager"
	RoleCatalog    = "catalog"
	RoleFulfilment = "fulfilment"
	RoleSupport    = "support"
	RoleReadOnly   = "read-only"
)

// roles are the built-in roles. The audience of each decides which permissions it has,
// those of new entities included; beyond are permissions that it has in addition.
var roles = []struct {
	name, label, description string
	audience                 Audience
	beyond                   []Permission
}{
	{RoleOwner, "Owner", "Everything.", Owners, nil},
	{RoleManager, "Manager", "Everything except staff and roles.", Managers, nil},
	{RoleCatalog, "Catalog", "Can view the shop. Manages categories, products and stock.", Everyone, []Permission{
		"categories:create", "categories:update", "categories:delete",
		"products:create", "products:update", "products:delete",
		StockAdjust, StockReceive, StockCount,
	}},
	{RoleFulfilment, "Fulfilment", "Can view the shop. Moves and cancels orders, and receives stock.", Everyone, []Permission{
		OrdersTransition, OrdersCancel, OrdersNote, OrdersAddress, StockReceive,
	}},
	{RoleSupport, "Support", "Can view the shop. Manages customers and their carts, and places and cancels orders.", Everyone, []Permission{
		"customers:create", "customers:update", "customers:delete",
		CartsUpdate, CheckoutCreate, OrdersNote, OrdersAddress, OrdersCancel,
	}},
	{RoleReadOnly, "Read only", "Can view the shop, but change nothing.", Everyone, nil},
}

// Roles returns the built-in roles, the most powerful first.
func Roles() []Role {
	out := make([]Role, len(roles))
	for i, r := range roles {
		out[i] = Role{Name: r.name, Label: r.label, Description: r.description}
		for _, p := range permissions {
			if p.Audience >= r.audience || slices.Contains(r.beyond, p.Name) {
				out[i].Permissions = append(out[i].Permissions, p.Name)
			}
		}
	}
	return out
}

// BuiltIn returns the built-in role with that name, and whether there is one.
func BuiltIn(name string) (Role, bool) {
	all := Roles()
	i := slices.IndexFunc(all, func(r Role) bool { return r.Name == name })
	if i < 0 {
		return Role{}, false
	}
	return all[i], true
}
