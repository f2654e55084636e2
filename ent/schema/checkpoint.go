package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
)

// Checkpoint is how far a job has come that reads a table in the order of its ids. The
// next run continues from there.
type Checkpoint struct{ ent.Schema }

// Mixin of the Checkpoint.
func (Checkpoint) Mixin() []ent.Mixin { return []ent.Mixin{Base{}} }

// Fields of the Checkpoint.
func (Checkpoint) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").NotEmpty().MaxRuneLen(64).Unique().Immutable().
			Comment("The job, and what it reads."),
		field.Int64("position").Default(0).
			Comment("The last id that was processed."),
		field.Int64("runs").Default(0).
			Comment("Counts the changes of this row and of the job's results."),
		field.Time("moved_at").
			Comment("When it was last changed."),
	}
}

// Annotations of the Checkpoint.
func (Checkpoint) Annotations() []schema.Annotation {
	return []schema.Annotation{
		admin.Unaudited{Because: "the program keeps it by itself"},
	}
}
