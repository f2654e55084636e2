package adminapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// literal is the Go literal of a field's default, of the type that JSON reads
// back: an integer stays an int64.
func literal(value any) string {
	if n, ok := value.(int64); ok {
		return "int64(" + strconv.FormatInt(n, 10) + ")"
	}
	if f, ok := value.(float64); ok {
		return "float64(" + strconv.FormatFloat(f, 'g', -1, 64) + ")"
	}
	return fmt.Sprintf("%#v", value)
}

// stringList is the Go literal of a list, never nil: JSON lists are not null.
func stringList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	return "[]string{" + strings.Join(quoted, ", ") + "}"
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
