package handlers

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// exportPath is the path of the export of the whole audit trail.
const exportPath = prefix + "/" + auditEntries + "/export"

// exportPage is the number of entries that are in memory at a time.
const exportPage = listquery.MaxLimit

func registerAudit(api huma.API, s *Server) {
	registerRevert(api, s)
	registerExport(api, s)
}

func registerExport(api huma.API, s *Server) {
	def := definitionOf(auditEntries)
	params := slices.DeleteFunc(append(listquery.Params(def), extraParams(def)...), func(p listquery.Param) bool { return paging[p.Name] })
	op := needing(huma.Operation{
		OperationID: "export-audit-entries",
		Method:      http.MethodGet,
		Path:        exportPath,
		Summary:     "Export audit entries as CSV or JSON lines",
		Description: "Streams all entries that match the filters, however long that takes.",
		Tags:        []string{"Audit entries"},
		Parameters: append([]*huma.Param{{
			Name: "format", In: "query", Required: true, Description: "csv, or jsonl for one JSON object per line",
			Schema: &huma.Schema{Type: huma.TypeString, Enum: []any{"csv", "jsonl"}},
		}}, listParams(params)...),
		DefaultStatus:      http.StatusOK,
		SkipValidateParams: true,
		Responses: map[string]*huma.Response{"200": {
			Description: "The entries.",
			Content: map[string]*huma.MediaType{
				"text/csv":             {Schema: &huma.Schema{Type: huma.TypeString}},
				"application/x-ndjson": {}, // a schema would describe one line
			},
		}},
	}, access.AuditRead)
	document(api, s, &op)
	huma.Register(api, op, func(ctx context.Context, in *ListInput) (*huma.StreamResponse, error) {
		x, err := newExport(s, in.url.RawQuery)
		if err != nil {
			return nil, problemOf(ctx, s.log, err)
		}
		stream := func(hc huma.Context) { x.stream(humagin.Unwrap(hc)) } //nolint:contextcheck // has that of the request
		return &huma.StreamResponse{Body: stream}, nil
	})
}

// paging are the list parameters that an export does not take.
var paging = map[string]bool{"limit": true, "cursor": true, "offset": true, "count": true}

// export walks a list to its end.
type export struct {
	s      *Server
	csv    bool
	query  string // without format, field and paging
	scopes []listquery.Scope
}

func newExport(s *Server, query string) (*export, error) {
	query, format, _ := takeParam(query, "format")
	if format != "csv" && format != "jsonl" {
		return nil, shop.Invalidf("query.format", "expected csv or jsonl")
	}
	for name := range paging {
		if _, _, given := takeParam(query, name); given {
			return nil, shop.Invalidf("query."+name, "is not a parameter of this export")
		}
	}
	x := &export{s: s, csv: format == "csv"}
	var err error
	if x.query, x.scopes, err = extraScopes(definitionOf(auditEntries), query); err != nil {
		return nil, err
	}
	_, err = x.page("")
	return x, err
}

// page returns the query for the page at a cursor, "" for the first.
func (x *export) page(cursor string) (*listquery.Query, error) {
	query := x.query + "&count=none&limit=" + strconv.Itoa(exportPage)
	if cursor != "" {
		query += "&cursor=" + cursor
	}
	return listquery.Parse(definitionOf(auditEntries), strings.TrimPrefix(query, "&"), x.scopes...)
}

// stream writes the answer, and cuts it off after an error.
func (x *export) stream(c *gin.Context) {
	media, name := "application/x-ndjson", "audit-entries.jsonl"
	if x.csv {
		media, name = "text/csv; charset=utf-8; header=present", "audit-entries.csv"
	}
	c.Header("Content-Type", media)
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Status(http.StatusOK)
	if sentMethod(c.Request) == http.MethodHead {
		return // without reading the whole trail
	}
	if err := x.walk(c.Request.Context(), c.Writer, http.NewResponseController(c.Writer)); err != nil {
		x.s.log.WarnContext(c.Request.Context(), "export ended early", "request_id", requestOf(c.Request.Context()).ID, "error", err)
		cutOff(c)
	}
}

