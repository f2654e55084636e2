package adminapi

import (
	"github.com/storekeeper/storekeeper/internal/definition"
)

// entity is a resource together with its names in Go. It is all that the templates know.
type entity struct {
	definition.Resource

	// Type and Package name the ent type: Order, and order in package ent.
	Type    string
	Package string
	// Alias is the import name of the package when it cannot be the package's own.
	Alias string
	// Members are the stored fields, in the order of Resource.Fields.
	Members []member
	// Computed are the members that hand-written code adds.
	Computed []definition.Field
	// Derived are the permissions that exist because of this resource.
	Derived []permission
}

// member is a stored field together with its names in Go.
type member struct {
	definition.Field

	// Go is the field's name in the transport types: SKU.
	Go string
	// Ent is the field's name in the ent struct and in setters: Sku.
	Ent string
	// FoldedEnt is the name of the field of its folded text in the ent struct, "" without one.
	FoldedEnt string
	// GoType is the type of its value in both; Imports are the packages that this type
	// needs.
	GoType  string
	Imports []string
	// Pointer reports whether the ent struct holds a pointer.
	Pointer bool
	// Stored is the expression that converts a value to the form that cursors hold; %s
	// stands for the value.
	Stored string
	// Empty is the literal for an empty list or object, "" for other types.
	Empty string
	// Opaque reports whether the Go type says nothing about the JSON in it.
	Opaque bool
	// Validator is what ent checks a text by that may be left out, "" without one. Ent does
	// not tell whether it refuses an empty text: the running program asks it.
	Validator string
	// UUID reports whether the text is a UUID.
	UUID bool
	// Wide reports whether the number may need more than the 32 bits that its Go type is
	// described with.
	Wide bool
}

// Creatable returns the members of a create body.
func (e *entity) Creatable() []member {
	return e.filter(func(m *member) bool { return m.Creatable })
}

// Updatable returns the members of a patch.
func (e *entity) Updatable() []member {
	return e.filter(func(m *member) bool { return m.Updatable })
}

// CreateNotNull returns the members that may be absent at creation, but not null.
func (e *entity) CreateNotNull() []member {
	return e.filter(func(m *member) bool { return e.Creates() && m.Creatable && !m.Required && !m.NullCreatable() })
}

// PatchNotNull returns the members that a patch cannot set to null.
func (e *entity) PatchNotNull() []member {
	return e.filter(func(m *member) bool { return e.Updates() && m.Updatable && !m.Nullable })
}

// CreatableTimes returns the times that clients may give in a create body.
func (e *entity) CreatableTimes() []member {
	return e.filter(func(m *member) bool { return e.Creates() && m.Creatable && m.Type == definition.DateTime })
}

// UpdatableTimes returns the times that clients may give in a patch.
func (e *entity) UpdatableTimes() []member {
	return e.filter(func(m *member) bool { return e.Updates() && m.Updatable && m.Type == definition.DateTime })
}

// Sortable returns the members that cursors hold.
func (e *entity) Sortable() []member {
	return e.filter(func(m *member) bool { return m.Sortable })
}

// Own returns the members before the computed ones.
func (e *entity) Own() []member {
	return e.filter(func(m *member) bool { return !isTail(m.Name) })
}

// Tail returns the members after the computed ones.
func (e *entity) Tail() []member {
	return e.filter(func(m *member) bool { return isTail(m.Name) })
}

// HasEmpty reports whether a zero value needs another form in JSON.
func (e *entity) HasEmpty() bool {
	return len(e.filter(func(m *member) bool { return m.Empty != "" })) > 0
}

func (e *entity) filter(keep func(*member) bool) []member {
	var out []member
	for i := range e.Members {
		if keep(&e.Members[i]) {
			out = append(out, e.Members[i])
		}
	}
	return out
}

// Which operations the resource offers, by names for the templates.
func (e *entity) Creates() bool  { return e.Offers(definition.Create) }
func (e *entity) Updates() bool  { return e.Offers(definition.Update) }
func (e *entity) Deletes() bool  { return e.Offers(definition.Delete) }
func (e *entity) Restores() bool { return e.Offers(definition.Restore) }

// Ident is the name of the entity's ent package in the generated code.
func (e *entity) Ident() string {
	if e.Alias != "" {
		return e.Alias
	}
	return e.Package
}

// Imports returns the import paths that the members' types need.
func (e *entity) Imports() map[string]bool {
	paths := map[string]bool{}
	for i := range e.Members {
		for _, p := range e.Members[i].Imports {
			if p != "time" {
				paths[p] = true
			}
		}
	}
	return paths
}

// Validators returns the validators of members that are to be asked, by field.
func (e *entity) Validators() map[string]string {
	asked := map[string]string{}
	for i := range e.Members {
		if m := &e.Members[i]; m.Validator != "" {
			asked[m.Name] = m.Validator
		}
	}
	return asked
}

// nullableEnums are the members of a transport type that are enums and may be null.
type nullableEnums struct {
	Type  string
	Names []string
}

// NullableEnums returns them for the transport types that have any.
func (e *entity) NullableEnums() []nullableEnums {
	var out []nullableEnums
	add := func(name string, offered bool, member func(*member) bool) {
		var names []string
		for _, m := range e.filter(member) {
			if m.Type == definition.Enum {
				names = append(names, m.Name)
			}
		}
		if offered && len(names) > 0 {
			out = append(out, nullableEnums{Type: name, Names: names})
		}
	}
	add(e.Type, true, func(m *member) bool { return m.Nullable })
	add(e.Type+"Create", e.Creates(), func(m *member) bool { return m.Creatable && m.NullCreatable() })
	add(e.Type+"Patch", e.Updates(), func(m *member) bool { return m.Updatable && m.Nullable })
	return out
}

// ShownType is the type in which the field is shown.
func (m *member) ShownType() string {
	if m.Pointer {
		return "*" + m.GoType
	}
	return m.GoType
}

// Shown is the expression for the shown value; value is the expression for the stored
// one.
func (m *member) Shown(value string) string {
	switch {
	case m.Type != definition.DateTime:
		return value
	case m.Pointer:
		return "utc(" + value + ")"
	default:
		return value + ".UTC()"
	}
}

// Written is the expression for the value to store; value is the expression for the one
// in the body. Times are truncated to the microsecond.
func (m *member) Written(value string) string {
	if m.Type == definition.DateTime {
		return value + ".UTC().Truncate(time.Microsecond)"
	}
	return value
}

// Dereferenced is the expression for the value behind a pointer. Times need no
// dereferencing, because only their methods are called.
func (m *member) Dereferenced(pointer string) string {
	if m.Type == definition.DateTime {
		return pointer
	}
	return "*" + pointer
}
