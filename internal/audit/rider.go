package audit

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqlgraph"

	"github.com/storekeeper/storekeeper/ent/auditentry"
)

// rider makes the entries of an update of many records part of the UPDATE itself, on
// PostgreSQL:
//
//	WITH audited AS (
//	  SELECT id, …what changes… AS changes FROM products WHERE …the same conditions…
//	  ORDER BY id FOR NO KEY UPDATE
//	), entry AS (
//	  INSERT INTO audit_entries (…) SELECT … FROM audited ORDER BY id
//	)
//	UPDATE products SET … WHERE … AND id IN (SELECT id FROM audited)
//
// Rows are locked before they are read, so the recorded values are the ones that the UPDATE
// replaces. It changes exactly the rows that are recorded, and if it fails nothing is
// recorded.
type rider struct {
	*recorder

	ctx   context.Context //nolint:containedctx // lives for one statement
	spec  *sqlgraph.UpdateSpec
	extra string // as JSON
}

// ride makes the entries part of the UPDATE.
func (r *recorder) ride(ctx context.Context, spec *sqlgraph.UpdateSpec) error {
	extra, err := encodeChanges(r.operation.extra)
	if err != nil {
		return err
	}
	ride := rider{recorder: r, ctx: ctx, spec: spec, extra: extra}
	spec.AddModifier(ride.attach)
	return nil
}

// insertEntry is the part that is the same in all such statements.
var insertEntry = func() string {
	quoted := make([]string, 0, len(contextColumns)+len(recordColumns))
	for _, name := range slices.Concat(contextColumns, recordColumns) {
		quoted = append(quoted, `"`+name+`"`)
	}
	return `), entry AS (INSERT INTO "` + auditentry.Table + `" (` + strings.Join(quoted, ", ") + `) SELECT `
}()

// attach changes the UPDATE that ent has built.
func (r *rider) attach(u *sql.UpdateBuilder) {
	d := sql.Dialect(dialect.Postgres)
	s := d.Select().From(d.Table(r.typ.Table)).WithContext(preview(r.ctx))
	narrow(s, r.spec)
	s.Select(s.C("id")).OrderBy(s.C("id")).For(sql.LockNoKeyUpdate)
	s.AppendSelectExprAs(sql.ExprFunc(func(b *sql.Builder) { r.writeChanges(b, s) }), "changes")
	u.Prefix(sql.ExprFunc(func(b *sql.Builder) {
		b.WriteString("WITH audited AS (").Join(s).WriteString(insertEntry)
		for i, v := range contextValues(r.ctx) {
			b.Arg(v).WriteString(contextCasts[i])
		}
		b.Arg(r.action).WriteString("::text, ").Arg(r.typ.Resource)
		b.WriteString("::text, audited.id, audited.changes FROM audited ORDER BY audited.id)")
	}))
	u.Where(sql.P(func(b *sql.Builder) { b.WriteString(`"id" IN (SELECT audited.id FROM audited)`) }))
}

// writeChanges writes the list of changes, with one object for each field whose value
// changes.
func (r *rider) writeChanges(b *sql.Builder, s *sql.Selector) {
	for _, f := range r.fields {
		field := "'field', " + quote(f.Name)
		if f.Secret {
			b.WriteString("jsonb_build_array(jsonb_build_object(" + field + ", 'before', null, 'after', null, 'secret', true)) || ")
			continue
		}
		column := s.C(f.Column)
		before := "coalesce(" + jsonbOf(f.AuditedField, column) + ", 'null'::jsonb)"
		b.WriteString("CASE WHEN " + before + " = ")
		r.after(b, f, column)
		b.WriteString(" THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object(" + field)
		if r.operation.blind {
			b.WriteString(", 'before', null, 'after', null, 'erased', true")
		} else {
			b.WriteString(", 'before', " + before + ", 'after', ")
			r.after(b, f, column)
		}
		b.WriteString(")) END || ")
	}
	b.Arg(r.extra).WriteString("::jsonb")
}

// after writes the new value of the field.
func (r *rider) after(b *sql.Builder, f assignment, column string) {
	if f.add == nil {
		b.Arg(string(f.after)).WriteString("::jsonb")
		return
	}
	b.WriteString("to_jsonb(coalesce(" + column + ", 0) + ")
	if reflect.ValueOf(f.add).CanFloat() {
		b.Arg(f.add).WriteString("::double precision)")
		return
	}
	b.Arg(f.add).WriteString("::bigint)")
}

func quote(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
