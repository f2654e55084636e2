package adminapi

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// checkEdges refuses the edges that are more than a reference in a field: neither the API
// nor the audit trail would show what ent's code writes through them.
func checkEdges(graph *gen.Graph) error {
	var errs []error
	for _, node := range graph.Nodes {
		for _, e := range node.Edges {
			if err := checkEdge(node, e); err != nil {
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: %w", node.Name, e.Name, err))
			}
		}
		errs = append(errs, checkLink(node), checkIDs(graph, node))
	}
	return errors.Join(errs...)
}

// checkLink refuses an entity that links others without keeping them from being deleted:
// only living records do that, which the mixin SoftDelete tells apart.
func checkLink(node *gen.Type) error {
	if _, soft := fieldNamed(node, deletedAt); soft || !offers(node, definition.Delete) {
		return nil
	}
	var ends []string
	for _, e := range node.Edges {
		if _, marked := fieldNamed(e.Type, deletedAt); marked && e.OwnFK() && !e.Optional {
			ends = append(ends, e.Type.Name)
		}
	}
	if len(ends) < 2 {
		return nil
	}
	return fmt.Errorf("adminapi: %s: it links %s, and would not keep them from being deleted: give it their mixin SoftDelete{}",
		node.Name, strings.Join(ends, " and "))
}

// checkIDs refuses a number that clients write, is called like the reference to an entity,
// and is none.
func checkIDs(graph *gen.Graph, node *gen.Type) error {
	if !offers(node, definition.Create) {
		return nil
	}
	var errs []error
	for _, f := range node.Fields {
		name, isID := strings.CutSuffix(f.Name, "_id")
		if a, err := fieldOf(f); err != nil || !isID || f.IsEdgeField() || !f.IsInt64() || a.ReadOnly || a.Hidden {
			continue
		}
		for _, other := range graph.Nodes {
			if snake(other.Name) == name {
				errs = append(errs, fmt.Errorf("adminapi: %s.%s: nothing says that it is the id of a %[3]s: "+
					"add edge.To(%[4]q, %[3]s.Type).Unique().Field(%[2]q)", node.Name, f.Name, other.Name, name))
			}
		}
	}
	return errors.Join(errs...)
}

// offers reports whether clients can do this with the entity's records.
func offers(node *gen.Type, op definition.Operation) bool {
	a, served, err := resourceOf(node)
	return err == nil && served && (a.Operations == nil || slices.Contains(a.Operations, op))
}

func checkEdge(node *gen.Type, e *gen.Edge) error {
	f, to := e.Field(), e.Type.Name
	switch {
	case e.M2M() && !e.IsInverse():
		return fmt.Errorf("the API and the audit trail know no edge of many to many: leave it out, and write an entity that refers to "+
			"both, such as %[1]s%[2]s with edge.To(…, %[1]s.Type) and edge.To(…, %[2]s.Type)", node.Name, to)
	case e.Bidi && f != nil:
		return fmt.Errorf("ent takes this for one to one, and writes it into both records: "+
			"write edge.To(…, %s.Type).From(%q).Unique().Field(%q) with a name for the other direction", node.Name, e.Name, f.Name)
	case e.OwnFK() && f == nil:
		return fmt.Errorf("the edge needs a field %s_id (field.Int64 and Field of the edge)", e.Name)
	case !e.Unique && e.Ref == nil:
		return fmt.Errorf("the records of %s need a field for it: write the edge there, "+
			"edge.To(%q, %s.Type).Unique().Field(…), or its other direction, edge.From(…).Ref(%q).Unique().Field(…)",
			to, snake(node.Name), node.Name, e.Name)
	case f != nil && f.Unique && !e.O2O():
		return fmt.Errorf("ent makes no column of an edge unique: leave that out of the field, and add index.Fields(%q).Unique()", f.Name)
	default:
		return nil
	}
}
