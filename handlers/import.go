package handlers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/sheet"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// importSuffix is what the paths of imports end with, and no others.
const importSuffix = "/import"

// Imported says what became of a file, row by row.
type Imported struct {
	DryRun         bool          `json:"dry_run" doc:"nothing was written: the verdicts are those that the import would have"`
	Applied        bool          `json:"applied" doc:"what the verdicts say was written"`
	Created        int           `json:"created"`
	Updated        int           `json:"updated"`
	Unchanged      int           `json:"unchanged" doc:"records that hold already what the file says; nothing was written"`
	Refused        int           `json:"refused"`
	IgnoredColumns []string      `json:"ignored_columns" doc:"columns that were not written: fields that are read-only, or that only new records take"`
	RequestID      string        `json:"request_id" doc:"all that was written can be undone by it"`
	Rows           []ImportedRow `json:"rows" doc:"in the order of the file"`
}

// ImportedRow is what became of one row.
type ImportedRow struct {
	Line    int                `json:"line" doc:"line of the file where the row begins; the column names are line 1"`
	Key     string             `json:"key" doc:"by which the record is known, as it is stored"`
	ID      *int64             `json:"id" nullable:"true" doc:"null when there is no record"`
	Verdict string             `json:"verdict" enum:"created,updated,unchanged,refused"`
	Changes map[string]Changed `json:"changes,omitempty" doc:"by field, of an updated record"`
	Errors  []FieldProblem     `json:"errors,omitempty" doc:"why the row was refused, located by column; by nothing when it is about the row as a whole"`
}

// Changed is a field's value before and after.
type Changed struct {
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

const (
	rowCreated   = "created"
	rowUpdated   = "updated"
	rowUnchanged = "unchanged"
	rowRefused   = "refused"
)

type importInput struct {
	DryRun      bool   `query:"dry_run" doc:"write nothing, and answer what would become of each row"`
	SkipRefused bool   `query:"skip_refused" doc:"write the other rows when some are refused"`
	RawBody     []byte `contentType:"text/csv"`
}

// finder looks up the ids of living records by their natural keys.
type finder func(ctx context.Context, tx *ent.Client, keys []string) (map[string]int64, error)

func registerImport[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, "import", importSuffix, "Import "+definition.Noun(r.def.LabelPlural)+" from a CSV file",
		string(access.DataImport))
	op = needingBesides(op, access.Permission(r.def.Permissions.Read))
	op.OperationID = "import-" + r.def.Name
	op.Method = http.MethodPost
	op.Description = fmt.Sprintf("The columns are fields by their names, as the export of the admin screens has them, "+
		"separated by comma, semicolon or tab; at most %d rows. A row whose `%s` a record has changes that one, others create one; "+
		"each needs what the single change needs. When a row is refused nothing is written, unless `skip_refused`. "+
		"Locations of errors are `body.lines[LINE].COLUMN`.", sheet.MaxRows, r.def.ImportKey)
	registry := api.OpenAPI().Components.Schemas
	create, patch := registry.Schema(typeOf[C](), true, ""), registry.Schema(typeOf[P](), true, "")
	s.finders[r.def.Name] = r.idsOf
	write(api, s, op, func(ctx context.Context, tx *ent.Client, in *importInput) (*Answer[Imported], error) {
		file, err := sheet.Read(string(in.RawBody), r.def, sheet.Config{
			Decimals: s.currency.Decimals(),
			KeyOf:    func(resource string) string { return definitionOf(resource).ImportKey },
		})
		if err != nil {
			return nil, err
		}
		i := importing[E, D, C, P]{s: s, r: &r, tx: tx, file: file, registry: registry, createSchema: create, patchSchema: patch}
		if err := i.run(ctx); err != nil {
			return nil, err
		}
		return i.answer(ctx, in)
	})
}

// keyed are the living records with these natural keys.
func (r *resource[E, D, C, P]) keyed(ctx context.Context, tx *ent.Client, keys []string) (map[string]*E, error) {
	found := map[string]*E{}
	if len(keys) == 0 {
		return found, nil
	}
	q, err := listquery.Keyed(r.def, r.def.ImportKey, keys)
	if err != nil {
		return nil, fmt.Errorf("look up %s: %w", r.def.Name, err)
	}
	rows, err := r.list(store.Replan(invariant.WithDeleted(ctx)), tx, q) // the query leaves deleted ones out
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		key, _ := r.value(row, r.def.ImportKey).(string)
		found[key] = row
	}
	return found, nil
}

// idsOf are the ids of the living records with these natural keys.
func (r *resource[E, D, C, P]) idsOf(ctx context.Context, tx *ent.Client, keys []string) (map[string]int64, error) {
	rows, err := r.keyed(ctx, tx, keys)
	ids := make(map[string]int64, len(rows))
	for key, row := range rows {
		ids[key] = r.id(row)
	}
	return ids, err
}

