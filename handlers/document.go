package handlers

import (
	"encoding/json"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// tags returns the tags of the document: the resources, then everything else.
func tags() []*huma.Tag {
	out := make([]*huma.Tag, 0, len(definitions))
	for i := range definitions {
		out = append(out, &huma.Tag{Name: definitions[i].LabelPlural, Description: definitions[i].Description})
	}
	return append(out,
		&huma.Tag{Name: orderEvents.LabelPlural, Description: "What happened to orders: placed, moved to another state, noted."},
		&huma.Tag{Name: "Carts", Description: "What a customer is about to buy. A cart has no prices: it shows those of the products."},
		&huma.Tag{Name: "Stock", Description: "Changes of the stock of a product, and the stock at any time."},
		&huma.Tag{Name: "Reports", Description: "What was sold, and what needs to be done."},
		&huma.Tag{Name: "Search", Description: "Products, orders and customers at once."},
		&huma.Tag{Name: "Signing in", Description: "Sessions in a browser. Programs send an API token instead."},
		&huma.Tag{Name: "Definitions", Description: "Definitions of the resources and the permissions."},
		&huma.Tag{Name: "Health", Description: "For operators and load balancers; without signing in."},
	)
}

// documentCodes lists the codes of problems. They are not an enum: a client must handle an
// unknown code by its status.
func documentCodes(api huma.API) {
	known := map[string]bool{}
	for kind := range statuses {
		known[string(kind)] = true
	}
	for _, code := range codes {
		known[code] = true
	}
	code := api.OpenAPI().Components.Schemas.Map()["Problem"].Properties["code"]
	code.Examples = nil
	for _, name := range slices.Sorted(maps.Keys(known)) {
		code.Examples = append(code.Examples, name)
	}
}

func (s *Server) writeDocument() []byte {
	for _, item := range s.api.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			documentHeaders(op)
		}
	}
	written, err := json.Marshal(s.api.OpenAPI())
	if err != nil {
		panic("handlers: the OpenAPI document: " + err.Error())
	}
	var document map[string]any
	if err := json.Unmarshal(written, &document); err != nil {
		panic("handlers: the OpenAPI document: " + err.Error())
	}
	share(document)
	if written, err = json.Marshal(document); err != nil {
		panic("handlers: the OpenAPI document: " + err.Error())
	}
	return written
}

// schemaName names the schema of a type in the document. If a type of another package has
// the name of a resource, such as the Go type of a JSON field, its package is added in
// front.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.PkgPath() == reflect.TypeFor[Server]().PkgPath() {
		return name
	}
	of := path.Base(t.PkgPath())
	for i := range definitions {
		entity := definitions[i].Entity
		if name == entity || name == entity+"Create" || name == entity+"Patch" {
			return strings.ToUpper(of[:1]) + of[1:] + name
		}
	}
	return name
}
