package audit

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// remove records hard deletions, with all values of the deleted records.
func remove(ctx context.Context, t *ent.AuditedType, m mutation, next ent.Mutator) (ent.Value, error) {
	client := ent.ClientOf(ctx, m)
	if client.Transaction() == nil {
		return nil, needsTransaction(t.Type)
	}
	ids, err := m.IDs(access.System(ctx)) // whoever may delete may not be able to read
	if err != nil {
		return nil, fmt.Errorf("audit: find what is deleted: %w", err)
	}
	if len(ids) == 0 {
		return next.Mutate(ctx, m)
	}
	those := sql.FieldIn("id", ids...)
	fields := tracked(t)
	old, err := readOld(ctx, clientQuerier{client}, t, fields, those)
	if err != nil {
		return nil, err
	}
	m.WhereP(those) // so that records which match only since then are kept
	v, err := next.Mutate(ctx, m)
	if err != nil {
		return nil, err
	}
	switch n, ok := v.(int); {
	case ok && n == 0: // another condition of the deletion no longer holds
		return v, nil
	case !ok || n != len(old):
		return nil, fmt.Errorf("audit: %v records of %s were deleted, %d expected", v, t.Type, len(old))
	}
	return v, write(ctx, client, removed(ctx, t, fields, old))
}

func removed(ctx context.Context, t *ent.AuditedType, fields []*ent.AuditedField, old []row) []entry {
	op := operationOf(ctx)
	entries := make([]entry, len(old))
	for i, r := range old {
		changes := make([]shop.Change, 0, len(fields))
		for j, f := range fields {
			switch {
			case f.Secret:
				changes = append(changes, secret(f.Name))
			case string(r.values[j]) == "null":
			case op.blind:
				changes = append(changes, erased(f.Name))
			default:
				changes = append(changes, shop.Change{Field: f.Name, Before: r.values[j], After: shop.Null})
			}
		}
		entries[i] = entry{
			action: op.named(Delete), resource: t.Resource, recordID: r.id, changes: append(changes, op.extra...),
		}
	}
	return entries
}

func tracked(t *ent.AuditedType) []*ent.AuditedField {
	fields := make([]*ent.AuditedField, 0, len(t.Fields))
	for i := range t.Fields {
		if !t.Fields[i].Untracked {
			fields = append(fields, &t.Fields[i])
		}
	}
	return fields
}

// clientQuerier makes a client a querier.
type clientQuerier struct{ *ent.Client }

// Query implements querier.
func (c clientQuerier) Query(ctx context.Context, query string, args, v any) error {
	rows, ok := v.(*sql.Rows)
	values, listed := args.([]any)
	if !ok || !listed {
		return fmt.Errorf("audit: query into %T with %T", v, args)
	}
	found, err := c.QueryContext(ctx, query, values...)
	if err != nil {
		return err
	}
	*rows = sql.Rows{ColumnScanner: found}
	return nil
}
