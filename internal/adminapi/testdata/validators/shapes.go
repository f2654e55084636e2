package validators

import (
	"regexp"

	"entgo.io/ent"
	f "entgo.io/ent/schema/field"
)

// Crate has fields that come in many ways.
type Crate struct{ crate }

type crate struct{ served }

// Mixin of the Crate.
func (*crate) Mixin() []ent.Mixin { return append(mixins(), &stamped{}, sized[int]{}) }

// Fields of the Crate.
func (c *crate) Fields() []ent.Field {
	slug := func() ent.Field { return f.Int("shadowed").Max(3) }
	return append(append(c.own(), listed...), note("note"), slug(), first(f.Int("generic").Max(4)), first[ent.Field](f.Int("instance").Max(5)))
}

func (*crate) own() []ent.Field { return []ent.Field{f.Int("method").Max(1)} }

func note(name string) ent.Field { return f.String(name).MaxRuneLen(64) }

func first[T any](field T) T { return field }

var listed = []ent.Field{f.Int("variable").Max(2)}

func mixins() []ent.Mixin { return []ent.Mixin{made()} }

func made() ent.Mixin { return outer{inner{}} }

type outer struct{ inner }

type inner struct{ ent.Schema }

func (inner) Fields() []ent.Field { return []ent.Field{f.Int("embedded").Max(6)} }

type stamped struct{ ent.Schema }

func (*stamped) Fields() []ent.Field { return []ent.Field{f.Int("pointer").Max(7)} }

type sized[T any] struct{ ent.Schema }

func (sized[T]) Fields() []ent.Field { return []ent.Field{f.Int("parametrised").Max(8)} }

// These cannot be read.
type (
	Loop   struct{ served }
	Bounds struct{ served }
	Late   struct{ served }
)

// Fields of the Loop.
func (Loop) Fields() (fields []ent.Field) {
	for _, name := range []string{"x", "y"} {
		fields = append(fields, f.Int(name).Max(3))
	}
	return fields
}

// Fields of the Bounds.
func (Bounds) Fields() []ent.Field { return []ent.Field{f.Int("x").Range(bounds())} }

func bounds() (least, most int) { return 1, 2 }

// Fields of the Late.
func (Late) Fields() []ent.Field {
	x := f.String("x")
	return []ent.Field{x.Match(regexp.MustCompile("a"))}
}
