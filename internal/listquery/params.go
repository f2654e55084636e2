package listquery

import (
	"fmt"
	"strings"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// Param describes a query parameter of a list in the terms of JSON Schema. If Array is set,
// the value is a comma-separated list (in OpenAPI, style form without explode), and the
// other fields describe its items.
type Param struct {
	Name        string
	Description string
	Type        string // string, integer, number, boolean
	Format      string // int64, double, date-time or empty
	Enum        []string
	Minimum     *int64
	Maximum     *int64
	MinLength   *int
	MaxLength   *int
	Default     any

	Array    bool
	MaxItems int // zero unless Array

	Repeated bool // may be given several times (in OpenAPI, an array that is exploded)
}

// The types of JSON Schema that parameters have.
const (
	jsonString  = "string"
	jsonInteger = "integer"
	jsonNumber  = "number"
	jsonBoolean = "boolean"
)

// Params describes every parameter that Parse accepts for the resource and these scopes:
// first those that all lists have, then the filters in the order of the fields.
func Params(res *definition.Resource, scopes ...Scope) []Param {
	params := []Param{
		{
			Name:        "limit",
			Description: "How many records a page holds at most. It can hold fewer without being the last one: see next_cursor.",
			Type:        jsonInteger, Format: "int64", Minimum: new(int64(1)), Maximum: new(int64(MaxLimit)), Default: defaultLimit,
		},
		{
			Name: "cursor", Description: "Where the page begins: next_cursor of the previous page, with the same sort and filters.",
			Type: jsonString, MinLength: new(1),
		},
		{
			Name: "offset", Description: "How many records to skip, to jump to a page. Cannot be combined with cursor, which is faster.",
			Type: jsonInteger, Format: "int64", Minimum: new(int64(0)), Maximum: new(int64(maxOffset)),
		},
		sortParam(res),
		{
			Name: "count", Description: "none leaves out the total, which saves counting.",
			Type: jsonString, Enum: []string{"none"},
		},
	}
	if searchable(res) {
		params = append(params, searchParam(res))
	}
	if res.SoftDelete {
		params = append(params, Param{
			Name: "include_deleted", Description: "Whether deleted records are listed too.",
			Type: jsonBoolean, Default: false,
		})
	}
	for i := range res.Fields {
		if f := &res.Fields[i]; !scopedBy(scopes, f) {
			params = append(params, filterParams(f)...)
		}
	}
	return params
}

func sortParam(res *definition.Resource) Param {
	names := sortNames(res)
	terms := make([]string, 0, 2*len(names))
	for _, name := range names {
		terms = append(terms, name, "-"+name)
	}
	description := "The fields to sort by, each with a leading - for descending order. Ties are sorted by id."
	if folded := foldedNames(res, sortable); len(folded) > 0 {
		description += " By " + strings.Join(folded, ", ") + ", the case of letters and accents do not matter."
	}
	p := Param{
		Name: "sort", Description: description,
		Type: jsonString, Enum: terms, Array: true, MaxItems: maxSort,
	}
	if res.DefaultSort != "" {
		p.Default = strings.Split(res.DefaultSort, ",")
	}
	return p
}

func searchParam(res *definition.Resource) Param {
	var names []string
	for i := range res.Fields {
		if f := &res.Fields[i]; searched(f) {
			names = append(names, f.Name)
		}
	}
	description := "Text to search for in " + strings.Join(names, ", ") + ", in upper or lower case. " +
		"Can be repeated, for example for each word: records that contain all of the texts, in any order, are found."
	if folded := foldedNames(res, searched); len(folded) > 0 {
		description += " Accents in " + strings.Join(folded, ", ") + " do not matter."
	}
	if dialled(res) {
		description += " Five or more digits also find telephone numbers, however they are written."
	}
	return Param{
		Name: "q", Description: description,
		Type: jsonString, MinLength: new(1), MaxLength: new(maxSearch), Repeated: true,
	}
}

// foldedNames returns the fields that have a folded text, out of those that are offered.
func foldedNames(res *definition.Resource, offered func(*definition.Field) bool) []string {
	var names []string
	for i := range res.Fields {
		if f := &res.Fields[i]; f.Folded != "" && offered(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

func filterParams(f *definition.Field) []Param {
	var params []Param
	for op := equal; op <= null; op++ {
		if offers(f, op) {
			params = append(params, filterParam(f, op))
		}
	}
	return params
}

// phrases describe in words what each operator asks.
var phrases = [...]string{
	equal: "is one of these", atLeast: "is this or more", above: "is more than this",
	atMost: "is this or less", below: "is less than this", null: "is null (true) or not null (false)",
}

func filterParam(f *definition.Field, op operator) Param {
	p := Param{
		Name:        f.Name + suffixes[op],
		Description: fmt.Sprintf("Only records whose %s %s.", f.Name, phrases[op]),
	}
	if op == null {
		p.Type = jsonBoolean
		return p
	}
	if op == equal {
		p.Array, p.MaxItems = true, maxValues
	}
	switch f.Type {
	case definition.Integer, definition.Money:
		p.Type, p.Format = jsonInteger, "int64"
	case definition.Reference:
		p.Type, p.Format, p.Minimum = jsonInteger, "int64", new(int64(1))
	case definition.Number:
		p.Type, p.Format = jsonNumber, "double"
	case definition.Boolean:
		p.Type = jsonBoolean
	case definition.DateTime:
		p.Type, p.Format = jsonString, "date-time"
	case definition.Enum:
		p.Type, p.Enum = jsonString, f.Enum
	case definition.String:
		p.Type, p.MinLength = jsonString, new(1)
		p.Description += ` In a value, \, stands for a comma and \\ for a backslash.`
	case definition.Text, definition.Strings, definition.JSON: // no filters
	}
	return p
}
