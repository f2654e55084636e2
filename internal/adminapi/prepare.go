package adminapi

import (
	"cmp"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/entc/load"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

const (
	// defaultLength is the length of a string whose field sets none. It is also ent's own
	// default for databases that need a length.
	defaultLength = 255
	// maxVarchar is the largest length that PostgreSQL accepts for a varchar.
	maxVarchar = 10_485_760
)

// prepare completes the graph before ent generates from it.
//
// Optional fields become pointers in Go, so that NULL and a zero value stay
// apart; ent itself asks for Nillable beside Optional. Types that have a nil of
// their own (bytes, JSON slices and maps) cannot have it and need none.
//
// Strings get their length in PostgreSQL, where ent leaves varchar without one:
// that of MaxRuneLen or MaxLen, else 255. Integers are bigint there, however few
// bits they have in Go, so that a filter can compare them with any number. A
// column type that the schema names itself (SchemaType) stays as it is.
//
// A record stays while others refer to it, unless the edge has an entsql.OnDelete: ent
// would let the database empty optional references, past the version and the audit trail
// of the records that have them.
//
// A time with UpdateDefault, which every update sets, is kept by the program: clients
// read it, and the audit trail leaves it out, or no update but the last could be undone.
func prepare(graph *gen.Graph) error {
	for _, node := range graph.Nodes {
		for _, f := range node.Fields {
			f.Nillable = f.Nillable || nillable(f)
			if f.IsTime() && f.UpdateDefault {
				if err := keepByProgram(f); err != nil {
					return fmt.Errorf("adminapi: %s.%s: %w", node.Name, f.Name, err)
				}
			}
		}
	}
	if err := holdReferences(graph); err != nil {
		return err
	}
	for _, s := range graph.Schemas {
		for _, f := range s.Fields {
			if err := completeColumn(f); err != nil {
				return fmt.Errorf("adminapi: %s.%s: %w", s.Name, f.Name, err)
			}
		}
	}
	return nil
}

// holdReferences sets the action of references for which the schema sets none. ent takes it
// from the edge that is not the inverse, but the schema may set it on the other one.
func holdReferences(graph *gen.Graph) error {
	sql := entsql.Annotation{}.Name()
	for _, node := range graph.Nodes {
		for _, e := range node.Edges {
			if e.IsInverse() || e.M2M() {
				continue
			}
			a, _, err := annotation[entsql.Annotation](e.Annotations, sql)
			if err != nil {
				return fmt.Errorf("adminapi: %s.%s: %w", node.Name, e.Name, err)
			}
			var other entsql.Annotation
			if e.Ref != nil {
				if other, _, err = annotation[entsql.Annotation](e.Ref.Annotations, sql); err != nil {
					return fmt.Errorf("adminapi: %s.%s: %w", e.Ref.Owner.Name, e.Ref.Name, err)
				}
			}
			a.OnDelete = cmp.Or(a.OnDelete, other.OnDelete, entsql.NoAction)
			if e.Annotations == nil {
				e.Annotations = gen.Annotations{}
			}
			e.Annotations[sql] = a
		}
	}
	return nil
}

// nillable reports whether the field is a pointer in the ent struct.
func nillable(f *gen.Field) bool {
	return f.Optional && !f.IsJSON() && !f.IsBytes() && !f.Type.Nillable
}

// keepByProgram annotates the field as one that the program alone writes.
func keepByProgram(f *gen.Field) error {
	a, err := fieldOf(f)
	if err != nil {
		return err
	}
	a.ReadOnly, a.Untracked = true, true
	f.Annotations.Set(admin.Name, a)
	return nil
}

func completeColumn(f *load.Field) error {
	var columnType string
	switch {
	case f.Info.Type == field.TypeString:
		size := int64(defaultLength)
		if f.Size != nil {
			size = *f.Size
		}
		if size <= 0 {
			return fmt.Errorf("a limit of %d characters", size)
		}
		f.Size = &size
		if size <= maxVarchar {
			columnType = "varchar(" + strconv.FormatInt(size, 10) + ")"
		}
	case narrow(f.Info.Type):
		columnType = "bigint"
	}
	if columnType == "" || f.SchemaType[dialect.Postgres] != "" {
		return nil
	}
	if f.SchemaType == nil {
		f.SchemaType = map[string]string{}
	}
	f.SchemaType[dialect.Postgres] = columnType
	return nil
}

// narrow reports whether ent would give the integer a column of less than 64 bits.
func narrow(t field.Type) bool {
	return t == field.TypeInt8 || t == field.TypeInt16 || t == field.TypeInt32 || t == field.TypeUint8 || t == field.TypeUint16
}