// importing is one run over a file.
type importing[E, D, C, P any] struct {
	s                         *Server
	r                         *resource[E, D, C, P]
	tx                        *ent.Client
	file                      *sheet.Sheet
	registry                  huma.Registry
	createSchema, patchSchema *huma.Schema

	lines []*importLine[E]
	// ids are those of referred records, by resource and natural key. Records that
	// the file creates are among them once they are there.
	ids map[string]map[string]int64
}

// importLine is a row on its way.
type importLine[E any] struct {
	ImportedRow

	row   *sheet.Row
	known *E // the record with the key, nil when there is none
}

// run makes the changes of all rows. Records that are there are changed in the order
// of their ids, as everything else that changes many, then the others are created in
// the order of the file.
func (i *importing[E, D, C, P]) run(ctx context.Context) error {
	if err := i.lookUp(ctx); err != nil {
		return err
	}
	inOrder := slices.Clone(i.lines)
	slices.SortStableFunc(inOrder, func(a, b *importLine[E]) int {
		return cmp.Compare(i.place(a), i.place(b))
	})
	var places []int64
	for place, line := range inOrder {
		if err := i.check(ctx, line); err != nil {
			line.Errors = i.located(problemOf(ctx, i.s.log, err))
			continue
		}
		places = append(places, int64(place))
	}
	failed, err := inTurn(ctx, i.s, i.tx, places, func(ctx context.Context, place int64) error {
		return i.write(ctx, inOrder[place])
	})
	if err != nil {
		return err
	}
	var late []string
	for place, p := range failed {
		line := inOrder[place]
		if line.Errors = i.located(p); line.known == nil {
			late = append(late, line.row.Key)
		}
	}
	return i.metSince(ctx, late)
}

// place puts known records before new ones.
func (i *importing[E, D, C, P]) place(line *importLine[E]) int64 {
	if line.known == nil {
		return int64(shop.MaxMoney)
	}
	return i.r.id(line.known)
}

// metSince begins anew when others have created what could not be created here.
func (i *importing[E, D, C, P]) metSince(ctx context.Context, keys []string) error {
	met, err := i.r.keyed(ctx, i.tx, keys)
	if err != nil {
		return err
	}
	for _, line := range i.lines {
		if line.ID != nil && line.known == nil && len(line.Errors) == 0 {
			delete(met, line.row.Key)
		}
	}
	if len(met) > 0 {
		return fmt.Errorf("import of %s: %w", i.r.def.Name, shop.ErrRepeat)
	}
	return nil
}

// lookUp finds the records of the file and those that it refers to, with one query
// for each resource.
func (i *importing[E, D, C, P]) lookUp(ctx context.Context) error {
	own := i.r.def.Name
	wanted := map[string]map[string]bool{own: {}}
	for n := range i.file.Rows {
		row := &i.file.Rows[n]
		wanted[own][row.Key] = true
		for field, key := range row.Refs {
			if wanted[field.Reference] == nil {
				wanted[field.Reference] = map[string]bool{}
			}
			wanted[field.Reference][key] = true
		}
	}
	i.ids = map[string]map[string]int64{own: {}}
	known, err := i.r.keyed(ctx, i.tx, slices.Sorted(maps.Keys(wanted[own])))
	if err != nil {
		return err
	}
	delete(wanted, own)
	for name, keys := range wanted {
		if i.ids[name], err = i.s.finders[name](ctx, i.tx, slices.Sorted(maps.Keys(keys))); err != nil {
			return err
		}
	}
	for n := range i.file.Rows {
		row := &i.file.Rows[n]
		line := &importLine[E]{row: row, known: known[row.Key], ImportedRow: ImportedRow{Line: row.Line, Key: row.Key}}
		i.lines = append(i.lines, line)
		i.ids[own][row.Key] = toCome
	}
	for key, row := range known {
		i.ids[own][key] = i.r.id(row)
	}
	return nil
}

// toCome is the id of a record that the file may create.
const toCome = 0

// check says why the row cannot be written, as far as that can be told without
// writing it.
func (i *importing[E, D, C, P]) check(ctx context.Context, line *importLine[E]) error {
	if wrong := line.row.Broken; wrong != nil {
		return i.refusal([]shop.FieldError{*wrong}, nil)
	}
	if line.known == nil {
		if err := access.Check(ctx, access.Permission(i.r.def.Permissions.Create)); err != nil {
			return err
		}
		_, err := i.record(line, true)
		return err
	}
	if err := access.Check(ctx, access.Permission(i.r.def.Permissions.Update)); err != nil {
		return err
	}
	_, err := i.patch(line, true)
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
		if line.known, err = i.r.find(ctx, i.tx, id); err != nil { // changed since it was looked up
			return err
		}
	}
	return shop.Conflictf("the %s is being changed by others at this moment: try again", i.r.name())
}

func (i *importing[E, D, C, P]) create(ctx context.Context, line *importLine[E]) error {
	ids := i.ids[i.r.def.Name]
	ids[line.row.Key] = toCome // again, when it was rolled back
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
	line.ID, line.Verdict, ids[line.row.Key] = &id, rowCreated, id
	return nil
}

