// Package validators is a schema with each of ent's validators.
package validators

import (
	"errors"
	"regexp"

	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Parcel has the validators that the API knows.
type Parcel struct{ served }

// Mixin of the Parcel.
func (Parcel) Mixin() []ent.Mixin { return []ent.Mixin{weighed{}} }

const most = 3 * 10

var slug = regexp.MustCompile(shop.SlugPattern)

// Fields of the Parcel.
func (Parcel) Fields() []ent.Field {
	return append(numbers(), []ent.Field{
		field.String("notempty").Optional().NotEmpty(),
		field.String("minlen").MinLen(2).Optional().NotEmpty(),
		field.String("minrunelen").MinRuneLen(3).MaxRuneLen(9),
		field.String("match").Match(regexp.MustCompile("^a+$")),
		field.String("matchvar").Optional().Match(slug),
		field.String("said").Match(later()).Annotations(admin.Pattern("^b$")),
		field.String("own").Default("x").Validate(refuse),
	}...)
}

func numbers() []ent.Field {
	return []ent.Field{
		field.Int("min").Min(-4),
		field.Int("max").Max(most).Optional(),
		field.Int64("range").Range(1, shop.MaxQuantity).Default(5).Immutable(),
		field.Int32("positive").Positive(),
		field.Int16("negative").Negative(),
		field.Uint8("nonnegative").Min(3),
		field.Int("nought").NonNegative().Validate(func(int) error { return nil }),
		field.Float("floatmin").Min(2).Max(4e2),
		field.Float("floatnonnegative").Min(0),
		field.Int64("far").Max(1 << 62),
		field.Int64("money").GoType(shop.Money(0)).Min(5),
		field.Int("said_range").Min(len(later().String())).Annotations(admin.Range(1, 2)),
		field.Int("custom").Validate(func(int) error { return errors.New("no") }),
	}
}

type weighed struct{ ent.Schema }

func (weighed) Fields() []ent.Field { return []ent.Field{field.Int("weight").Range(1, 9)} }

type served struct{ ent.Schema }

func (served) Annotations() []schema.Annotation { return []schema.Annotation{admin.Resource{}} }

func later() *regexp.Regexp { return slug }

func refuse(string) error { return errors.New("no") }

// The others have one that it cannot know.
type (
	Fraction  struct{ served }
	Positive  struct{ served }
	Unknown   struct{ served }
	Elsewhere struct{ served }
	Other     struct{ served }
	Length    struct{ served }
	Nothing   struct{ served }
	Pattern   struct{ served }
	Two       struct{ served }
	Apart     struct{ served }
	Never     struct{ served }
)

// Fields of the Fraction.
func (Fraction) Fields() []ent.Field { return []ent.Field{field.Float("x").Min(0.5)} }

// Fields of the Positive.
func (Positive) Fields() []ent.Field { return []ent.Field{field.Float("x").Positive()} }

// Fields of the Unknown.
func (Unknown) Fields() []ent.Field { return []ent.Field{field.Int("x").Max(len(later().String()))} }

// Fields of the Elsewhere.
func (Elsewhere) Fields() []ent.Field {
	x := field.Int("x")
	return []ent.Field{x.Max(3)}
}

// Fields of the Other.
func (Other) Fields() []ent.Field {
	return []ent.Field{field.Int("x").Max(3).Annotations(admin.Range(0, 4))}
}

// Fields of the Length.
func (Length) Fields() []ent.Field {
	return []ent.Field{field.String("x").MinLen(len(later().String()))}
}

// Fields of the Nothing.
func (Nothing) Fields() []ent.Field { return []ent.Field{field.String("x").MaxLen(0)} }

// Fields of the Pattern.
func (Pattern) Fields() []ent.Field { return []ent.Field{field.String("x").Match(later())} }

// Fields of the Two.
func (Two) Fields() []ent.Field {
	return []ent.Field{field.String("x").Match(slug).Match(regexp.MustCompile("a"))}
}

// Fields of the Apart.
func (Apart) Fields() []ent.Field {
	x := field.String("x").NotEmpty()
	return []ent.Field{x.Match(slug)}
}

// Fields of the Never.
func (Never) Fields() []ent.Field { return []ent.Field{field.Int("x").Min(3).Max(2)} }
