package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/sheet"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shopify"
)

// importSuffix is how the paths of imports, and of no other operations, end.
const importSuffix = "/import"

// Imported is the result of an import, row by row.
type Imported struct {
	DryRun         bool          `json:"dry_run" doc:"nothing was written: the verdicts are what the import would do"`
	Applied        bool          `json:"applied" doc:"the changes were written"`
	Created        int           `json:"created"`
	Updated        int           `json:"updated"`
	Unchanged      int           `json:"unchanged" doc:"records that already have the values of the file; nothing was written"`
	Refused        int           `json:"refused"`
	IgnoredColumns []string      `json:"ignored_columns" doc:"columns that were not written: read-only fields, and for existing records fields that can only be set at creation"`
	RequestID      string        `json:"request_id" doc:"with it, the whole import can be undone"`
	Rows           []ImportedRow `json:"rows" doc:"in the order of the file"`
}

// ImportedRow is the result for one row.
type ImportedRow struct {
	Line    int                `json:"line" doc:"line of the file where the row begins, from 1"`
	Key     string             `json:"key" doc:"natural key of the record, as it is stored"`
	ID      *int64             `json:"id" nullable:"true" doc:"null if there is no record"`
	Verdict string             `json:"verdict" enum:"created,updated,unchanged,refused"`
	Changes map[string]Changed `json:"changes,omitempty" doc:"by field, of an updated record"`
	Errors  []FieldProblem     `json:"errors,omitempty" doc:"why the row was refused, located by column; without a location if it is about the whole row"`
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
	DryRun      bool   `query:"dry_run" doc:"write nothing, and return what the import would do"`
	SkipRefused bool   `query:"skip_refused" doc:"write the other rows when some are refused"`
	RawBody     []byte `contentType:"text/csv"`
}

// finder looks up living records by natural key, for rows that refer to them.
type finder interface {
	// idsOf returns the ids by natural key, of the records that exist.
	idsOf(ctx context.Context, tx *ent.Client, keys []string) (map[string]int64, error)
	// like returns the natural keys of the records that a text may mean.
	like(ctx context.Context, tx *ent.Client, text string) ([]string, error)
}

func registerImport[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Import, importSuffix, "Import "+definition.Noun(r.def.LabelPlural)+" from a CSV file",
		string(access.DataImport))
	op = needingBesides(op, access.Permission(r.def.Permissions.Read))
	op.Method = http.MethodPost
	op.Description = fmt.Sprintf("The columns are named after the fields, as in the export of the admin screens, "+
		"separated by comma, semicolon or tab; at most %d rows. A row updates the record with its `%s`, or creates one if there is none, "+
		"and needs the same permission as that change. If a row is refused nothing is written, unless `skip_refused` is set. "+
		"Locations of errors are `body.lines[LINE].COLUMN`.", sheet.MaxRows, r.def.ImportKey)
	registry := api.OpenAPI().Components.Schemas
	create, patch := schemaOf[C](registry), schemaOf[P](registry)
	s.finders[r.def.Name] = &r
	writeMuch(api, s, op, func(ctx context.Context, tx *ent.Client, in *importInput) (*Answer[Imported], error) {
		file, err := sheet.Read(string(in.RawBody), r.def, sheet.Config{
			Decimals: s.currency.Decimals(),
			KeyOf:    keyOf,
		})
		if err != nil && shopify.Is(string(in.RawBody)) {
			return nil, &shop.Error{Kind: shop.KindInvalid, Message: "this is an export of Shopify", Fields: []shop.FieldError{
				{Location: "body", Message: "'storekeeper shopify FILE' makes files of it that can be imported"},
			}}
		}
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

// keyOf returns the field that is the natural key of a resource, or nil without one.
func keyOf(resource string) *definition.Field {
	def := definitionOf(resource)
	key, _ := def.Field(def.ImportKey)
	return key
}

// answer returns the result for every row. It is an error when nothing is to be written.
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
		rows, were := "rows", "were"
		if len(out.Rows) == 1 {
			rows = "row"
		}
		if out.Refused == 1 {
			were = "was"
		}
		return nil, statusProblem(http.StatusUnprocessableEntity,
			fmt.Sprintf("%d of %d %s %s refused; nothing was written", out.Refused, len(out.Rows), rows, were), refused...)
	default:
		return answer, nil
	}
}
