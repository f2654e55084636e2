package store

import (
	"strings"
	"testing"
)

// Servers that are too old are refused by what they call themselves; a pooler may say nothing.
func TestSuits(t *testing.T) {
	t.Parallel()
	for version, refused := range map[string]bool{
		"9.6.24": true, "12.22 (Debian 12.22-1.pgdg120+1)": true,
		"13.16 (Debian 13.16-0+deb11u1)": false, "17.12": false, "18rc1": false, "": false,
	} {
		err := suits(version, "UTF8")
		if (err != nil) != refused {
			t.Errorf("%s: %v", version, err)
		}
		if err != nil && (!strings.Contains(err.Error(), version) || !strings.Contains(err.Error(), "13 or later")) {
			t.Errorf("%s: %v", version, err)
		}
	}
}
