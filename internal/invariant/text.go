package invariant

import (
	"errors"
	"strings"
)

// NotBlank reports an error when a name is white space alone. White space around a name
// is allowed.
func NotBlank(name string) error {
	if name != "" && strings.TrimSpace(name) == "" { // an empty one is refused as that
		return errors.New("must not be white space alone")
	}
	return nil
}
