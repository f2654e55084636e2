package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqlgraph"

	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// returnOld makes the UPDATE of one record on PostgreSQL return what it replaces:
//
//	WITH audited AS (SELECT …the old values… AS old FROM products WHERE id = $1)
//	UPDATE products SET … WHERE … AND …the values… = (SELECT old FROM audited)
//	RETURNING …, (SELECT old FROM audited)
//
// Where somebody else changes the record between the look at it and the UPDATE,
// nothing is written, and the transaction is run again. Then the record is locked
// first, so that this happens once.
func (r *recorder) returnOld(ctx context.Context, drv dialect.Driver, spec *sqlgraph.UpdateSpec) error {
	table, id := `"`+r.typ.Table+`"`, spec.Node.ID
	if pipeline.IsAgain(ctx) {
		lock := "SELECT 1 FROM " + table + ` WHERE "` + id.Column + `" = $1 FOR NO KEY UPDATE`
		if _, err := r.client.ExecContext(pipeline.Later(ctx), lock, id.Value); err != nil {
			return fmt.Errorf("lock the record: %w", err)
		}
	}
	r.lookAgain = func() error {
		met, err := readOld(ctx, drv, r.typ, nil, func(s *sql.Selector) { narrow(s, spec) })
		if err == nil && len(met) > 0 {
			err = fmt.Errorf("audit: update of %s: %w", r.typ.Resource, shop.ErrRepeat)
		}
		return err
	}
	values := r.values(table)
	spec.AddModifier(func(u *sql.UpdateBuilder) {
		u.Prefix(sql.ExprFunc(func(b *sql.Builder) {
			b.WriteString("WITH audited AS (SELECT " + values + " AS old FROM " + table + " WHERE ")
			b.Ident(id.Column).WriteString(" = ").Arg(id.Value).WriteString(")")
		}))
		u.Where(sql.ExprP(values + " = (SELECT audited.old FROM audited)"))
		u.Returning(append(slices.Clip(spec.Node.Columns), "(SELECT audited.old FROM audited) AS "+auditedOld)...)
		r.scanOld(spec)
	})
	return nil
}

// values is the expression for the values of the fields as one array of jsonb.
func (r *recorder) values(table string) string {
	values := make([]string, len(r.fields))
	for i, f := range r.fields {
		values[i] = "NULL"
		if !f.Secret {
			values[i] = jsonbOf(f.AuditedField, table+`."`+f.Column+`"`)
		}
	}
	return "jsonb_build_array(" + strings.Join(values, ", ") + ")"
}

// auditedOld is the column of the old values, which comes last.
const auditedOld = "audited_old"

// scanOld takes the old values out of the row that ent scans. They are not in it
// when the UPDATE has changed nothing and ent asks for the record instead.
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
		found := row{id: spec.Node.ID.Value.(int64)} //nolint:forcetypeassert // every id is one
		if err := json.Unmarshal(old, &found.values); err != nil {
			return fmt.Errorf("read the values before: %w", err)
		}
		r.old = []row{found}
		return nil
	}
}
