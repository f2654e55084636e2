package handlers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/sheet"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// check returns why the row cannot be written, as far as it can tell without writing it.
func (i *importing[E, D, C, P]) check(line *importLine[E]) error {
	if wrong := line.row.Broken; wrong != nil {
		return i.refusal([]shop.FieldError{*wrong}, nil)
	}
	var err error
	if line.known == nil {
		_, err = i.record(line, true)
	} else {
		_, err = i.patch(line, true)
	}
	return err
}

// write makes the change of a row.
func (i *importing[E, D, C, P]) write(ctx context.Context, line *importLine[E]) error {
	if line.known == nil {
		return i.create(ctx, line)
	}
	ctx, err := access.Allow(ctx, access.Permission(i.r.def.Permissions.Update))
	if err != nil {
		return err
	}
	id := i.r.id(line.known)
	for range maxTries {
		p, err := i.patch(line, false)
		if err != nil {
			return err
		}
		line.ID = &id
		if line.Verdict = rowUnchanged; len(p.fields) == 0 {
			return nil
		}
		version := i.r.version(line.known)
		row, err := i.r.update(ctx, i.tx, id, &version, p.body)
		if err == nil {
			line.Verdict = rowUpdated
			line.Changes, err = i.changes(p, row)
		}
		if !ent.IsNotFound(err) {
			return err
		}
		if line.known, err = i.r.find(ctx, i.tx, id); err != nil { // it was changed after the lookup
			return err
		}
	}
	return shop.Conflictf("the %s is being changed by others at this moment: try again", i.r.name())
}

func (i *importing[E, D, C, P]) create(ctx context.Context, line *importLine[E]) error {
	ids := i.ids[i.r.def.Name]
	ids[line.row.Key] = toCome // again, after a rollback
	ctx, err := access.Allow(ctx, access.Permission(i.r.def.Permissions.Create))
	if err != nil {
		return err
	}
	body, err := i.record(line, false)
	if err != nil {
		return err
	}
	row, err := i.r.create(ctx, i.tx, body)
	if err != nil {
		return err
	}
	id := i.r.id(row)
	line.ID, line.Verdict, ids[line.row.Key], i.made[id] = &id, rowCreated, id, true
	return nil
}

// record returns the body that creates the row's record. With ahead, references to records
// that the file will create count as valid.
func (i *importing[E, D, C, P]) record(line *importLine[E], ahead bool) (*C, error) {
	members, wrong := line.row.New()
	if err := invariant.Legible(line.row.Key); err != nil { // spreadsheets leave invisible characters
		wrong = append(wrong, shop.FieldError{Location: i.r.def.ImportKey, Message: err.Error()})
	}
	wrong = append(wrong, i.refer(line.row, members, ahead)...)
	return bodyOf[C](i.registry, i.createSchema, members, func(errs []error) error { return i.refusal(wrong, errs) })
}

// rowPatch is a patch, its fields, and all values before it.
type rowPatch[P any] struct {
	body   *P
	fields map[string]any
	before map[string]json.RawMessage
}

// patch returns the patch with the fields that are different in the file.
func (i *importing[E, D, C, P]) patch(line *importLine[E], ahead bool) (*rowPatch[P], error) {
	fields, wrong := line.row.Patch()
	wrong = append(wrong, i.refer(line.row, fields, ahead)...)
	before, err := i.r.members(line.known)
	if err != nil {
		return nil, err
	}
	for name, value := range fields {
		text, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("make a patch: %w", err)
		}
		if audit.Same(before[name], text) || value == nil && string(before[name]) == `""` { // a blank cell stands for both
			delete(fields, name)
		}
	}
	body, err := bodyOf[P](i.registry, i.patchSchema, fields, func(errs []error) error { return i.refusal(wrong, errs) })
	return &rowPatch[P]{body: body, fields: fields, before: before}, err
}

// changes returns what the patch changed.
func (i *importing[E, D, C, P]) changes(p *rowPatch[P], row *E) (map[string]Changed, error) {
	after, err := i.r.members(row)
	if err != nil {
		return nil, err
	}
	changes := map[string]Changed{}
	for name := range p.fields {
		changes[name] = Changed{Before: p.before[name], After: after[name]}
	}
	return changes, nil
}

// refer adds to members the ids of the records that the row names by their natural keys,
// and returns what is wrong with these. An id that the row gives was written down before
// the import, and so means none of the records that the file creates.
func (i *importing[E, D, C, P]) refer(row *sheet.Row, members map[string]any, ahead bool) []shop.FieldError {
	var wrong []shop.FieldError
	for n := range i.r.def.Fields {
		f := &i.r.def.Fields[n]
		if id, _ := members[f.Name].(int64); f.Reference == i.r.def.Name && i.made[id] {
			wrong = append(wrong, shop.FieldError{Location: f.Name, Message: i.r.missing(id).Error()})
		}
	}
	for _, ref := range row.Refs {
		field := ref.Field
		id, found := i.ids[field.Reference][ref.Key]
		switch {
		case found && id != toCome:
			members[field.Name] = id
		case found && ahead:
			members[field.Name] = int64(1)
		default:
			wrong = append(wrong, shop.FieldError{Location: field.Name, Message: i.unknown(row, ref, found)})
		}
	}
	return wrong
}

// bodyOf makes a body from the members, with the same checks as the body of a request.
func bodyOf[B any](
	registry huma.Registry, schema *huma.Schema, members map[string]any, refusal func(errs []error) error,
) (*B, error) {
	path, found := huma.NewPathBuffer(nil, 0), huma.ValidateResult{}
	path.Push("body")
	huma.Validate(registry, schema, path, huma.ModeWriteToServer, members, &found)
	if err := refusal(found.Errors); err != nil {
		return nil, err
	}
	text, err := json.Marshal(members)
	if err != nil {
		return nil, fmt.Errorf("make a body: %w", err)
	}
	var body B
	if err := json.Unmarshal(text, &body); err != nil {
		return nil, refusal([]error{err})
	}
	return &body, nil
}

// refusal returns what is wrong with the cells of a row, nil when nothing is. Findings of
// the schema are left out for cells that could not be read.
func (i *importing[E, D, C, P]) refusal(cells []shop.FieldError, schema []error) error {
	wrong := &shop.Error{Kind: shop.KindInvalid, Message: "validation failed"}
	for _, f := range cells {
		wrong.Fields = append(wrong.Fields, shop.FieldError{Location: i.column(f.Location), Message: f.Message})
	}
	said := wrong.Fields
	if found, ok := firstProblem([]error{humaError(http.StatusUnprocessableEntity, "validation failed", schema...)}); ok {
		for _, f := range found.Errors {
			column := i.column(f.Location)
			if !slices.ContainsFunc(said, func(cell shop.FieldError) bool { return cell.Location == column }) {
				wrong.Fields = append(wrong.Fields, shop.FieldError{Location: column, Message: f.Message})
			}
		}
	}
	if len(wrong.Fields) == 0 {
		return nil
	}
	return wrong
}

// located returns the reasons of a refusal, located by the columns of the file.
func (i *importing[E, D, C, P]) located(p *Problem) []FieldProblem {
	if len(p.Errors) == 0 {
		return []FieldProblem{{Message: p.Detail}}
	}
	return rendered(p.Errors, func(f FieldProblem) FieldProblem {
		return FieldProblem{Location: i.column(f.Location), Message: f.Message}
	})
}

// column returns the column of a location such as body.category_id.
func (i *importing[E, D, C, P]) column(location string) string {
	name := strings.TrimPrefix(location, "body.")
	return cmp.Or(i.file.ColumnOf(name), name)
}
