// Package admin holds the annotations of the ent schema for how entities and fields appear
// in the API and in the admin UI. Plain fields need none: they can be read, created,
// patched, sorted and filtered.
package admin

import (
	"cmp"

	"entgo.io/ent/schema"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// Name is the key under which the annotations stand in the graph.
const Name = "Admin"

// Resource annotates an entity that the API serves. Entities without it are
// internal.
type Resource struct {
	// Path is the resource's name in the API; the plural of the entity in
	// kebab case when empty.
	Path string
	// Label is what one record is called; the entity's name in words when empty.
	Label string
	// Group is the heading in the menu.
	Group string
	// Icon is the name of the icon.
	Icon string
	// Title is the field that names a record to people; "name" when the entity
	// has one, else "id".
	Title string
	// Sort is the default order; "-id" when empty.
	Sort string
	// Operations are those offered; all that the entity can have when nil.
	Operations []definition.Operation
	// Computed are members that hand-written code adds to each record: the
	// struct <Entity>Computed and the function <entity>Extend in package
	// handlers.
	Computed []Computed
}

// UnauditedName is the key under which Unaudited stands in the graph.
const UnauditedName = "Unaudited"

// Unaudited annotates an entity whose changes the audit trail leaves out. All
// others are in it.
type Unaudited struct {
	// Because says where its changes are recorded instead, or why nobody needs them.
	Because string
}

// Name implements schema.Annotation.
func (Unaudited) Name() string { return UnauditedName }

// PersonName is the key under which Person stands in the graph.
const PersonName = "Person"

// Person annotates an entity whose records are each about a person. The erasure of the
// person empties all of its fields, but those that are Impersonal.
type Person struct {
	// Replaced are the fields that the erasure gives another value by hand, in
	// internal/personal, because they cannot be empty.
	Replaced []string
}

// Name implements schema.Annotation.
func (Person) Name() string { return PersonName }

// Computed is a member that the server derives and does not store.
type Computed struct {
	Name        string
	Type        definition.Type
	Description string
}

// Name implements schema.Annotation.
func (Resource) Name() string { return Name }

// Field annotates a field.
type Field struct {
	ReadOnly     bool
	CreateOnly   bool
	Hidden       bool
	Searchable   bool
	LowerCase    bool
	Unsortable   bool
	Unfilterable bool
	Multiline    bool
	Untracked    bool
	Impersonal   bool
	Digits       string
	Folds        string
	Label        string
	None         string
	Pattern      string
	Min, Max     *int64
	MaxItems     *int
}

// Name implements schema.Annotation.
func (Field) Name() string { return Name }

// Merge implements schema.Merger, so that several annotations add up.
func (f Field) Merge(other schema.Annotation) schema.Annotation {
	o, ok := other.(Field)
	if !ok {
		return f
	}
	f.ReadOnly = f.ReadOnly || o.ReadOnly
	f.CreateOnly = f.CreateOnly || o.CreateOnly
	f.Hidden = f.Hidden || o.Hidden
	f.Searchable = f.Searchable || o.Searchable
	f.LowerCase = f.LowerCase || o.LowerCase
	f.Unsortable = f.Unsortable || o.Unsortable
	f.Unfilterable = f.Unfilterable || o.Unfilterable
	f.Multiline = f.Multiline || o.Multiline
	f.Untracked = f.Untracked || o.Untracked
	f.Impersonal = f.Impersonal || o.Impersonal
	f.Digits = cmp.Or(o.Digits, f.Digits)
	f.Folds = cmp.Or(o.Folds, f.Folds)
	f.Label = cmp.Or(o.Label, f.Label)
	f.None = cmp.Or(o.None, f.None)
	f.Pattern = cmp.Or(o.Pattern, f.Pattern)
	f.Min = cmp.Or(o.Min, f.Min)
	f.Max = cmp.Or(o.Max, f.Max)
	f.MaxItems = cmp.Or(o.MaxItems, f.MaxItems)
	return f
}

// ReadOnly keeps the field out of create and patch bodies.
func ReadOnly() Field { return Field{ReadOnly: true} }

// CreateOnly keeps the field out of patch bodies.
func CreateOnly() Field { return Field{CreateOnly: true} }

// Hidden keeps the field out of the API altogether.
func Hidden() Field { return Field{Hidden: true} }

// Searchable lets q= look into the field.
func Searchable() Field { return Field{Searchable: true} }

// Folds is on the field in which a hook keeps fold.Text of the searchable field with that
// name (the mixin schema.Folded), so that q= compares that in place of the field itself.
func Folds(field string) Field { return Field{Hidden: true, Untracked: true, Folds: field} }

// LowerCase says that a hook stores the text in lower case, so that filters ignore the case
// of their values.
func LowerCase() Field { return Field{LowerCase: true} }

// Telephone lets q= find a telephone number, however it is written, by the digits that a
// hook stores in another field (invariant.PhoneDigits), which is hidden.
func Telephone(digits string) Field { return Field{Searchable: true, Digits: digits} }

// Multiline marks text of many lines, which is neither sorted nor filtered by.
func Multiline() Field { return Field{Multiline: true, Unsortable: true, Unfilterable: true} }

// Untracked leaves the field out of the audit trail, for values that the program maintains
// itself, such as a time of last use or a counter. An update of only such fields has no
// audit entry.
func Untracked() Field { return Field{Untracked: true} }

// Impersonal says that the field of a Person says nothing about the person: erasing
// them leaves it as it is.
func Impersonal() Field { return Field{Impersonal: true} }

// Label sets the name of the field that people see. The default is the field's name in
// words.
func Label(text string) Field { return Field{Label: text} }

// None sets the text that is shown if the field has no value, such as "No limit".
func None(text string) Field { return Field{None: text} }

// Range says which integers the field takes, both ends included, where its validators do
// not: the generator knows the limits of Min, Max and the like by itself.
func Range(least, most int64) Field { return Field{Min: &least, Max: &most} }

// Pattern sets the regular expression that the text must match, where a validator of its own
// asks for it: the generator knows that of Match by itself.
func Pattern(re string) Field { return Field{Pattern: re} }

// MaxItems sets the maximum length of a list of strings. Give the same one to Validate of
// the field.
func MaxItems(most int) Field { return Field{MaxItems: &most} }

// Unsortable keeps lists from being sorted by the field.
func Unsortable() Field { return Field{Unsortable: true} }

// Unfilterable keeps lists from being filtered by the field.
func Unfilterable() Field { return Field{Unfilterable: true} }
