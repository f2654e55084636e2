package stock

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// gathered is what waits for Settle.
type gathered struct {
	lines   []Line          // of initial stock
	posting context.Context //nolint:containedctx // of the first line, in which the ledger may be written
	changed []int64
}

type gatherKey struct{}

// Gather returns a context in which the initial stock of new products, and the notes of
// changes, wait for Settle. A thousand products then take as few statements as one. Post
// checks the lines, but returns no movements of them.
func Gather(ctx context.Context) context.Context {
	return context.WithValue(ctx, gatherKey{}, &gathered{})
}

func gatheredIn(ctx context.Context) *gathered {
	g, _ := ctx.Value(gatherKey{}).(*gathered)
	return g
}

// Settle writes what has waited since Gather. Its errors are those of Post.
func Settle(ctx context.Context, tx *ent.Client) error {
	g := gatheredIn(ctx)
	if len(g.lines) > 0 {
		wants, err := wanted(g.lines)
		if err != nil {
			return err
		}
		held, err := take(g.posting, tx, shop.Initial, wants) //nolint:contextcheck // comes from ctx
		if err != nil {
			return err
		}
		if _, err := record(g.posting, tx, held, g.lines); err != nil { //nolint:contextcheck // comes from ctx
			return err
		}
	}
	return noteChanges(ctx, tx, g.changed)
}