// record is the body that creates the row's record. Ahead tells that what the file
// creates itself counts as being there.
func (i *importing[E, D, C, P]) record(line *importLine[E], ahead bool) (*C, error) {
	members, wrong := line.row.New()
	wrong = append(wrong, i.refer(line.row, members, ahead)...)
	return bodyOf[C](i.registry, i.createSchema, members, func(errs []error) error { return i.refusal(wrong, errs) })
}

// rowPatch is a patch, the fields in it and all values before it.
type rowPatch[P any] struct {
	body   *P
	fields map[string]any
	before map[string]json.RawMessage
}

// patch gives the record what is different in the file.
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
		if audit.Same(before[name], text) || value == nil && string(before[name]) == `""` { // a file has one blank for both
			delete(fields, name)
		}
	}
	body, err := bodyOf[P](i.registry, i.patchSchema, fields, func(errs []error) error { return i.refusal(wrong, errs) })
	return &rowPatch[P]{body: body, fields: fields, before: before}, err
}

// changes are what the patch did.
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

// refer adds the ids of the records that the row names by their natural keys.
func (i *importing[E, D, C, P]) refer(row *sheet.Row, members map[string]any, ahead bool) []shop.FieldError {
	var wrong []shop.FieldError
	for field, key := range row.Refs {
		id, found := i.ids[field.Reference][key]
		switch {
		case found && id != toCome:
			members[field.Name] = id
		case found && ahead:
			members[field.Name] = int64(1)
		default:
			def := definitionOf(field.Reference)
			wrong = append(wrong, shop.FieldError{
				Location: field.Name, Message: "expected the " + def.ImportKey + " of " + "one of the " + definition.Noun(def.LabelPlural),
			})
		}
	}
	return wrong
}

// bodyOf makes the members a body, by the checks that the body of a request passes.
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

// refusal says what is wrong with the cells of a row, nil when nothing is. What the
// schema finds is left out where the cell itself could not be read.
func (i *importing[E, D, C, P]) refusal(cells []shop.FieldError, schema []error) error {
	p := statusProblem(http.StatusUnprocessableEntity, "validation failed")
	for _, f := range cells {
		p.Errors = append(p.Errors, FieldProblem{Location: i.column(f.Location), Message: f.Message})
	}
	said := len(p.Errors)
	if found, ok := firstProblem([]error{humaError(http.StatusUnprocessableEntity, "validation failed", schema...)}); ok {
		for _, f := range found.Errors {
			f.Location = i.column(f.Location)
			if !slices.ContainsFunc(p.Errors[:said], func(cell FieldProblem) bool { return cell.Location == f.Location }) {
				p.Errors = append(p.Errors, f)
			}
		}
	}
	if len(p.Errors) == 0 {
		return nil
	}
	return p
}

// located are the reasons of a refusal by the columns of the file.
func (i *importing[E, D, C, P]) located(p *Problem) []FieldProblem {
	if len(p.Errors) == 0 {
		return []FieldProblem{{Message: p.Detail}}
	}
	return rendered(p.Errors, func(f FieldProblem) FieldProblem {
		return FieldProblem{Location: i.column(f.Location), Message: f.Message}
	})
}

// column is the column of a location such as body.category_id.
func (i *importing[E, D, C, P]) column(location string) string {
	name := strings.TrimPrefix(location, "body.")
	return cmp.Or(i.file.ColumnOf(name), name)
}

// answer says what became of the rows. It is an error when nothing is to be written.
func (i *importing[E, D, C, P]) answer(ctx context.Context, in *importInput) (*Answer[Imported], error) {
	out := Imported{
		DryRun: in.DryRun, Applied: !in.DryRun, IgnoredColumns: i.file.Ignored, RequestID: requestOf(ctx).ID, Rows: []ImportedRow{},
	}
	var refused []FieldProblem
	for _, line := range i.lines {
		switch {
		case len(line.Errors) > 0:
			out.Refused++
			line.Verdict, line.Changes = rowRefused, nil
			if line.ID = nil; line.known != nil {
				line.ID = new(i.r.id(line.known))
			}
			for _, f := range line.Errors {
				refused = append(refused, FieldProblem{Location: sheet.At(line.Line, f.Location), Message: f.Message})
			}
		case line.Verdict == rowCreated:
			out.Created++
			if in.DryRun {
				line.ID = nil
			}
		case line.Verdict == rowUpdated:
			out.Updated++
		default:
			out.Unchanged++
		}
		out.Rows = append(out.Rows, line.ImportedRow)
	}
	if out.Updated+out.Unchanged > 0 {
		out.IgnoredColumns = append(out.IgnoredColumns, i.file.CreateOnly()...)
	}
	answer := &Answer[Imported]{Status: http.StatusOK, Body: out}
	switch {
	case in.DryRun:
		return nil, &rehearsal[Imported]{answer}
	case out.Refused > 0 && !in.SkipRefused:
		return nil, statusProblem(http.StatusUnprocessableEntity,
			fmt.Sprintf("%d of %d rows were refused; nothing was written", out.Refused, len(out.Rows)), refused...)
	default:
		return answer, nil
	}
}