// pageTime limits how long the client may take to read a page.
const pageTime = time.Minute

func (x *export) walk(ctx context.Context, w io.Writer, rc *http.ResponseController) error {
	encode := jsonLines(w)
	if x.csv {
		var err error
		if encode, err = csvLines(w); err != nil {
			return err
		}
	}
	for cursor, more := "", true; more; {
		_ = rc.SetWriteDeadline(shop.Now().Add(pageTime)) // not every writer has one
		answer, err := x.fetch(ctx, cursor)
		if err != nil {
			return err
		}
		page := &answer.Body
		if err := encode(page.Items); err != nil {
			return fmt.Errorf("write the export: %w", err)
		}
		if err := rc.Flush(); err != nil {
			return fmt.Errorf("write the export: %w", err)
		}
		if more = page.NextCursor != nil; more {
			cursor = *page.NextCursor
		}
	}
	return nil
}

// fetch reads a page, after checking that the sender is still signed in and may still read
// the audit trail.
func (x *export) fetch(ctx context.Context, cursor string) (answer *Answer[Page[AuditEntry]], err error) {
	ctx, cancel := context.WithTimeout(store.Patient(ctx), x.s.timeout)
	defer cancel()
	q, err := x.page(cursor)
	if err != nil {
		return nil, err
	}
	ctx, err = x.s.confirmed(ctx, x.s.db.Reader)
	if err != nil {
		return nil, err
	}
	entries := auditEntryResource()
	err = x.s.db.Browse(ctx, func(ctx context.Context, client *ent.Client) error {
		answer, err = entries.fetch(ctx, client, q)
		return err
	})
	return answer, err
}

func jsonLines(w io.Writer) func([]AuditEntry) error {
	enc := json.NewEncoder(w)
	return func(entries []AuditEntry) error {
		for i := range entries {
			if err := enc.Encode(&entries[i]); err != nil {
				return err //nolint:wrapcheck // said by the caller
			}
		}
		return nil
	}
}

// columns are the columns of the CSV, in order.
var columns = []string{
	"id", "created_at", "actor", "actor_kind", "staff_id", "staff_email", "token_id", "action", "resource", "record_id",
	"changes", "request_id", "ip", "user_agent",
}

func csvLines(w io.Writer) (func([]AuditEntry) error, error) {
	out := csv.NewWriter(w)
	return func(entries []AuditEntry) error {
		for i := range entries {
			e := &entries[i]
			changes, err := json.Marshal(e.Changes)
			if err != nil {
				return err //nolint:wrapcheck // said by the caller
			}
			record := []string{
				decimal(&e.ID), e.CreatedAt.Format(time.RFC3339Nano), e.Actor, string(e.ActorKind), decimal(e.StaffID),
				text(e.StaffEmail), decimal(e.TokenID), e.Action, e.Resource, decimal(&e.RecordID),
				strings.ReplaceAll(string(changes), ";", `\u003b`), // the same JSON without semicolons, which may split a cell
				text(e.RequestID), text(e.IP), text(e.UserAgent),
			}
			for j := range record {
				record[j] = harmless(record[j])
			}
			if err := out.Write(record); err != nil {
				return err //nolint:wrapcheck // said by the caller
			}
		}
		out.Flush()
		return out.Error()
	}, out.Write(columns) //nolint:wrapcheck // said by the caller
}

// harmless keeps a spreadsheet from taking a text, or a part of it, for a formula. If it
// splits cells at semicolons, quotes in the middle of a cell mean nothing, and those at the
// beginning of the rest are removed.
func harmless(cell string) string {
	var marked strings.Builder
	written := 0
	for i := range len(cell) {
		begins := i == 0 || strings.IndexByte(";\t\r\n", cell[i-1]) >= 0
		if begins && strings.IndexAny(strings.TrimLeft(cell[i:], `"`), "=+-@\t\r\n") == 0 {
			marked.WriteString(cell[written:i] + "'")
			written = i
		}
	}
	return marked.String() + cell[written:]
}

func decimal(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
