package invariant

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// Many are records that a transaction is about to change one after the other.
type Many struct {
	// Resource is what they are, as in the path of the API: products.
	Resource string
	IDs      []int64
	// Refers are the ids of the records that they are going to refer to, by the name of the
	// field. Other fields may be among them.
	Refers map[string][]int64
	// Kept tells that some are restored, with what they still refer to.
	Kept bool
}

// Hold locks the records, and what they refer to, as the changes are going to, but all of a
// table at once and in the order of their ids. Changes that locked them one by one would
// wait in a circle for those that change many others, which PostgreSQL takes a second to
// notice, and again when it has ended one of them and that begins anew. Of a tree all
// records are locked, because a move looks at all that are above.
//
// The locks are sent with the next statement. SQLite has one writer at a time, and needs none.
func (m *Many) Hold(ctx context.Context, tx *ent.Client) error {
	if tx.Dialect() != dialect.Postgres {
		return nil
	}
	var table string
	for _, t := range ent.AuditedTypes {
		if t.Resource == m.Resource {
			table = t.Table
		}
	}
	const these = " WHERE id = ANY($1::bigint[])"
	tree := false
	for _, r := range ent.References {
		refers := m.Refers[r.Name]
		switch {
		case r.From.Table != table:
		case r.To.Table == table:
			tree = true
		case m.Kept:
			kept := " WHERE id IN (SELECT " + r.Column + " FROM " + table + these + " UNION SELECT unnest($2::bigint[]))"
			if err := lockAll(ctx, tx, r.To.Table+kept+" ORDER BY id FOR SHARE", m.IDs, refers); err != nil {
				return err
			}
		case len(refers) > 0:
			if err := lockAll(ctx, tx, r.To.Table+these+" ORDER BY id FOR SHARE", refers); err != nil {
				return err
			}
		}
	}
	switch {
	case tree:
		return lockAll(ctx, tx, table+" ORDER BY id FOR NO KEY UPDATE")
	case len(m.IDs) > 0:
		return lockAll(ctx, tx, table+these+" ORDER BY id FOR NO KEY UPDATE", m.IDs)
	default:
		return nil
	}
}

func lockAll(ctx context.Context, tx *ent.Client, from string, args ...any) error {
	_, err := tx.ExecContext(pipeline.Apart(pipeline.Later(ctx)), "SELECT 1 FROM "+from, args...) //nolint:forbidigo // changes no row
	if err != nil {
		return fmt.Errorf("lock many: %w", err)
	}
	return nil
}
