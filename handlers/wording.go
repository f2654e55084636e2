package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// wordValidation makes huma's messages consistent with those of the rest of the API, and
// formats numbers as people write them: 1000000, not 1e+06.
func wordValidation() {
	huma.ErrorFormatter = func(format string, args ...any) string { //nolint:reassign // huma is configured so
		if format == validation.MsgExpectedMinLength && len(args) == 1 && args[0] == 1 {
			return "must not be empty"
		}
		if format == validation.MsgExpectedMatchPattern && len(args) == 1 && args[0] == shop.EmailPattern {
			return "expected an email address such as jane@example.com"
		}
		if format == validation.MsgExpectedMatchPattern && len(args) == 1 && args[0] == listquery.TimePattern {
			return expectedTime
		}
		for i, arg := range args {
			switch v := arg.(type) {
			case float64:
				args[i] = strconv.FormatFloat(v, 'f', -1, 64)
			case string:
				args[i] = strings.ReplaceAll(v, "<nil>", "null") // in an enum that is nullable
			}
		}
		return fmt.Sprintf(format, args...)
	}
	validation.MsgUnexpectedProperty = "is not a field of this body"
	validation.MsgExpectedBoolean = "expected true or false"
	validation.MsgExpectedNumber = "expected a number"
	validation.MsgExpectedInteger = "expected an integer"
	validation.MsgExpectedString = "expected text"
	validation.MsgExpectedArray = "expected an array"
	validation.MsgExpectedObject = "expected an object"
	validation.MsgExpectedArrayItemsUnique = "expected each value once"
	validation.MsgExpectedOneOf = "expected one of %s"
	validation.MsgExpectedMinimumNumber = "expected at least %v"
	validation.MsgExpectedMaximumNumber = "expected at most %v"
	validation.MsgExpectedMinLength = "expected at least %d characters"
	validation.MsgExpectedMaxLength = "expected at most %d characters"
	validation.MsgExpectedMatchPattern = "expected text that matches %s"
	validation.MsgExpectedRFC3339DateTime = expectedTime
	validation.MsgExpectedMinItems = "expected at least %d values"
	validation.MsgExpectedMaxItems = "expected at most %d values"
}

// expectedTime is the message for an invalid time.
const expectedTime = "expected an RFC 3339 time with its zone, such as 2026-11-01T00:00:00Z"
