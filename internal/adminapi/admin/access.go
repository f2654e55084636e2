package admin

// AccessName is the key under which Access stands in the graph.
const AccessName = "AdminAccess"

// Access annotates an entity whose permissions are not the derived ones: RESOURCE:read,
// RESOURCE:create, RESOURCE:update and RESOURCE:delete. Actions that the API does not offer
// need a permission that no role can have: only operations that do more than one thing
// grant it, by the table in internal/access.
type Access struct {
	// Read, Create, Update and Delete name another permission for the action,
	// as "carts:update", which internal/access lists; Anyone lets everybody who
	// may do anything at all.
	Read, Create, Update, Delete string
	// Audience is who has the derived permissions by default: everyone to read
	// and managers to write when empty, owners alone in the group Administration.
	Audience Audience
}

// Name implements schema.Annotation.
func (Access) Name() string { return AccessName }

// Only makes one permission that of every action.
func Only(permission string) Access {
	return Access{Read: permission, Create: permission, Update: permission, Delete: permission}
}

// Anyone is the permission that everybody has who may do anything at all.
const Anyone = "anyone"

// Audience is which of the built-in roles have a permission by default.
type Audience string

// The audiences.
const (
	Owners   Audience = "Owners"
	Managers Audience = "Managers"
	Everyone Audience = "Everyone"
)
