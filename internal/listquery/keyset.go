package listquery

import (
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// after selects the rows that come after the position in the order of the keys.
//
// If no key is nullable and all have the same direction, the condition is one row
// comparison, which both databases answer from an index on the keys. Otherwise it is
//
//	k1 > v1 OR k1 = v1 AND (k2 > v2 OR k2 = v2 AND ...)
//
// preceded by the bound k1 >= v1 if that excludes none of these rows, so that an index on
// the first key still finds the position.
func (q *Query) after(s *sql.Selector) condition {
	place := place{
		keys: q.keys, values: q.position,
		columns:  make([]string, len(q.keys)),
		postgres: s.Dialect() == dialect.Postgres,
	}
	for i := range q.keys {
		place.columns[i] = s.C(q.keys[i].column)
	}
	return func(b *sql.Builder) {
		if place.straight() {
			place.compare(b)
			return
		}
		b.WriteString("(")
		place.bound(b)
		place.expand(b, 0)
		b.WriteString(")")
	}
}

// place is a position in an ordered list of rows, for one database.
type place struct {
	keys     []key
	values   []any
	columns  []string
	postgres bool
}

// straight reports whether the position can be compared as one row value.
func (p *place) straight() bool {
	for i := range p.keys {
		if p.keys[i].nullable || p.keys[i].desc != p.keys[0].desc {
			return false
		}
	}
	return true
}

func (p *place) compare(b *sql.Builder) {
	if len(p.columns) == 1 {
		b.WriteString(p.columns[0]).WriteOp(p.beyond(0)).Arg(p.values[0])
		return
	}
	b.WriteString("(").IdentComma(p.columns...).WriteString(")")
	b.WriteOp(p.beyond(0))
	b.WriteString("(").Args(p.values...).WriteString(")")
}

// bound writes a condition on the first key, followed by AND, that all rows after the
// position meet and that an index can use. It writes nothing if there is no such
// condition.
func (p *place) bound(b *sql.Builder) {
	nullsFollow := p.keys[0].nullable && p.nullsLast(0)
	switch {
	case p.values[0] != nil && !nullsFollow:
		op := sql.OpGTE
		if p.keys[0].desc {
			op = sql.OpLTE
		}
		b.WriteString(p.columns[0]).WriteOp(op).Arg(p.values[0]).WriteString(" AND ")
	case p.values[0] == nil && nullsFollow:
		b.WriteString(p.columns[0]).WriteOp(sql.OpIsNull).WriteString(" AND ")
	}
}

// expand writes the condition that the keys from i on come after the position.
func (p *place) expand(b *sql.Builder, i int) {
	b.WriteString("(")
	last := i == len(p.keys)-1
	if p.beyondKey(b, i) && !last {
		b.WriteString(" OR ")
	}
	if !last {
		if p.values[i] == nil {
			b.WriteString(p.columns[i]).WriteOp(sql.OpIsNull)
		} else {
			b.WriteString(p.columns[i]).WriteOp(sql.OpEQ).Arg(p.values[i])
		}
		b.WriteString(" AND ")
		p.expand(b, i+1)
	}
	b.WriteString(")")
}

// beyondKey writes the condition that key i alone comes after its value. If nothing can
// come after it (NULL, where NULLs sort last) it writes nothing and returns false.
func (p *place) beyondKey(b *sql.Builder, i int) bool {
	last := p.nullsLast(i)
	switch {
	case p.values[i] == nil && last:
		return false
	case p.values[i] == nil:
		b.WriteString(p.columns[i]).WriteOp(sql.OpNotNull)
	case p.keys[i].nullable && last:
		b.WriteString(p.columns[i]).WriteOp(p.beyond(i)).Arg(p.values[i])
		b.WriteString(" OR ").WriteString(p.columns[i]).WriteOp(sql.OpIsNull)
	default: // NULLs sort before the value, and the comparison excludes them
		b.WriteString(p.columns[i]).WriteOp(p.beyond(i)).Arg(p.values[i])
	}
	return true
}

func (p *place) beyond(i int) sql.Op {
	if p.keys[i].desc {
		return sql.OpLT
	}
	return sql.OpGT
}

// nullsLast reports whether the engine sorts the NULLs of key i last: PostgreSQL treats
// them as the largest values, SQLite as the smallest.
func (p *place) nullsLast(i int) bool { return p.postgres != p.keys[i].desc }
