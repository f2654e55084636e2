package adminapi

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
)

// longText is the number of characters above which a string is edited on several lines.
// Nothing but the size shows that a field was declared with field.Text.
const longText = 1000

// describer describes one field.
type describer struct {
	node  *gen.Type
	field *gen.Field
	id    bool
	// paths are the paths of the resources by entity, and fast the columns that an index
	// begins with.
	paths map[string]string
	fast  map[string]bool

	// source has the validators of the schema, nil where it is not known.
	source validators

	admin admin.Field
	out   member

	// What the field's validators ask for: the limits of a number, the least length and the
	// pattern of a text.
	least, most *int64
	shortest    int
	pattern     string
}

// describe returns the field as a member, or false when the API does not show it.
func (d *describer) describe() (member, bool, error) {
	a, err := fieldOf(d.field)
	if err != nil {
		return member{}, false, err
	}
	d.admin = a
	hidden := a.Hidden || d.field.IsBytes() || d.field.Sensitive()
	if hidden && a.Searchable {
		return member{}, false, errors.New("what is hidden cannot be searched")
	}
	if _, ok := fieldNamed(d.node, a.Folds); !ok && a.Folds != "" {
		return member{}, false, fmt.Errorf("there is no field %s to fold", a.Folds)
	}
	if hidden && !d.id {
		return member{}, false, nil
	}
	if converts(d.field) {
		return member{}, false, errors.New("filters and the audit trail read the column, which a ValueScanner, or Value and Scan of the " +
			"Go type, fill with other values: annotate it with admin.Hidden(), or convert it in a hook")
	}
	d.name()
	for _, step := range []func() error{d.typ, d.goType, d.fit, d.telephone} {
		if err := step(); err != nil {
			return member{}, false, err
		}
	}
	d.access()
	for _, step := range []func() error{d.written, d.limits, d.fallback, d.folded} {
		if err := step(); err != nil {
			return member{}, false, err
		}
	}
	d.lists()
	return d.out, true, nil
}

// converts reports whether the column does not hold the field's value as it is.
func converts(f *gen.Field) bool {
	if f.HasValueScanner() {
		return true
	}
	if !f.HasGoType() || f.IsUUID() || !plainKind(f) {
		return false
	}
	_, writes := f.Type.RType.Methods["Value"]
	_, reads := f.Type.RType.Methods["Scan"]
	return writes || reads
}

// name sets the field's names, label and description.
func (d *describer) name() {
	name := snake(d.field.Name)
	label := words(name)
	if edge := d.edge(); edge != nil {
		name, label = snake(edge.Name)+"_id", words(snake(edge.Name))
	}
	d.out.Name, d.out.Column = name, d.field.StorageKey()
	d.out.Label, d.out.None = cmp.Or(d.admin.Label, label), d.admin.None
	d.out.Go, d.out.Ent = goName(name), d.field.StructField()
	d.out.Description = cmp.Or(d.field.Comment(), standardDescriptions[name])
}

// standardDescriptions describe the fields of the mixins.
var standardDescriptions = map[string]string{
	"id":      "Identifies the record.",
	createdAt: "When the record was created.",
	updatedAt: "When somebody last changed the record.",
	version:   "Raised by every change that a person makes; the ETag of the record.",
	deletedAt: "When the record was deleted, null while it lives.",
}

// edge returns the edge whose id the field holds, or nil if it holds none.
func (d *describer) edge() *gen.Edge {
	if d.id || !d.field.IsEdgeField() {
		return nil
	}
	edge, err := d.field.Edge()
	if err != nil {
		return nil
	}
	return edge
}

// typ sets the type of the field, and its reference or values.
func (d *describer) typ() error {
	d.out.Enum = []string{}
	if edge := d.edge(); edge != nil {
		d.out.Type = definition.Integer
		if path := d.paths[edge.Type.Name]; path != "" {
			d.out.Type, d.out.Reference = definition.Reference, path
		}
		return nil
	}
	t, err := typeOf(d.field, d.admin)
	d.out.Type = t
	if t == definition.Money && d.out.Description == "" {
		d.out.Description = "Amount in minor units of the shop's currency."
	}
	if t == definition.Enum {
		d.out.Enum = d.field.EnumValues()
		for _, v := range d.out.Enum {
			if v == "" || strings.Contains(v, ",") {
				return fmt.Errorf("the value %q cannot stand in a filter by several values", v)
			}
		}
	}
	return err
}

