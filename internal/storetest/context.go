package storetest

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
)

// Context is the test's context, in which the system acts: tests of rules are
// not about who may do what.
func Context(t testing.TB) context.Context {
	t.Helper()
	return access.System(t.Context())
}
