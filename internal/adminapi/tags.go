package adminapi

import (
	"fmt"
	"strconv"
	"strings"
)

// tags builds a struct tag. It quotes values as reflect.StructTag expects, whatever they
// contain.
type tags []string

func (t *tags) add(key, value string) { *t = append(*t, key+":"+strconv.Quote(value)) }

// literal returns the tag as a Go literal, in the kind of quotes that its content allows.
func (t *tags) literal() string {
	tag := strings.Join(*t, " ")
	if strconv.CanBackquote(tag) {
		return "`" + tag + "`"
	}
	return strconv.Quote(tag)
}

// ShownTag is the tag of the field in the type that shows records. It leaves out lengths
// and patterns: they limit what may be written, and stored text may be older than these
// limits.
func (m *member) ShownTag() string {
	var t tags
	t.add("json", m.Name)
	m.describe(&t, m.Description)
	m.nullable(&t, m.Nullable)
	m.enum(&t)
	m.bounds(&t)
	return t.literal()
}

// CreateTag is the tag of the field in create bodies. Null is refused where a
// default would take its place, since ent fills the default in.
func (m *member) CreateTag() string {
	description := m.Description
	if m.Default != nil {
		description = strings.TrimSpace(description + " Default: " + m.defaultText() + ".")
	}
	return m.bodyTag(description, m.Required, m.NullCreatable())
}

// PatchTag is the tag of the field in merge patches.
func (m *member) PatchTag() string { return m.bodyTag(m.Description, false, m.Nullable) }

// NullCreatable reports whether null may be given at creation.
func (m *member) NullCreatable() bool { return m.Nullable && m.Default == nil }

func (m *member) defaultText() string {
	if s, ok := m.Default.(string); ok {
		return strconv.Quote(s)
	}
	return fmt.Sprint(m.Default)
}

func (m *member) bodyTag(description string, required, nullable bool) string {
	var t tags
	if required {
		t.add("json", m.Name)
	} else {
		t.add("json", m.Name+",omitempty")
	}
	m.describe(&t, description)
	m.nullable(&t, nullable)
	m.enum(&t)
	m.bounds(&t)
	if m.UUID {
		t.add("format", "uuid")
	}
	if m.MinLength != nil {
		t.add("minLength", strconv.Itoa(*m.MinLength))
	}
	if m.MaxLength != nil {
		t.add("maxLength", strconv.Itoa(*m.MaxLength))
	}
	if m.MaxItems != nil {
		t.add("maxItems", strconv.Itoa(*m.MaxItems))
	}
	if m.Pattern != "" {
		t.add("pattern", m.Pattern)
		if m.Description != "" && m.Format == "" { // a refusal says it behind the pattern
			t.add("patternDescription", m.Pattern+": "+m.Description)
		}
	}
	return t.literal()
}

func (m *member) describe(t *tags, description string) {
	if description != "" {
		t.add("doc", description)
	}
}

// nullable does nothing for opaque JSON, because its schema allows null already.
func (m *member) nullable(t *tags, nullable bool) {
	switch {
	case m.Opaque:
	case nullable:
		t.add("nullable", "true")
	case m.Empty != "":
		t.add("nullable", "false") // huma takes lists for nullable
	}
}

func (m *member) enum(t *tags) {
	if len(m.Enum) > 0 {
		t.add("enum", strings.Join(m.Enum, ","))
	}
}

func (m *member) bounds(t *tags) {
	if m.Wide {
		t.add("format", "int64") // huma says int32
	}
	if m.Minimum != nil {
		t.add("minimum", strconv.FormatInt(*m.Minimum, 10))
	}
	if m.Maximum != nil {
		t.add("maximum", strconv.FormatInt(*m.Maximum, 10))
	}
}
