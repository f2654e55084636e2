package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// row is a record before a write: the values of some fields, as JSON.
type row struct {
	id     int64
	values []json.RawMessage
}

// querier runs queries. It is implemented by drivers.
type querier interface {
	Query(ctx context.Context, query string, args, v any) error
	Dialect() string
}

// readOld reads these fields of the selected records. On PostgreSQL it locks the records
// against changes by others until the transaction ends.
func readOld(
	ctx context.Context, q querier, t *ent.AuditedType, fields []*ent.AuditedField, which func(*sql.Selector),
) (old []row, err error) {
	d := sql.Dialect(q.Dialect())
	s := d.Select().From(d.Table(t.Table)).WithContext(preview(ctx))
	which(s)
	s.Select(s.C("id")).OrderBy(s.C("id"))
	for _, f := range fields {
		s.AppendSelectExpr(sql.Expr(jsonOf(q.Dialect(), f, s.C(f.Column))))
	}
	if q.Dialect() == dialect.Postgres {
		s.For(sql.LockNoKeyUpdate)
	}
	text, args := s.Query()
	var rows sql.Rows
	if err := q.Query(ctx, text, args, &rows); err != nil {
		return nil, fmt.Errorf("read the values before: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		r := row{values: make([]json.RawMessage, len(fields))}
		texts := make([]sql.NullString, len(fields))
		into := []any{&r.id}
		for i := range texts {
			into = append(into, &texts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("read the values before: %w", err)
		}
		for i, text := range texts {
			r.values[i] = shop.Null
			if text.Valid {
				r.values[i] = json.RawMessage(text.String)
			}
		}
		old = append(old, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the values before: %w", err)
	}
	return old, nil
}

// jsonOf returns the expression for a column's value as JSON text, the same text that
// encode makes of the value in Go. It is NULL for NULL.
func jsonOf(name string, f *ent.AuditedField, column string) string {
	switch {
	case f.Secret:
		return "NULL"
	case name == dialect.Postgres:
		return jsonbOf(f, column) + "::text"
	case f.JSON:
		return column
	case f.Bool:
		return "CASE WHEN " + column + " THEN 'true' WHEN NOT " + column + " THEN 'false' END"
	case f.Time: // stored as 2006-01-02 15:04:05.999999+00:00
		return "json_quote(replace(replace(" + column + ", ' ', 'T'), '+00:00', 'Z'))"
	default:
		return "json_quote(" + column + ")"
	}
}

// jsonbOf returns the expression for a column's value as jsonb on PostgreSQL.
func jsonbOf(f *ent.AuditedField, column string) string {
	if f.Time {
		return "to_jsonb((to_jsonb(" + column + " AT TIME ZONE 'UTC') #>> '{}') || 'Z')"
	}
	return "to_jsonb(" + column + ")"
}
