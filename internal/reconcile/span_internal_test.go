package reconcile

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// An error names the record after which it happened, not the end of the span.
func TestFailureNamesWhereTheSpanBegins(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	b := books{pool: db.ReadSQL(), dialect: db.Dialect()}
	failed := errors.New("the disk is gone")
	_, err := b.each(storetest.Context(t), extent{table: "products", after: 3, last: 9}, 5, func(string, int64, int64) {},
		func(context.Context, *page, span) error { return failed })
	if !errors.Is(err, failed) || !strings.HasPrefix(err.Error(), "after id 3:") {
		t.Error(err)
	}
}
