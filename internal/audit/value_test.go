package audit_test

import (
	"encoding/json"
	"testing"

	"github.com/storekeeper/storekeeper/internal/audit"
)

// Numbers are the same however a database writes them, and integers to the last digit.
func TestSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"1.0", "1", true},
		{"1e-08", "1e-8", true},
		{"1.0e+15", "1000000000000000", true},
		{`{"a":[1.50,{"b":2.0}]}`, `{"a":[1.5,{"b":2}]}`, true},
		{"1.5", "1.25", false},
		{"9007199254740993", "9007199254740992", false},
		{`"1.0"`, `"1"`, false},
		{`"\u2028"`, "\"\u2028\"", true},
		{`"Tea"`, `"Cup"`, false},
		{"true", "false", false},
		{"null", "0", false},
		{"1", "", false},
	} {
		for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := audit.Same(json.RawMessage(pair[0]), json.RawMessage(pair[1])); got != c.same {
				t.Errorf("%s and %s: %t", pair[0], pair[1], got)
			}
		}
	}
}
