package adminapi

import (
	"fmt"
	"strings"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// literal returns the Go literal of a field's default. It has the type that reading JSON
// gives it: an integer stays an int64.
func literal(value any) string {
	switch value.(type) {
	case int64, float64:
		return fmt.Sprintf("%T(%[1]v)", value)
	default:
		return fmt.Sprintf("%#v", value)
	}
}

// stringList returns the Go literal of a list, which is never nil: JSON lists are not
// null.
func stringList(values []string) string {
	return fmt.Sprintf("%#v", append([]string{}, values...))
}

// constant returns the name of the constant in package definition for a type or an
// operation.
func constant(value any) string {
	switch v := value.(type) {
	case definition.Type:
		return "definition." + typeNames[v]
	case definition.Operation:
		return "definition." + strings.ToUpper(string(v[:1])) + string(v[1:])
	default:
		return fmt.Sprintf("%#v", v)
	}
}
