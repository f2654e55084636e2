package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Customer is a person or company that buys.
type Customer struct{ ent.Schema }

// Mixin of the Customer.
func (Customer) Mixin() []ent.Mixin {
	return []ent.Mixin{Base{}, Mutable{}, SoftDelete{}, Folded{Field: "name"}}
}

// Fields of the Customer.
func (Customer) Fields() []ent.Field {
	return []ent.Field{
		field.String("email").NotEmpty().MaxRuneLen(254).Validate(invariant.ValidEmail).
			Annotations(admin.Searchable(), admin.LowerCase(), admin.Pattern(shop.EmailPattern)).
			Comment("Stored in lower case."),
		field.String("name").NotEmpty().MaxRuneLen(255).Validate(invariant.NotBlank).
			Annotations(admin.Searchable()),
		field.String("phone").Optional().Nillable().MaxRuneLen(50).Validate(invariant.NotBlank).
			Annotations(admin.Telephone("phone_digits")),
		field.String("phone_digits").Optional().Nillable().MaxRuneLen(50).
			Annotations(admin.Hidden(), admin.Untracked()).
			Comment("The digits by which the telephone number is found: see package phone."),
		field.String("address").Optional().Nillable().NotEmpty().MaxRuneLen(500).Validate(invariant.NotBlank).
			Annotations(admin.Multiline()).
			Comment("Where orders are sent, as written on a label."),
		field.Text("note").Optional().Nillable().MaxRuneLen(10_000),
	}
}

// Indexes of the Customer.
func (Customer) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("email").Unique().Annotations(entsql.IndexWhere("deleted_at IS NULL")),
		index.Fields("created_at", "id"),
		trigram("customer_email_trgm", "email"),
		trigram("customer_phone_trgm", "phone"),
		trigram("customer_phone_digits_trgm", "phone_digits"),
	}
}

// Hooks of the Customer.
func (Customer) Hooks() []ent.Hook {
	return []ent.Hook{invariant.LowerCaseEmail(), invariant.PhoneDigits()}
}

// Annotations of the Customer.
func (Customer) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Resource{Group: "Sales", Icon: "customer"},
		admin.Person{Replaced: []string{"email", "name"}},
	}
}