func typeOf(f *gen.Field, a admin.Field) (definition.Type, error) {
	switch t := f.Type.Type; {
	case isMoney(f):
		return definition.Money, nil
	case t == field.TypeBool:
		return definition.Boolean, nil
	case t == field.TypeTime:
		return definition.DateTime, exactTime(f)
	case t == field.TypeEnum:
		return definition.Enum, nil
	case t == field.TypeJSON && f.Type.Ident == "[]string":
		return definition.Strings, nil
	case t == field.TypeJSON:
		return definition.JSON, nil
	case t == field.TypeUUID:
		return definition.String, nil
	case t == field.TypeString && (a.Multiline || length(f) > longText):
		return definition.Text, nil
	case t == field.TypeString:
		return definition.String, nil
	case t.Integer():
		return definition.Integer, nil
	case t == field.TypeFloat32:
		return "", errors.New("SQLite keeps another number than it is given, which filters do not find: use field.Float")
	case t.Float():
		return definition.Number, nil
	default:
		return "", fmt.Errorf("a field of type %s has no form in JSON: annotate it with admin.Hidden()", f.Type)
	}
}

// exactTime returns an error for a column that stores times less precisely than the other
// database does.
func exactTime(f *gen.Field) error {
	column := f.Column().SchemaType[dialect.Postgres]
	switch strings.ToLower(column) {
	case "", "timestamptz", "timestamp with time zone":
		return nil
	default:
		return fmt.Errorf("a column of type %s keeps less of a time in PostgreSQL than SQLite does: leave SchemaType out; "+
			`a date alone is a field.String with Match`, column)
	}
}

// isMoney reports whether ent describes the field as a shop.Money.
func isMoney(f *gen.Field) bool {
	t := f.Type
	return t.Type == field.TypeInt64 && t.RType != nil && t.RType.Name == "Money" && strings.HasSuffix(t.PkgPath, "/internal/shop")
}

// length returns the most characters that the string field accepts.
func length(f *gen.Field) int64 {
	if size := f.Column().Size; size > 0 {
		return size
	}
	return defaultLength
}

// goType sets the type of the value in Go, and how cursors hold it.
func (d *describer) goType() error {
	f := d.field
	d.out.GoType = f.Type.String()
	d.out.Pointer = f.Nillable || nillable(f)
	if f.Type.PkgPath != "" {
		d.out.Imports = append(d.out.Imports, f.Type.PkgPath)
	}
	if f.IsTime() {
		d.out.Imports = append(d.out.Imports, "time")
	}
	if d.field.IsJSON() {
		return d.jsonType()
	}
	if !plainKind(f) {
		return fmt.Errorf("the API cannot read and write the Go type %s: annotate the field with admin.Hidden()", f.Type)
	}
	d.out.Stored = "%s"
	switch d.out.Type {
	case definition.Integer, definition.Reference, definition.Money:
		d.out.Stored = conversion("int64", d.out.GoType)
	case definition.Number:
		d.out.Stored = conversion("float64", d.out.GoType)
	case definition.Boolean:
		d.out.Stored = conversion("bool", d.out.GoType)
	case definition.String, definition.Text, definition.Enum:
		d.out.Stored = conversion("string", d.out.GoType)
	case definition.DateTime:
		d.out.Stored = "%s.UTC()"
	case definition.Strings, definition.JSON:
	}
	return nil
}

func conversion(to, from string) string {
	if from == to {
		return "%s"
	}
	return to + "(%s)"
}

// plainKind reports whether the field's Go type is the one of its ent type, or a named
// form of it, so that JSON and conversions treat it alike.
func plainKind(f *gen.Field) bool {
	if !f.HasGoType() {
		return true
	}
	kind := f.Type.RType.Kind
	switch t := f.Type.Type; {
	case t == field.TypeUUID:
		_, reads := f.Type.RType.Methods["UnmarshalText"]
		return reads && f.Type.Stringer()
	case t == field.TypeTime:
		return f.Type.RType.Ident == "time.Time"
	case t == field.TypeString, t == field.TypeEnum:
		return kind == reflect.String
	case t == field.TypeBool:
		return kind == reflect.Bool
	case t.Integer():
		return kind >= reflect.Int && kind <= reflect.Uint64
	default:
		return t.Float() && (kind == reflect.Float32 || kind == reflect.Float64)
	}
}

