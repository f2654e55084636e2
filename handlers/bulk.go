package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/batch"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Bulk is one change to many records: either a merge patch or an action.
type Bulk[P any] struct {
	IDs    []int64         `json:"ids" minItems:"1" maxItems:"500" minimum:"1" maximum:"9007199254740991" doc:"the records; at most 500"`
	Patch  Opt[P]          `json:"patch,omitempty" doc:"merge patch for each of them"`
	Action Opt[BulkAction] `json:"action,omitempty" enum:"delete,restore" doc:"instead of a patch"`
}

// TransformSchema implements huma.SchemaTransformer: the ids are unique. bulkChange checks
// that, because huma would panic where one of them is an array or an object.
func (Bulk[P]) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.Properties["ids"].Extensions = map[string]any{"uniqueItems": true}
	return s
}

// BulkAction is what a bulk operation does without a patch.
type BulkAction string

// The actions of bulk operations.
const (
	bulkDelete  BulkAction = "delete"
	bulkRestore BulkAction = "restore"
)

// Verdicts are the results of a bulk operation, one for each record, in the order of the
// request.
type Verdicts struct {
	Succeeded int       `json:"succeeded"`
	Failed    int       `json:"failed"`
	Results   []Verdict `json:"results"`
}

// Verdict is the result for one record. Each record is changed or refused by itself.
type Verdict struct {
	ID     int64    `json:"id"`
	Status int      `json:"status" doc:"as the operation on the single record would answer: 200, 204 for a deletion, or that of the error"`
	Error  *Problem `json:"error,omitempty" doc:"why it was not changed"`
}

func registerBulk[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Bulk, "/bulk", "Change many "+definition.Noun(r.def.LabelPlural),
		bulkNeeds(r.def)...)
	op.Method = http.MethodPost
	op.Description = "Applies a merge patch or an action to each record separately and returns a result per record: " +
		"a failure does not affect the other records. Needs the same permissions as the single changes."
	write(api, s, op, func(ctx context.Context, tx *ent.Client, in *bodyInput[Bulk[P]]) (*Answer[Verdicts], error) {
		change, err := r.bulkChange(ctx, tx, &in.Body)
		if err != nil {
			return nil, err
		}
		done := http.StatusOK
		if in.Body.Action.Value == bulkDelete {
			done = http.StatusNoContent
		}
		many := invariant.Many{Table: r.def.Table, IDs: in.Body.IDs, Kept: in.Body.Action.Value == bulkRestore}
		if err := many.Hold(ctx, tx); err != nil {
			return nil, err
		}
		out, err := eachRow(ctx, s, tx, in.Body.IDs, done, change)
		if err != nil {
			return nil, err
		}
		return &Answer[Verdicts]{Body: *out}, nil
	})
}

// bulkNeeds returns the permissions of everything that a bulk operation can do.
func bulkNeeds(def *definition.Resource) []string {
	var needs []string
	for _, p := range []string{def.Permissions.Update, def.Permissions.Delete} {
		if p != "" && !slices.Contains(needs, p) {
			needs = append(needs, p)
		}
	}
	return needs
}

// bulkChange is the change that the body asks for.
func (r *resource[E, D, C, P]) bulkChange(
	ctx context.Context, tx *ent.Client, in *Bulk[P],
) (func(ctx context.Context, id int64) error, error) {
	nulls := []nullMember{{"patch", in.Patch.Null}, {"action", in.Action.Null}}
	if r.nulls != nil {
		for _, m := range r.nulls(&in.Patch.Value) {
			nulls = append(nulls, nullMember{"patch." + m.name, m.null})
		}
	}
	if err := notNull(nulls...); err != nil {
		return nil, err
	}
	if len(slices.Compact(slices.Sorted(slices.Values(in.IDs)))) < len(in.IDs) {
		return nil, shop.Invalidf("body.ids", "%s", validation.MsgExpectedArrayItemsUnique)
	}
	action := in.Action.Value
	may := func(needs string) error { return access.Check(ctx, access.Permission(needs)) }
	switch {
	case in.Patch.Set && !in.Action.Set && r.update != nil:
		return func(ctx context.Context, id int64) error {
			_, err := r.update(ctx, tx, id, nil, &in.Patch.Value)
			return relocated(r.named(err, id), func(field, message string) shop.FieldError {
				return shop.FieldError{Location: "body.patch." + field, Message: message}
			})
		}, may(r.def.Permissions.Update)
	case !in.Patch.Set && action == bulkDelete && r.def.Offers(definition.Delete):
		return func(ctx context.Context, id int64) error {
			return r.named(r.remove(ctx, tx, id, nil), id)
		}, may(r.def.Permissions.Delete)
	case !in.Patch.Set && action == bulkRestore && r.def.Offers(definition.Restore):
		return func(ctx context.Context, id int64) error {
			_, err := r.revive(ctx, tx, id, nil)
			return aboutRecord(r.named(err, id), "body.ids")
		}, may(r.def.Permissions.Delete)
	default:
		return nil, shop.Invalidf("body", "expected either a patch or an action that this resource offers")
	}
}

// named adds the name of the record to ent's "not found".
func (r *resource[E, D, C, P]) named(err error, id int64) error {
	if ent.IsNotFound(err) {
		return r.missing(id)
	}
	return err
}

// eachRow changes each record, in the order of their ids.
func eachRow(
	ctx context.Context, s *Server, tx *ent.Client, ids []int64, done int, change func(ctx context.Context, id int64) error,
) (*Verdicts, error) {
	failed, err := batch.Apply(ctx, tx, slices.Sorted(slices.Values(ids)), change)
	if err != nil {
		return nil, err
	}
	out := &Verdicts{Succeeded: len(ids) - len(failed), Failed: len(failed), Results: make([]Verdict, len(ids))}
	for i, id := range ids {
		out.Results[i] = Verdict{ID: id, Status: done}
		if why := failed[id]; why != nil {
			p := problemOf(ctx, s.log, why)
			out.Results[i] = Verdict{ID: id, Status: p.Status, Error: p}
		}
	}
	return out, nil
}
