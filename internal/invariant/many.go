package invariant

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// Many are records that a transaction is about to change one after another.
type Many struct {
	Table string
	IDs   []int64
	// Refers are the ids of the records that they will refer to, by the name of the field.
	// It may contain other fields.
	Refers map[string][]int64
	// Kept says that some of them are restored, and keep their references.
	Kept bool
}

// Hold locks the records, and the records that they refer to, as the changes will, but all
// records of a table at once and in the order of their ids. If the changes locked them one
// by one, they could deadlock with other changes of many records. PostgreSQL takes a second
// to notice a deadlock, and another one when the transaction that it ended is repeated. In
// a tree all records are locked, because a move checks all ancestors.
//
// The locks are sent with the next statement. SQLite has one writer at a time and needs
// none.
func (m *Many) Hold(ctx context.Context, tx *ent.Client) error {
	if tx.Dialect() != dialect.Postgres {
		return nil
	}
	const these = ` WHERE "id" = ANY($1::bigint[])`
	tree := false
	for _, r := range ent.References {
		refers := m.Refers[r.Name]
		switch {
		case r.From.Table != m.Table:
		case r.To.Table == m.Table:
			tree = true
		case m.Kept:
			kept := ` WHERE "id" IN (SELECT "` + r.Column + `" FROM "` + m.Table + `"` + these + ` UNION SELECT unnest($2::bigint[]))`
			if err := lockAll(ctx, tx, r.To.Table, kept, sql.LockShare, m.IDs, refers); err != nil {
				return err
			}
		case len(refers) > 0:
			if err := lockAll(ctx, tx, r.To.Table, these, sql.LockShare, refers); err != nil {
				return err
			}
		}
	}
	switch {
	case tree:
		return lockAll(ctx, tx, m.Table, "", sql.LockNoKeyUpdate)
	case len(m.IDs) > 0:
		return lockAll(ctx, tx, m.Table, these, sql.LockNoKeyUpdate, m.IDs)
	default:
		return nil
	}
}

// lockAll locks the rows of a table that a condition selects, in the order of their ids.
func lockAll(ctx context.Context, tx *ent.Client, table, where string, strength sql.LockStrength, args ...any) error {
	query := `SELECT 1 FROM "` + table + `"` + where + ` ORDER BY "id" FOR ` + string(strength)
	_, err := tx.ExecContext(pipeline.Apart(pipeline.Later(ctx)), query, args...) //nolint:forbidigo // changes no row
	if err != nil {
		return fmt.Errorf("lock many: %w", err)
	}
	return nil
}
