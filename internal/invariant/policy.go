package invariant

import (
	"context"
	"fmt"
	"slices"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/intercept"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Policy is the privacy policy of every entity. The viewer of the context must have the
// permission that the entity's records need (see access.Of), from their role or from an
// operation in progress (see access.Allow). A context without a viewer can neither read nor
// write. The policy costs no statement.
//
// Reading includes lists, counts, aggregates, and edges that are followed or loaded.
// Deleting includes setting deleted_at in any way, and restoring. Changing the status of an
// order needs the permission for the new status, and changing its delivery address one of
// its own.
//
// Errors: KindUnauthenticated without a viewer, KindForbidden naming the permission.
func Policy() ent.Policy { return policy{} }

type policy struct{}

// EvalQuery implements ent.Policy.
func (policy) EvalQuery(ctx context.Context, q ent.Query) error {
	query, err := intercept.NewQuery(q)
	if err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	e, err := entityOf(query.Type())
	if err != nil {
		return err
	}
	return access.Check(ctx, e.Read)
}

// EvalMutation implements ent.Policy.
func (policy) EvalMutation(ctx context.Context, m ent.Mutation) error {
	needed, err := needs(m)
	if err != nil {
		return err
	}
	for _, p := range needed {
		if err := access.Check(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// underway returns a context for what a rule has to read and write because of the
// mutation. It has what the permissions of the mutation grant (see access.Allow).
func underway(ctx context.Context, m ent.Mutation) (context.Context, error) {
	needed, err := needs(m)
	if err != nil {
		return ctx, err
	}
	for _, p := range needed {
		if ctx, err = access.Allow(ctx, p); err != nil {
			return ctx, err
		}
	}
	return ctx, nil
}

// needs returns the permissions that the mutation needs, all of them.
func needs(m ent.Mutation) ([]access.Permission, error) {
	e, err := entityOf(m.Type())
	if err != nil {
		return nil, err
	}
	switch {
	case m.Op().Is(ent.OpCreate):
		return linking(m, e, []access.Permission{creating(m, e)})
	case m.Op().Is(deletions):
		return []access.Permission{e.Delete}, nil
	default:
		return linking(m, e, changing(m, e))
	}
}

// linking adds the permissions for edges whose other end holds the reference: changing
// such an edge updates the record at the other end.
func linking(m ent.Mutation, e access.Entity, needed []access.Permission) ([]access.Permission, error) {
	if len(e.Edges) == 0 {
		return needed, nil
	}
	for _, edge := range slices.Concat(m.AddedEdges(), m.RemovedEdges(), m.ClearedEdges()) {
		name, foreign := e.Edges[edge]
		if !foreign {
			continue
		}
		other, err := entityOf(name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(needed, other.Update) {
			needed = append(needed, other.Update)
		}
	}
	return needed, nil
}

// creating returns the permission for a new record. Notes on orders have their own
// permission; the other events are written together with what they record.
func creating(m ent.Mutation, e access.Entity) access.Permission {
	if event, ok := m.(*ent.OrderEventMutation); ok {
		if kind, _ := event.Kind(); kind == shop.EventNote {
			return access.OrdersNote
		}
	}
	return e.Create
}

// kept are the fields that change with every update.
var kept = []string{fieldUpdatedAt, audit.FieldVersion}

// changing returns the permissions for an update, which depend on the fields that it
// changes.
func changing(m ent.Mutation, e access.Entity) []access.Permission {
	var needed []access.Permission
	add := func(p access.Permission) {
		if !slices.Contains(needed, p) {
			needed = append(needed, p)
		}
	}
	for _, field := range touched(m) {
		switch {
		case field == audit.FieldDeletedAt:
			add(e.Delete)
		case slices.Contains(kept, field), keptByProgram(m, field):
		default:
			add(changingField(m, e, field))
		}
	}
	if len(needed) == 0 {
		add(e.Update)
	}
	return needed
}

// keptByProgram reports whether the program maintains the field itself (admin.Untracked),
// such as a time that every update sets.
func keptByProgram(m ent.Mutation, field string) bool {
	t := ent.AuditedTypes[m.Type()]
	return t != nil && slices.ContainsFunc(t.Fields, func(f ent.AuditedField) bool { return f.Column == field && f.Untracked })
}

func changingField(m ent.Mutation, e access.Entity, field string) access.Permission {
	o, ok := m.(*ent.OrderMutation)
	switch {
	case ok && field == order.FieldStatus:
		return moving(o)
	case ok && field == order.FieldDeliveryAddress:
		return access.OrdersAddress
	default:
		return e.Update
	}
}

// moving returns the permission for an order's new status.
func moving(o *ent.OrderMutation) access.Permission {
	if to, _ := o.Status(); to == shop.Cancelled {
		return access.OrdersCancel
	}
	return access.OrdersTransition
}

// touched returns the fields and edges that an update sets, adds to or clears.
func touched(m ent.Mutation) []string {
	return slices.Concat(m.Fields(), m.AddedFields(), m.ClearedFields(), m.AddedEdges(), m.RemovedEdges(), m.ClearedEdges())
}

// entityOf returns the permissions for an entity's records. Every entity has them, because
// the generator writes both.
func entityOf(name string) (access.Entity, error) {
	e, ok := access.Of(name)
	if !ok {
		return e, fmt.Errorf("policy: nothing says who may do what with a %s: run go generate", name)
	}
	return e, nil
}
