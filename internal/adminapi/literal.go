package adminapi

import (
	"fmt"
	"strings"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// literal is the Go literal of a field's default, of the type that JSON reads
// back: an integer stays an int64.
func literal(value any) string {
	switch value.(type) {
	case int64, float64:
		return fmt.Sprintf("%T(%[1]v)", value)
	default:
		return fmt.Sprintf("%#v", value)
	}
}

// stringList is the Go literal of a list, never nil: JSON lists are not null.
func stringList(values []string) string {
	return fmt.Sprintf("%#v", append([]string{}, values...))
}

// constant is the name of a type's or an operation's constant in package
// definition.
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
