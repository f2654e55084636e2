package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// resource is what the generated code provides for an entity E: how it is shown (D),
// created from C and patched by P, and the ent calls for it. Functions are nil if the
// resource does not offer the operation.
type resource[E, D, C, P any] struct {
	def     *definition.Resource
	list    func(ctx context.Context, client *ent.Client, q *listquery.Query) ([]*E, error)
	get     func(ctx context.Context, client *ent.Client, id int64) (*E, error)
	create  func(ctx context.Context, tx *ent.Client, in *C) (*E, error)
	update  func(ctx context.Context, tx *ent.Client, id int64, version *int64, in *P) (*E, error)
	nulls   func(in *P) []nullMember // the members that must not be null
	remove  func(ctx context.Context, tx *ent.Client, id int64, version *int64) error
	restore func(ctx context.Context, tx *ent.Client, id int64, version *int64) (*E, error)
	render  func(*E) D
	version func(*E) int64
	// value returns the stored value of a sort field, nil for NULL.
	value func(e *E, field string) any
	// extend fills the computed members of all rows at once. It is nil if there are none.
	extend func(ctx context.Context, client *ent.Client, rows []D) error
}

// noBody stands for the bodies of a resource that cannot be created or patched.
type noBody struct{}

// IDInput is the id in the path.
type IDInput struct {
	ID int64 `path:"id" minimum:"1" doc:"id of the record"`
}

type getInput struct {
	IDInput
	IncludeDeleted bool `query:"include_deleted" doc:"return the record even if it is deleted"`
}

type bodyInput[B any] struct{ Body B }

// recordInput is the id of a record in the path, and a body, which a pointer makes optional.
type recordInput[B any] struct {
	IDInput
	Body B
}

type patchInput[P any] struct {
	IDInput
	Body P `contentType:"application/merge-patch+json"`
}

// register registers the operations of a resource.
func register[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	registerList(api, s, r)
	registerGet(api, s, r)
	if r.create != nil {
		limit[C](api, r.def)
		registerCreate(api, s, r)
	}
	if r.update != nil {
		limit[P](api, r.def)
		registerUpdate(api, s, r)
	}
	if r.remove != nil {
		registerDelete(api, s, r)
	}
	if r.restore != nil {
		registerRestore(api, s, r)
	}
	if r.def.Offers(definition.Bulk) {
		registerBulk(api, s, r)
	}
	if r.def.Offers(definition.Import) {
		registerImport(api, s, r)
	}
	registerHistory(api, s, r)
	s.revertible[r.def.Name] = r.revertible()
}

// operation starts the description of one of the resource's operations.
func operation(def *definition.Resource, op definition.Operation, suffix, summary string, needs ...string) huma.Operation {
	anyOf := make([]access.Permission, len(needs))
	for i, name := range needs {
		anyOf[i] = access.Permission(name)
	}
	return needing(huma.Operation{
		OperationID: def.OperationID(op),
		Path:        prefix + "/" + def.Name + suffix,
		Summary:     summary,
		Tags:        []string{def.LabelPlural},
	}, anyOf...)
}

func (r *resource[E, D, C, P]) name() string { return definition.Noun(r.def.Label) }

// one returns the name with its indefinite article.
func (r *resource[E, D, C, P]) one() string {
	name := r.name()
	if strings.ContainsAny(name[:1], "aeioAEIO") {
		return "an " + name
	}
	return "a " + name
}

// pathTo returns the path of a record of a resource.
func pathTo(resource string, id int64) string { return fmt.Sprintf("%s/%s/%d", prefix, resource, id) }

// missing returns the error for a record that does not exist.
func (r *resource[E, D, C, P]) missing(id int64) error { return shop.NotFound(r.name(), id) }

// find reads a record; a missing one is an error of kind NotFound.
func (r *resource[E, D, C, P]) find(ctx context.Context, client *ent.Client, id int64) (*E, error) {
	row, err := r.get(store.Lookup(ctx), client, id)
	if ent.IsNotFound(err) {
		return nil, r.missing(id)
	}
	return row, err
}

// show renders rows, including their computed members.
func (r *resource[E, D, C, P]) show(ctx context.Context, client *ent.Client, rows []*E) ([]D, error) {
	out := rendered(rows, r.render)
	if r.extend == nil || len(out) == 0 {
		return out, nil
	}
	if err := r.extend(ctx, client, out); err != nil {
		return nil, err
	}
	return out, nil
}

// members returns the members of a rendered record.
func (r *resource[E, D, C, P]) members(row *E) (map[string]json.RawMessage, error) {
	text, err := json.Marshal(r.render(row))
	if err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return members, nil
}

// documentCondition documents If-Match if the records have versions. Otherwise it is
// refused.
func (r *resource[E, D, C, P]) documentCondition(op *huma.Operation) {
	op.Errors = []int{http.StatusNotFound}
	if r.def.Versioned {
		op.Errors = append(op.Errors, http.StatusPreconditionFailed)
		documentIfMatch(op)
	}
}

// answer renders one row with its ETag.
func (r *resource[E, D, C, P]) answer(ctx context.Context, client *ent.Client, row *E) (*Answer[D], error) {
	shown, err := r.show(ctx, client, []*E{row})
	if err != nil {
		return nil, err
	}
	out := &Answer[D]{Body: shown[0]}
	if r.tagged() {
		out.ETag = etag(r.version(row))
	}
	return out, nil
}