// jsonType sets how the zero value of a JSON field is shown: as an empty list or object,
// unless it may be null.
func (d *describer) jsonType() error {
	t := d.field.Type
	raw := t.RType != nil && t.RType.Ident == "json.RawMessage"
	d.out.Opaque = raw
	switch {
	case t.RType == nil:
		return fmt.Errorf("the API cannot read and write the Go type %s", t)
	case raw:
	case t.RType.Kind == reflect.Slice, t.RType.Kind == reflect.Map:
		if !d.field.Optional {
			d.out.Empty = t.Ident + "{}"
		}
	case d.field.Optional, t.RType.Kind == reflect.Pointer:
		return fmt.Errorf("JSON that may be null needs a list, a map or json.RawMessage, this is %s", t)
	}
	return nil
}

// telephone sets the column of the digits of a telephone number.
func (d *describer) telephone() error {
	if d.admin.Digits == "" {
		return nil
	}
	f, ok := fieldNamed(d.node, d.admin.Digits)
	if !ok {
		return fmt.Errorf("admin.Telephone: there is no field %s", d.admin.Digits)
	}
	a, err := fieldOf(f)
	if err != nil {
		return err
	}
	if !isText(f) || !a.Hidden || !a.Untracked {
		return fmt.Errorf("admin.Telephone: %s is no string that is hidden and untracked", f.Name)
	}
	d.out.Digits = f.StorageKey()
	return nil
}

// maxOrdered is the most characters of a text that surely fits an index of PostgreSQL.
const maxOrdered = 500

// folded sets the column of the folded text.
func (d *describer) folded() error {
	for _, f := range d.node.Fields {
		a, err := fieldOf(f)
		switch {
		case err != nil:
			return err
		case a.Folds == d.field.Name && !d.admin.Searchable:
			return fmt.Errorf("%s keeps it for searches: annotate it with admin.Searchable()", f.Name)
		case a.Folds == d.field.Name && d.fast[f.StorageKey()] && (d.out.MaxLength == nil || *d.out.MaxLength > maxOrdered):
			return fmt.Errorf("PostgreSQL could not store all of its values in the index that begins with %s: set Long in schema.Folded, "+
				"or at most MaxRuneLen(%d)", f.StorageKey(), maxOrdered)
		case a.Folds == d.field.Name:
			d.out.Folded, d.out.FoldedEnt = f.StorageKey(), f.StructField()
		}
	}
	return nil
}

// access sets who may write the field, and whether it must be given.
func (d *describer) access() {
	f := d.field
	kept := d.id || isTail(f.Name) || d.admin.ReadOnly
	immutable := f.Immutable || d.admin.CreateOnly
	if edge := d.edge(); edge != nil {
		immutable = immutable || edge.Immutable
	}
	d.out.Nullable = f.Optional
	d.out.Creatable = !kept
	d.out.Updatable = !kept && !immutable
	d.out.Required = d.out.Creatable && !f.Optional && !f.Default
	if d.out.Creatable && f.Default && !f.DefaultFunc() {
		switch v := f.DefaultValue().(type) {
		case string, bool, int64, float64:
			d.out.Default = v
		case uint64:
			d.out.Default = int64(v) //nolint:gosec // limits refuses what JSON cannot hold
		}
	}
}

// lists sets what lists offer for the field.
func (d *describer) lists() {
	offered := false
	switch d.out.Type {
	case definition.String, definition.Integer, definition.Number, definition.Money, definition.Boolean,
		definition.DateTime, definition.Enum, definition.Reference:
		offered = !d.field.IsUUID() // nobody sorts or filters by these
	case definition.Text, definition.Strings, definition.JSON:
	}
	d.out.Searchable = d.admin.Searchable
	d.out.LowerCase = d.admin.LowerCase
	d.out.Sortable = offered && !d.admin.Unsortable
	d.out.Filterable = offered && !d.admin.Unfilterable
	d.out.Indexed = (d.out.Sortable || d.out.Filterable) && d.fast[cmp.Or(d.out.Folded, d.out.Column)]
	d.out.Filters = definition.FiltersOf(&d.out.Field)
}
