// Package definition describes the resources of the API as data. The generator in
// internal/adminapi computes the descriptions from the ent schema. The handlers parse
// list queries by them, and GET /api/v1/schema serves them to the admin screens, which
// are built from them.
package definition

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Reserved are the path segments below /api/v1 that are not resources. No resource may have
// such a name.
var Reserved = []string{"auth", "order-events", "permissions", "reports", "schema", "search"}

// ReservedIDs are the ids of operations in the OpenAPI document that belong to no resource,
// but look like the ids of a resource.
var ReservedIDs = []string{
	"create-stock-movement", "get-cart", "get-me", "get-order-timeline", "get-personal-data", "get-schema", "get-stock",
	"get-stock-series", "list-order-events", "list-permissions", "list-sessions", "list-stock-movements", "update-cart-item", "update-me",
}

// Schema describes all resources of the shop.
type Schema struct {
	Currency  string     `json:"currency" doc:"ISO 4217 code of the shop's currency"`
	Decimals  int        `json:"decimals" doc:"digits of the currency's minor unit: amounts are integers in that unit"`
	Resources []Resource `json:"resources"`
	// MinorUnits are for amounts of orders that were placed in another currency.
	MinorUnits map[string]int `json:"minor_units" doc:"decimals of each currency that does not have two: 0 for JPY, 3 for KWD"`
}

// Resource describes one entity as the API shows it.
type Resource struct {
	Name        string      `json:"name" doc:"path segment below /api/v1, for example products"`
	Entity      string      `json:"entity" doc:"ent type, for example Product"`
	Label       string      `json:"label" doc:"name of one record"`
	LabelPlural string      `json:"label_plural" doc:"name of several records"`
	Group       string      `json:"group" doc:"heading in the menu"`
	Icon        string      `json:"icon" doc:"name of the icon"`
	TitleField  string      `json:"title_field" doc:"field that is shown as the title of a record"`
	DefaultSort string      `json:"default_sort" doc:"default of the sort parameter"`
	ImportKey   string      `json:"import_key" doc:"field that identifies records in an import; empty if there is no import"`
	SoftDelete  bool        `json:"soft_delete" doc:"deleted records can be listed and restored"`
	Versioned   bool        `json:"versioned" doc:"records carry a version for If-Match"`
	History     bool        `json:"history" doc:"the audit trail has more about a record than its creation; reading it needs audit:read"`
	Operations  []Operation `json:"operations"`
	Permissions Permissions `json:"permissions" doc:"permission of each action; empty if it is not offered"`
	Fields      []Field     `json:"fields"`

	Table       string `json:"-"`
	Description string `json:"-"` // the comment in the ent schema
}

// Permissions are the permissions that the actions on a resource need. Restoring undoes a
// deletion, and needs the same permission as deleting.
type Permissions struct {
	Read   string `json:"read"`
	Create string `json:"create"`
	Update string `json:"update"`
	Delete string `json:"delete" doc:"also for restoring"`
}

// Operation is an operation that the API offers on a resource.
type Operation string

// The generated operations.
const (
	List    Operation = "list"
	Get     Operation = "get"
	Create  Operation = "create"
	Update  Operation = "update"
	Delete  Operation = "delete"
	Restore Operation = "restore"
	Bulk    Operation = "bulk"
	Import  Operation = "import"
)

// Operations lists all of them in the order in which they are documented.
var Operations = []Operation{List, Get, Create, Update, Delete, Restore, Bulk, Import}

// Type says how a field's value appears in JSON and on screen.
type Type string

// The types of fields.
const (
	String    Type = "string"    // one line of text
	Text      Type = "text"      // many lines of text
	Integer   Type = "integer"   // 64 bits
	Number    Type = "number"    // IEEE 754 double
	Money     Type = "money"     // integer in minor units
	Boolean   Type = "boolean"   // true or false
	DateTime  Type = "datetime"  // RFC 3339, UTC, microseconds
	Enum      Type = "enum"      // one of Field.Enum
	Reference Type = "reference" // id of a record of Field.Reference
	Strings   Type = "strings"   // list of strings
	JSON      Type = "json"      // any other JSON value
)