// tagged reports whether records have an ETag. Records that can change without a version
// have none, because it would not change with them.
func (r *resource[E, D, C, P]) tagged() bool { return r.def.Versioned || r.update == nil }

// documentAnswer declares the headers of an answer with a record: these and the ETag.
func (r *resource[E, D, C, P]) documentAnswer(op *huma.Operation, status int, headers ...string) {
	if r.tagged() {
		headers = append(headers, etagHeader)
	}
	answersWith(op, status, headers...)
}

func registerGet[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Get, "/{id}", "Get "+r.one(), r.def.Permissions.Read)
	op.Errors = []int{http.StatusNotFound}
	r.documentAnswer(&op, http.StatusOK)
	get := func(ctx context.Context, client *ent.Client, in *IDInput) (*Answer[D], error) {
		row, err := r.find(ctx, client, in.ID)
		if err != nil {
			return nil, err
		}
		return r.answer(ctx, client, row)
	}
	if !r.def.SoftDelete {
		read(api, s, op, get)
		return
	}
	read(api, s, op, func(ctx context.Context, client *ent.Client, in *getInput) (*Answer[D], error) {
		return get(seeing(ctx, in.IncludeDeleted), client, &in.IDInput)
	})
}

// seeing returns the context for reading a record, even a deleted one if deleted is set.
func seeing(ctx context.Context, deleted bool) context.Context {
	if deleted {
		return invariant.WithDeleted(ctx)
	}
	return ctx
}

func registerCreate[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Create, "", "Create "+r.one(), r.def.Permissions.Create)
	op.Method = http.MethodPost
	op.DefaultStatus = http.StatusCreated
	r.documentAnswer(&op, op.DefaultStatus, locationHeader)
	write(api, s, op, func(ctx context.Context, tx *ent.Client, in *bodyInput[C]) (*Answer[D], error) {
		row, err := r.create(ctx, tx, &in.Body)
		if err != nil {
			return nil, err
		}
		out, err := r.answer(ctx, tx, row)
		if err != nil {
			return nil, err
		}
		out.Location = pathTo(r.def.Name, r.id(row))
		return out, nil
	})
}

// id returns the id of a row.
func (r *resource[E, D, C, P]) id(row *E) int64 {
	id, _ := r.value(row, "id").(int64)
	return id
}

func registerUpdate[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Update, "/{id}", "Update "+r.one(), r.def.Permissions.Update)
	op.Method = http.MethodPatch
	op.Description = "A JSON merge patch (RFC 7396): absent members keep their value, null clears an optional one."
	r.documentCondition(&op)
	r.documentAnswer(&op, http.StatusOK)
	documentPatch[P](api, &op)
	write(api, s, op, func(ctx context.Context, tx *ent.Client, in *patchInput[P]) (*Answer[D], error) {
		row, err := r.conditionally(ctx, tx, in.ID, func(version *int64) (*E, error) {
			return r.update(ctx, tx, in.ID, version, &in.Body)
		})
		if err != nil {
			return nil, err
		}
		return r.answer(ctx, tx, row)
	})
}

// documentPatch documents the merge patch under application/json too.
func documentPatch[P any](api huma.API, op *huma.Operation) {
	schema := schemaOf[P](api.OpenAPI().Components.Schemas)
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json":             {Schema: schema},
		"application/merge-patch+json": {Schema: schema},
	}}
}

func registerDelete[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Delete, "/{id}", "Delete "+r.one(), r.def.Permissions.Delete)
	r.documentCondition(&op)
	erase(api, s, op, func(ctx context.Context, tx *ent.Client, in *IDInput) error {
		_, err := r.conditionally(ctx, tx, in.ID, func(version *int64) (*E, error) {
			return nil, r.remove(ctx, tx, in.ID, version)
		})
		return err
	})
}

func registerRestore[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Restore, "/{id}/restore", "Restore a deleted "+r.name(), r.def.Permissions.Delete)
	op.Method = http.MethodPost
	r.documentCondition(&op)
	r.documentAnswer(&op, http.StatusOK)
	write(api, s, op, func(ctx context.Context, tx *ent.Client, in *IDInput) (*Answer[D], error) {
		row, err := r.conditionally(invariant.WithDeleted(ctx), tx, in.ID, func(version *int64) (*E, error) {
			return r.revive(ctx, tx, in.ID, version)
		})
		if err != nil {
			return nil, aboutRecord(err, "path.id")
		}
		return r.answer(ctx, tx, row)
	})
}

// revive restores a deleted record. It leaves a record that is not deleted as it is, so
// restoring twice is not an error. It locks such a record, because the answer that shows it
// may be stored, and an erasure has to wait for that.
func (r *resource[E, D, C, P]) revive(ctx context.Context, tx *ent.Client, id int64, version *int64) (*E, error) {
	row, missing := r.restore(invariant.WithDeleted(ctx), tx, id, version)
	if !ent.IsNotFound(missing) {
		return row, missing
	}
	row, err := r.get(invariant.Holding(ctx), tx, id)
	if ent.IsNotFound(err) || err == nil && version != nil && r.version(row) != *version {
		return nil, missing
	}
	return row, err
}
