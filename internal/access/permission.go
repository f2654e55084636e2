package access

import (
	"cmp"
	"slices"
)

// Info describes a permission to people.
type Info struct {
	Name Permission
	// Resource and Action are the two parts of the name.
	Resource string
	Action   string
	// Description says what it allows, to be read after "may": "see products".
	Description string
	// Audience says which built-in roles have the permission by default.
	Audience Audience
}

// Audience says which of the built-in roles have a permission by default. Each audience
// includes the ones before it: managers have what everyone has.
type Audience int

// The audiences.
const (
	// Owners only: power over staff and roles.
	Owners Audience = iota
	// Managers and owners: changes to the shop.
	Managers
	// Everyone with an account: viewing the shop.
	Everyone
)

// Some of the permissions that are derived from the ent schema, for use cases that name
// them.
const (
	CustomersRead    Permission = "customers:read"
	MovementsRead    Permission = "inventory-movements:read"
	OrdersRead       Permission = "orders:read"
	OrderItemsCreate Permission = "order-items:create"
)

// Permissions that are not one action on one resource.
const (
	OrdersTransition Permission = "orders:transition"
	OrdersCancel     Permission = "orders:cancel"
	OrdersNote       Permission = "orders:note"
	OrdersAddress    Permission = "orders:address"
	StockAdjust      Permission = "stock:adjust"
	StockReceive     Permission = "stock:receive"
	StockCount       Permission = "stock:count"
	CheckoutCreate   Permission = "checkout:create"
	CartsRead        Permission = "carts:read"
	CartsUpdate      Permission = "carts:update"
	StaffManage      Permission = "staff:manage"
	RolesManage      Permission = "roles:manage"
	TokensManage     Permission = "tokens:manage"
	AuditRead        Permission = "audit:read"
	AuditRevert      Permission = "audit:revert"
	ReportsRead      Permission = "reports:read"
	DataExport       Permission = "data:export"
	DataImport       Permission = "data:import"
	CustomersErase   Permission = "customers:erase"
)

// operations are the permissions that are not derived from the schema.
var operations = []Info{
	{OrdersTransition, "orders", "transition", "move orders to their next state, except to cancelled", Managers},
	{OrdersCancel, "orders", "cancel", "cancel orders, which gives their stock back", Managers},
	{OrdersNote, "orders", "note", "add notes to the timeline of orders", Managers},
	{OrdersAddress, "orders", "address", "change where orders are sent, until they are shipped", Managers},
	{StockAdjust, "stock", "adjust", "correct stock, up or down, and write off what is damaged", Managers},
	{StockReceive, "stock", "receive", "take in deliveries and returned goods", Managers},
	{StockCount, "stock", "count", "set stock to what was counted", Managers},
	{CheckoutCreate, "checkout", "create", "turn carts into orders", Managers},
	{CartsRead, "carts", "read", "see the carts of customers", Everyone},
	{CartsUpdate, "carts", "update", "fill and empty the carts of customers", Managers},
	{StaffManage, "staff", "manage", "see, invite, change and disable staff, and end their sessions", Owners},
	{RolesManage, "roles", "manage", "create, change and delete roles", Owners},
	{TokensManage, "tokens", "manage", "see and revoke the API tokens of others, and make some for them", Managers},
	{AuditRead, "audit", "read", "see who did what", Managers},
	{AuditRevert, "audit", "revert", "undo a change that the audit trail shows", Managers},
	{ReportsRead, "reports", "read", "see reports of sales, orders and stock", Everyone},
	{DataExport, "data", "export", "export the personal data of customers, and lists from the admin screens", Managers},
	{DataImport, "data", "import", "import records from CSV files", Managers},
	{CustomersErase, "customers", "erase", "erase the personal data of customers for good", Managers},
}

// permissions are all permissions that a role can have, ordered by resource.
var permissions = func() []Info {
	all := append(slices.Clone(derived), operations...)
	slices.SortStableFunc(all, compare)
	return all
}()

var known = func() map[Permission]*Info {
	byName := make(map[Permission]*Info, len(permissions))
	for i := range permissions {
		byName[permissions[i].Name] = &permissions[i]
	}
	return byName
}()

// Permissions returns all permissions that a role can have, ordered by resource. Those of
// a resource are in the order read, create, update, delete, then its operations.
func Permissions() []Info { return slices.Clone(permissions) }

// Known reports whether there is such a permission. Any other text in a role or a token
// has no effect.
func Known(p Permission) bool { return known[p] != nil }

// All returns the names of all permissions.
func All() []Permission {
	names := make([]Permission, len(permissions))
	for i := range permissions {
		names[i] = permissions[i].Name
	}
	return names
}

// actions are the actions that come first, in this order; all others follow.
var actions = []string{"read", "create", "update", "delete"}

func compare(a, b Info) int {
	return cmp.Or(cmp.Compare(a.Resource, b.Resource), cmp.Compare(rank(a.Action), rank(b.Action)))
}

func rank(action string) int {
	if i := slices.Index(actions, action); i >= 0 {
		return i
	}
	return len(actions)
}

// Both returns the permissions that are in both lists.
func Both(a, b []Permission) []Permission {
	var out []Permission
	for _, p := range a {
		if slices.Contains(b, p) {
			out = append(out, p)
		}
	}
	return out
}
