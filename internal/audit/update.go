package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqlgraph"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// assignment gives a field its new value.
type assignment struct {
	*ent.AuditedField

	after json.RawMessage
	add   any // if set, it is added to the old value instead
}

// recorder records one update. It sees the UPDATE after all hooks have run, so that it
// knows the values that are stored.
type recorder struct {
	typ    *ent.AuditedType
	client *ent.Client

	// The entries of an update that does not insert them itself are made of these fields
	// after it has succeeded.
	operation operation
	action    string
	fields    []assignment
	old       []row
}

// update records, for every row that an update changes, the fields that get another value.
func update(ctx context.Context, t *ent.AuditedType, m mutation, next ent.Mutator) (ent.Value, error) {
	r := recorder{typ: t, client: ent.ClientOf(ctx, m)}
	v, err := next.Mutate(ent.WithUpdateSeer(ctx, r.see), m)
	if err != nil || len(r.old) == 0 {
		return v, err
	}
	entries := make([]entry, len(r.old))
	for i, old := range r.old {
		changes, err := r.changes(old)
		if err != nil {
			return nil, err
		}
		entries[i] = entry{action: r.action, resource: t.Resource, recordID: old.id, changes: changes}
	}
	return v, write(ctx, r.client, entries)
}

// see is called with the UPDATE before it runs. On PostgreSQL the UPDATE of one record also
// returns the old values, and any other UPDATE inserts its entries itself, so that neither
// costs a round trip. On SQLite, where there are no round trips, the old values are read
// first.
func (r *recorder) see(ctx context.Context, drv dialect.Driver, spec *sqlgraph.UpdateSpec, appended []string) error {
	if spec.Node.Table != r.typ.Table {
		return nil // a hook changes something else
	}
	if len(appended) > 0 {
		return fmt.Errorf("audit: %s.%s cannot be appended to: set the whole list", r.typ.Type, appended[0])
	}
	fields, err := assignments(r.typ, spec)
	if err != nil || len(fields) == 0 {
		return err
	}
	if r.client.Transaction() == nil {
		return needsTransaction(r.typ.Type)
	}
	r.fields, r.operation = fields, operationOf(ctx)
	r.action = r.operation.named(actionOf(fields))
	switch {
	case drv.Dialect() != dialect.Postgres:
		r.old, err = readOld(ctx, drv, r.typ, r.columns(), func(s *sql.Selector) { narrow(s, spec) })
		return err
	case pipeline.IsReturning(ctx):
		return r.returnOld(ctx, spec)
	default:
		return r.ride(ctx, spec)
	}
}

// narrow selects the rows that the UPDATE will change.
func narrow(s *sql.Selector, spec *sqlgraph.UpdateSpec) {
	if id := spec.Node.ID; id != nil && id.Value != nil {
		s.Where(sql.EQ(s.C(id.Column), id.Value))
	}
	if spec.Predicate != nil {
		spec.Predicate(s)
	}
}

func (r *recorder) columns() []*ent.AuditedField {
	columns := make([]*ent.AuditedField, len(r.fields))
	for i, f := range r.fields {
		columns[i] = f.AuditedField
	}
	return columns
}

// changes returns the fields whose values differ from the old ones.
func (r *recorder) changes(old row) ([]shop.Change, error) {
	changes := make([]shop.Change, 0, len(r.fields)+len(r.operation.extra))
	for i, f := range r.fields {
		before, after := old.values[i], f.after
		if f.add != nil {
			var err error
			if after, err = sum(before, f.add); err != nil {
				return nil, err
			}
		}
		switch {
		case f.Secret:
			changes = append(changes, secret(f.Name))
		case Same(before, after):
		case r.operation.blind:
			changes = append(changes, erased(f.Name))
		default:
			changes = append(changes, shop.Change{Field: f.Name, Before: before, After: after})
		}
	}
	return append(changes, r.operation.extra...), nil
}

func actionOf(fields []assignment) string {
	for _, f := range fields {
		switch {
		case f.Column != FieldDeletedAt:
		case string(f.after) == "null":
			return Restore
		default:
			return Delete
		}
	}
	return Update
}

// assignments returns the tracked fields that the UPDATE sets, in the order of the schema.
func assignments(t *ent.AuditedType, spec *sqlgraph.UpdateSpec) ([]assignment, error) {
	set := setColumns(spec)
	fields := make([]assignment, 0, len(set))
	for i := range t.Fields {
		f := &t.Fields[i]
		given, ok := set[f.Column]
		if !ok || f.Untracked {
			continue
		}
		a := assignment{AuditedField: f}
		switch {
		case f.Secret:
			a.after = shop.Null
		case given.add != nil:
			a.add = given.add
		default:
			var err error
			if a.after, err = encode(given.value); err != nil {
				return nil, err
			}
		}
		fields = append(fields, a)
	}
	return fields, nil
}

// given is the value that an UPDATE sets a column to (nil for NULL), or the one that it
// adds.
type given struct{ value, add any }

// setColumns returns the new values by column. An edge gives the value of the column that
// holds its id.
func setColumns(spec *sqlgraph.UpdateSpec) map[string]given {
	set := make(map[string]given, len(spec.Fields.Set)+len(spec.Fields.Add)+1)
	for _, f := range spec.Fields.Clear {
		set[f.Column] = given{}
	}
	for _, e := range spec.Edges.Clear {
		if ent.HoldsID(e) {
			set[e.Columns[0]] = given{}
		}
	}
	for _, f := range spec.Fields.Set {
		set[f.Column] = given{value: f.Value}
	}
	for _, e := range spec.Edges.Add {
		if ent.HoldsID(e) && len(e.Target.Nodes) > 0 {
			set[e.Columns[0]] = given{value: e.Target.Nodes[0]}
		}
	}
	for _, f := range spec.Fields.Add {
		set[f.Column] = given{add: f.Value}
	}
	return set
}
