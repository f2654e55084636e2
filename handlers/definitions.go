package handlers

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// definitionOf returns the definition of a resource. It panics if there is none, because
// the generator writes both.
func definitionOf(name string) *definition.Resource {
	for i := range definitions {
		if definitions[i].Name == name {
			return &definitions[i]
		}
	}
	panic("handlers: no definition of " + name)
}

// limit adds the limits that only the definition knows to the schema of a body.
func limit[B any](api huma.API, def *definition.Resource) {
	registry := api.OpenAPI().Components.Schemas
	body := registry.SchemaFromRef(schemaOf[B](registry).Ref)
	for i := range def.Fields {
		f := &def.Fields[i]
		if member := body.Properties[f.Name]; member != nil && member.MinLength == nil && f.MinLength != nil {
			member.MinLength = f.MinLength
			member.PrecomputeMessages()
		}
	}
}

// registerDefinitions serves the definitions from which the admin UI builds its screens.
func registerDefinitions(api huma.API, s *Server) {
	op := needing(huma.Operation{
		OperationID: "get-schema",
		Path:        prefix + "/schema",
		Summary:     "Get the definitions of all resources",
		Description: "Fields with their types, limits and references, and which of them can be searched, sorted and filtered, " +
			"as defined in the ent schema.",
		Tags: []string{"Definitions"},
	})
	units := shop.MinorUnits()
	read(api, s, op, func(context.Context, *ent.Client, *struct{}) (*Answer[definition.Schema], error) {
		return &Answer[definition.Schema]{Body: definition.Schema{
			Currency:   string(s.currency),
			Decimals:   s.currency.Decimals(),
			MinorUnits: units,
			Resources:  definitions,
		}}, nil
	})
}
