package adminapi

import (
	"errors"
	"fmt"

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
func (x *Extension) Hooks() []gen.Hook { //nolint:gocognit // one step after the other
	return []gen.Hook{func(next gen.Generator) gen.Generator {
		return gen.GenerateFunc(func(graph *gen.Graph) error {
			if err := Prepare(graph); err != nil {
				return err
			}
			entities, err := describe(graph)
			if err := errors.Join(checkBase(graph), err); err != nil {
				return err
			}
			taken, err := handWritten(x.handlers)
			if err != nil {
				return err
			}
			avoid(entities, taken)
			files, err := render(graph.Package, entities)
			if err != nil {
				return err
			}
			all, err := guardedEntities(graph)
			if err != nil {
				return err
			}
			permissions, err := renderAccess(entities, all)
			if err != nil {
				return err
			}
			if err := checkDeclared(x.handlers, taken, files, owners(entities)); err != nil {
				return err
			}
			if err := nameEntities(graph); err != nil {
				return err
			}
			if err := next.Generate(graph); err != nil {
				return fmt.Errorf("generate ent: %w", err)
			}
			if err := replace(x.handlers, files); err != nil {
				return err
			}
			return replace(x.access, permissions)
		})
	}}
}
