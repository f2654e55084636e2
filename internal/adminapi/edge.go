package adminapi

import (
	"errors"
	"fmt"

	"entgo.io/ent/entc/gen"
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
	}
	return errors.Join(errs...)
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
