package handlers

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// share moves what recurs in the document to one place and names it, so that a generated
// client has one type for it: the problems, by status, and the enums of the resources'
// fields. It also allows additional members in answers: a strict client would otherwise
// refuse a record because of a field that is newer than the client.
func share(document map[string]any) {
	components := member(document, "components")
	schemas := member(components, "schemas")
	named := namedEnums(definitions, schemas)
	name(document, named)
	for values, of := range named {
		schemas[of] = map[string]any{"type": "string", "enum": anys(strings.Split(values, separator))}
	}
	problems, asked := map[string]any{}, map[string]bool{}
	paths := member(document, "paths")
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		operations := member(paths, path)
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			shareProblems(member(operations[method], "responses"), problems)
			reach(member(operations[method], "requestBody"), schemas, asked)
		}
	}
	components["responses"] = problems
	for called := range schemas {
		schema := member(schemas, called)
		if more, ok := schema["additionalProperties"].(bool); ok && !more && !asked[called] {
			delete(schema, "additionalProperties")
		}
	}
}

// member returns a member that is an object, or nil.
func member(of any, called string) map[string]any {
	object, _ := of.(map[string]any)
	found, _ := object[called].(map[string]any)
	return found
}

// shareProblems replaces the problems in an operation's answers by references. The first
// problem of a status gets the name; one that differs stays as it is.
func shareProblems(responses, problems map[string]any) {
	for code, response := range responses {
		status, err := strconv.Atoi(code)
		if err != nil || status < http.StatusBadRequest {
			continue
		}
		called := strings.ReplaceAll(http.StatusText(status), " ", "") + "Problem"
		if problems[called] == nil {
			problems[called] = response
		}
		if reflect.DeepEqual(problems[called], response) {
			responses[code] = map[string]any{"$ref": "#/components/responses/" + called}
		}
	}
}

// reach marks the schemas that a part of the document refers to, directly or indirectly.
func reach(part any, schemas map[string]any, reached map[string]bool) {
	switch v := part.(type) {
	case []any:
		for i := range v {
			reach(v[i], schemas, reached)
		}
	case map[string]any:
		for key, value := range v {
			ref, _ := value.(string)
			called, ok := strings.CutPrefix(ref, "#/components/schemas/")
			switch {
			case key != "$ref" || !ok:
				reach(value, schemas, reached)
			case !reached[called]:
				reached[called] = true
				reach(schemas[called], schemas, reached)
			}
		}
	}
}

// namedEnums are the lists of values that belong to only one field of one resource, with
// their names, such as OrderStatus. A list that several fields have gets no name, nor does
// one whose name is taken.
func namedEnums(resources []definition.Resource, schemas map[string]any) map[string]string {
	named, shared := map[string]string{}, map[string]bool{}
	for i := range resources {
		for j := range resources[i].Fields {
			f := &resources[i].Fields[j]
			if len(f.Enum) == 0 {
				continue
			}
			values, called := strings.Join(f.Enum, separator), resources[i].Entity+camel(f.Name)
			shared[values] = shared[values] || named[values] != ""
			named[values] = called
		}
	}
	maps.DeleteFunc(named, func(values, called string) bool { return shared[values] || schemas[called] != nil })
	return named
}

const separator = "\x00"

// camel returns the name of a field in camel case, as a part of a schema's name.
func camel(field string) string {
	words := strings.Split(field, "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

// name replaces named enums by references wherever they occur. It also adds null to the
// other enums that are nullable: huma leaves it out in answers.
func name(in any, named map[string]string) {
	switch v := in.(type) {
	case []any:
		for i := range v {
			name(v[i], named)
		}
	case map[string]any:
		if values, ok := v["enum"].([]any); ok {
			nameEnum(v, values, named)
			return
		}
		for _, value := range v {
			name(value, named)
		}
	}
}

func nameEnum(schema map[string]any, values []any, named map[string]string) {
	values = slices.DeleteFunc(values, func(v any) bool { return v == nil })
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	called := named[strings.Join(texts, separator)]
	types, _ := schema["type"].([]any)
	null := slices.Contains(types, any("null"))
	switch {
	case called != "" && null:
		delete(schema, "type")
		delete(schema, "enum")
		schema["anyOf"] = []any{reference(called), map[string]any{"type": "null"}}
	case called != "":
		delete(schema, "type")
		delete(schema, "enum")
		maps.Copy(schema, reference(called))
	case null:
		schema["enum"] = append(values, nil)
	}
}

func reference(schema string) map[string]any {
	return map[string]any{"$ref": "#/components/schemas/" + schema}
}
