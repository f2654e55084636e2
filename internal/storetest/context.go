package storetest

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
)

// Context returns the test's context with the system as the viewer, because most tests are
// not about permissions.
func Context(t testing.TB) context.Context {
	t.Helper()
	return access.System(t.Context())
}
