package adminapi

import (
	"errors"

	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"
)

// Extension generates the API beside the ent code.
type Extension struct {
	entc.DefaultExtension

	handlers, access string
}

var _ entc.Extension = (*Extension)(nil)

// NewExtension returns an extension that writes its files into the directories of
// packages handlers and access.
func NewExtension(handlers, access string) *Extension {
	return &Extension{handlers: handlers, access: access}
}

// Hooks implements entc.Extension. The hook completes the graph, and describes and
// renders it before ent generates, so that a schema that cannot be served changes no file
// at all.
func (x *Extension) Hooks() []gen.Hook {
	return []gen.Hook{func(next gen.Generator) gen.Generator {
		return gen.GenerateFunc(func(graph *gen.Graph) error {
			if err := prepare(graph); err != nil {
				return err
			}
			handlers, access, err := x.render(graph)
			if err := errors.Join(checkBase(graph), checkFiles(graph), checkTypes(graph), checkEdges(graph), err); err != nil {
				return err
			}
			if err := errors.Join(nameEntities(graph), nameErased(graph)); err != nil {
				return err
			}
			if err := generateEnt(graph, next); err != nil {
				return err
			}
			return errors.Join(replace(x.handlers, handlers), replace(x.access, access))
		})
	}}
}

// render returns the generated files of both packages: their contents by name.
func (x *Extension) render(graph *gen.Graph) (handlers, access map[string][]byte, err error) {
	source, err := readValidators(graph)
	if err != nil {
		return nil, nil, err
	}
	entities, err := describe(graph, source)
	if err != nil {
		return nil, nil, err
	}
	taken, err := handWritten(x.handlers)
	if err != nil {
		return nil, nil, err
	}
	avoid(entities, taken)
	if handlers, err = renderHandlers(graph.Package, entities); err != nil {
		return nil, nil, err
	}
	all, err := guardedEntities(graph)
	if err != nil {
		return nil, nil, err
	}
	if access, err = renderAccess(entities, all); err != nil {
		return nil, nil, err
	}
	return handlers, access, checkDeclared(x.handlers, taken, handlers, owners(entities))
}
