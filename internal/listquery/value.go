package listquery

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// kind says how the values of a field are represented here and passed to the database.
type kind byte

const (
	opaque   kind = iota // neither sorted nor filtered by
	integers             // int64
	floats               // float64, finite
	booleans             // bool
	times                // time.Time, UTC, microseconds, years 1..9999
	texts                // string, UTF-8 without NUL
)

func kindOf(t definition.Type) kind {
	switch t {
	case definition.Integer, definition.Money, definition.Reference:
		return integers
	case definition.Number:
		return floats
	case definition.Boolean:
		return booleans
	case definition.DateTime:
		return times
	case definition.String, definition.Text, definition.Enum:
		return texts
	default: // lists and JSON
		return opaque
	}
}

// parseValue parses one value of the field, and reports whether it is valid.
func parseValue(f *definition.Field, s string) (any, bool) {
	switch kindOf(f.Type) {
	case integers:
		n, ok := Integer(s)
		return n, ok && (f.Type != definition.Reference || n > 0)
	case floats:
		return parseFloat(s)
	case booleans:
		return parseBool(s)
	case times:
		return parseTime(s)
	case texts:
		s = f.Stored(s)
		return s, s != "" && (f.Type != definition.Enum || slices.Contains(f.Enum, s))
	default:
		return nil, false
	}
}

// expectedBool is the message for anything but the two booleans.
const expectedBool = "expected true or false"

func parseBool(s string) (bool, bool) { return s == "true", s == "true" || s == "false" }

// Integer parses an integer without plus sign and leading zeros.
func Integer(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && strconv.FormatInt(n, 10) == s
}

var jsonNumeral = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$`)

// parseFloat parses a number as JSON writes it: no infinities, no hexadecimals.
func parseFloat(s string) (any, bool) {
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && jsonNumeral.MatchString(s)
}

// TimePattern is stricter than time.Parse, which also accepts a comma for the decimal
// point, hours of one digit, and zone offsets of a day.
const TimePattern = `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`

var rfc3339 = regexp.MustCompile(TimePattern)

// IsTime reports whether s is an RFC 3339 time.
func IsTime(s string) bool {
	_, ok := parseTime(s)
	return ok
}

// parseTime parses an RFC 3339 time. The time may be more precise than what the databases
// store and, in UTC, outside the years that they can compare.
func parseTime(s string) (any, bool) {
	if !rfc3339.MatchString(s) {
		return nil, false
	}
	t, err := time.Parse(time.RFC3339, s)
	return t.UTC(), err == nil
}

// micros rounds t down to a whole microsecond.
func micros(t time.Time) time.Time { return time.UnixMicro(t.UnixMicro()).UTC() }

// expectedValue is the message that says how values of the field are written.
func expectedValue(f *definition.Field) string {
	switch f.Type {
	case definition.Integer:
		return "an integer of 64 bits"
	case definition.Money:
		return "an integer amount in minor units"
	case definition.Reference:
		return "an id"
	case definition.Number:
		return "a number"
	case definition.Boolean:
		return "true or false"
	case definition.DateTime:
		return "an RFC 3339 time of the years 1 to 9999, such as 2026-01-31T12:00:00Z (write + as %2B)"
	case definition.Enum:
		return "one of " + strings.Join(f.Enum, ", ")
	default:
		return "text"
	}
}

// finite reports whether the number is neither NaN nor infinite: both databases compare
// such numbers as Go does.
func finite(n float64) bool { return !math.IsNaN(n) && !math.IsInf(n, 0) }
