package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqlgraph"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// The fields of the mixins by which the kinds of writes are distinguished.
const (
	FieldVersion   = "version"    // field of Mutable; every edit increments it
	FieldDeletedAt = "deleted_at" // field of SoftDelete; it marks deleted records
)

// returnOld makes the UPDATE of one record on PostgreSQL return the values that it
// replaces:
//
//	UPDATE products SET …, version = version + 1 WHERE id = $1 …
//	RETURNING …, (SELECT json_build_array(…the old values…) FROM products AS was
//	              WHERE was.id = products.id AND was.version = products.version - 1)
//
// The row of was is the record as it was when the statement began. If somebody else edited
// the record and the UPDATE waited for that, the versions do not match, and the transaction
// is run again. The record is then locked first, so that this happens only once. It is also
// locked first if the UPDATE does not increment a version.
func (r *recorder) returnOld(ctx context.Context, spec *sqlgraph.UpdateSpec) error {
	table, id := `"`+r.typ.Table+`"`, spec.Node.ID
	raises := func(f *sqlgraph.FieldSpec) bool { return f.Column == FieldVersion }
	versioned := slices.ContainsFunc(spec.Fields.Add, raises)
	if !versioned || pipeline.IsAgain(ctx) {
		lock := "SELECT 1 FROM " + table + ` WHERE "` + id.Column + `" = $1 FOR NO KEY UPDATE`
		if _, err := r.client.ExecContext(pipeline.Later(ctx), lock, id.Value); err != nil {
			return fmt.Errorf("lock the record: %w", err)
		}
	}
	old := "(SELECT " + r.values("was") + " FROM " + table + ` AS was WHERE was."` + id.Column + `" = ` + table + `."` + id.Column + `"`
	if versioned {
		old += ` AND was."` + FieldVersion + `" = ` + table + `."` + FieldVersion + `" - 1`
	}
	spec.AddModifier(func(u *sql.UpdateBuilder) {
		u.Returning(append(slices.Clip(spec.Node.Columns), old+") AS "+auditedOld)...)
		r.scanOld(spec)
	})
	return nil
}

// values returns the expression for the values of the fields as one JSON array.
func (r *recorder) values(table string) string {
	values := make([]string, len(r.fields))
	for i, f := range r.fields {
		values[i] = "NULL"
		switch column := table + `."` + f.Column + `"`; {
		case f.Secret:
		case f.Time:
			values[i] = jsonbOf(f.AuditedField, column)
		default:
			values[i] = column
		}
	}
	return "json_build_array(" + strings.Join(values, ", ") + ")"
}

// auditedOld is the name of the column of the old values, which comes last.
const auditedOld = "audited_old"

// scanOld takes the old values out of the row that ent scans. They are missing when the
// UPDATE matched no row and ent queried the record instead.
func (r *recorder) scanOld(spec *sqlgraph.UpdateSpec) {
	scan, assign := spec.ScanValues, spec.Assign
	var old []byte
	spec.ScanValues = func(columns []string) ([]any, error) {
		last := len(columns) - 1
		if columns[last] != auditedOld {
			return scan(columns)
		}
		values, err := scan(columns[:last])
		return append(values, &old), err
	}
	spec.Assign = func(columns []string, values []any) error {
		last := len(columns) - 1
		if columns[last] != auditedOld {
			return assign(columns, values)
		}
		if err := assign(columns[:last], values[:last]); err != nil {
			return err
		}
		if old == nil {
			return fmt.Errorf("audit: update of %s: %w", r.typ.Resource, shop.ErrRepeat)
		}
		found := row{id: spec.Node.ID.Value.(int64)} //nolint:forcetypeassert // every id is an int64
		if err := json.Unmarshal(old, &found.values); err != nil {
			return fmt.Errorf("read the values before: %w", err)
		}
		r.old = []row{found}
		return nil
	}
}