// Field is one member of a resource's JSON object.
type Field struct {
	Name        string   `json:"name" doc:"member of the JSON object"`
	Label       string   `json:"label"`
	Description string   `json:"description"`
	None        string   `json:"none" doc:"text that is shown for null, for example No limit; may be empty"`
	Type        Type     `json:"type"`
	Required    bool     `json:"required" doc:"must be set at creation"`
	Nullable    bool     `json:"nullable" doc:"may be null"`
	Creatable   bool     `json:"creatable" doc:"can be set at creation"`
	Updatable   bool     `json:"updatable" doc:"can be changed by a patch"`
	Computed    bool     `json:"computed" doc:"derived by the server, not stored"`
	MinLength   *int     `json:"min_length" doc:"in characters"`
	MaxLength   *int     `json:"max_length" doc:"in characters"`
	Pattern     string   `json:"pattern" doc:"regular expression (RE2) for the text; empty for any"`
	MaxItems    *int     `json:"max_items" doc:"maximum number of values"`
	Format      string   `json:"format" doc:"name of a known pattern: slug or email; empty for others"`
	Minimum     *int64   `json:"minimum"`
	Maximum     *int64   `json:"maximum"`
	Enum        []string `json:"enum"`
	Reference   string   `json:"reference" doc:"resource to which the id refers; empty for other fields"`
	Default     any      `json:"default"`
	Searchable  bool     `json:"searchable" doc:"q= searches it"`
	Sortable    bool     `json:"sortable"`
	Filterable  bool     `json:"filterable"`
	Indexed     bool     `json:"indexed" doc:"filtering or sorting by it stays fast at any size"`
	Filters     []string `json:"filters" doc:"names of its query parameters"`

	Column    string `json:"-"`
	LowerCase bool   `json:"-"` // stored in lower case
	Digits    string `json:"-"` // for telephone numbers, the column that holds their phone.Digits
	Folded    string `json:"-"` // for texts that are searched and sorted without case and accents, the column that holds their fold.Text
}

// Field returns the field with that name, and whether there is one.
func (r *Resource) Field(name string) (*Field, bool) {
	for i := range r.Fields {
		if r.Fields[i].Name == name {
			return &r.Fields[i], true
		}
	}
	return nil, false
}

// Offers reports whether the resource has the operation.
func (r *Resource) Offers(op Operation) bool {
	return slices.Contains(r.Operations, op)
}

// OperationID returns the id of the operation in the OpenAPI document.
func (r *Resource) OperationID(op Operation) string {
	switch op {
	case List, Bulk, Import:
		return string(op) + "-" + r.Name
	case Get, Create, Update, Delete, Restore:
	}
	return string(op) + "-" + strings.ReplaceAll(strings.ToLower(r.Label), " ", "-")
}

// HistoryID returns the id of the operation that shows the changes of a record.
func (r *Resource) HistoryID() string { return r.OperationID(Get) + "-history" }

// OperationIDs returns the ids of all operations on the resource.
func (r *Resource) OperationIDs() []string {
	ids := make([]string, 0, 1+len(r.Operations))
	for _, op := range r.Operations {
		ids = append(ids, r.OperationID(op))
	}
	return append(ids, r.HistoryID())
}

// Noun returns a label as it is written inside a sentence: "order item" for "Order item";
// the capitals of "API token" stay.
func Noun(label string) string {
	first, size := utf8.DecodeRuneInString(label)
	if second, _ := utf8.DecodeRuneInString(label[size:]); unicode.IsUpper(second) {
		return label
	}
	return string(unicode.ToLower(first)) + label[size:]
}

// Stored returns a text as the field stores it.
func (f *Field) Stored(text string) string {
	if f.LowerCase {
		return shop.Lower(text)
	}
	return norm.NFC.String(text)
}

// FiltersOf returns the query parameters that filter by the field: NAME for a value or a
// list of values; NAME_gte, NAME_gt, NAME_lte and NAME_lt for fields that have an order;
// NAME_null for fields that may be null.
func FiltersOf(f *Field) []string {
	if !f.Filterable || f.Computed {
		return []string{}
	}
	params := []string{f.Name}
	switch f.Type {
	case Integer, Number, Money, DateTime:
		for _, op := range []string{"gte", "gt", "lte", "lt"} {
			params = append(params, f.Name+"_"+op)
		}
	case Text, Strings, JSON:
		return []string{}
	case String, Boolean, Enum, Reference:
	}
	if f.Nullable {
		params = append(params, f.Name+"_null")
	}
	return params
}
