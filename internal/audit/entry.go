package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// entry is a change of one record.
type entry struct {
	action   string
	resource string
	recordID int64
	changes  []shop.Change
}

// contextColumns are filled from the context: who, when and from where.
var contextColumns = []string{
	auditentry.FieldCreatedAt, auditentry.FieldActor, auditentry.FieldActorKind, auditentry.FieldStaffID,
	auditentry.FieldStaffEmail, auditentry.FieldTokenID, auditentry.FieldRequestID, auditentry.FieldIP,
	auditentry.FieldUserAgent,
}

// contextCasts follow the values of contextColumns on PostgreSQL.
var contextCasts = []string{
	"::timestamptz, ", "::text, ", "::text, ", "::bigint, ", "::text, ", "::bigint, ", "::text, ", "::text, ", "::text, ",
}

// recordColumns are the other columns.
var recordColumns = []string{
	auditentry.FieldAction, auditentry.FieldResource, auditentry.FieldRecordID, auditentry.FieldChanges,
}

// contextValues returns the values of contextColumns.
func contextValues(ctx context.Context) []any {
	viewer := access.From(ctx)
	kind, staff, email, token := access.KindSystem, any(nil), any(nil), any(nil)
	if viewer != nil {
		kind, staff, email, token = viewer.Kind, some(viewer.StaffID), some(viewer.Email), some(viewer.TokenID)
	}
	origin := access.OriginFrom(ctx)
	return []any{
		shop.Now(), clip(string(shop.WholeActorFrom(ctx)), maxActor), string(kind), staff, email, token,
		some(clip(origin.RequestID, maxRequestID)), some(clip(origin.IP, maxIP)), some(clip(origin.UserAgent, maxUserAgent)),
	}
}

// some returns nil for a zero value.
func some[T comparable](v T) any {
	if v == *new(T) {
		return nil
	}
	return v
}

// The limits of the texts, in characters, as in the schema.
const (
	maxActor     = 600
	maxRequestID = 64
	maxIP        = 64
	maxUserAgent = 500
)

// clip makes a text that a client sent valid for the database.
func clip(s string, most int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "?")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

// maxRows is the maximum number of rows of one INSERT, because both databases limit its
// parameters.
const maxRows = 1000

// write inserts the entries with one statement for every maxRows of them. On PostgreSQL the
// statement is sent with the next one of the transaction, or with its commit.
func write(ctx context.Context, tx *ent.Client, entries []entry) error {
	values := contextValues(ctx)
	for chunk := range slices.Chunk(entries, maxRows) {
		args := make([]any, 0, len(chunk)*(len(contextColumns)+len(recordColumns)))
		for _, e := range chunk {
			changes, err := encodeChanges(e.changes)
			if err != nil {
				return err
			}
			args = append(append(args, values...), e.action, e.resource, e.recordID, changes)
		}
		if _, err := tx.ExecContext(pipeline.Later(ctx), insertOf(tx.Dialect(), len(chunk)), args...); err != nil {
			return fmt.Errorf("write audit entries: %w", err)
		}
	}
	return nil
}

// inserts are the statements that insert one entry, by dialect: the usual case.
var inserts = map[string]string{
	dialect.Postgres: newInsert(dialect.Postgres, 1),
	dialect.SQLite:   newInsert(dialect.SQLite, 1),
}

func insertOf(of string, rows int) string {
	if rows == 1 {
		return inserts[of]
	}
	return newInsert(of, rows)
}

func newInsert(of string, rows int) string {
	columns := slices.Concat(contextColumns, recordColumns)
	values := slices.Repeat([]any{""}, len(columns)) // for nil, ent would not write parameters
	insert := sql.Dialect(of).Insert(auditentry.Table).Columns(columns...)
	for range rows {
		insert.Values(values...)
	}
	text, _ := insert.Query()
	return text
}

// Record writes an entry for an operation that does not write to an audited entity, such as
// an invitation. The actor comes from the context; the entry belongs to the transaction.
func Record(ctx context.Context, tx *ent.Client, action, resource string, recordID int64, changes ...shop.Change) error {
	if off(ctx) {
		return nil
	}
	if tx.Transaction() == nil {
		return needsTransaction(resource)
	}
	return write(ctx, tx, []entry{{action: action, resource: resource, recordID: recordID, changes: changes}})
}

// Changed returns a change of a field from one value to another. nil means no value.
func Changed(field string, before, after any) (shop.Change, error) {
	was, err := encode(before)
	if err != nil {
		return shop.Change{}, err
	}
	is, err := encode(after)
	if err != nil {
		return shop.Change{}, err
	}
	return shop.Change{Field: field, Before: was, After: is}, nil
}

// secret returns the change of a field whose values are never recorded.
func secret(field string) shop.Change {
	return shop.Change{Field: field, Before: shop.Null, After: shop.Null, Secret: true}
}

// erased returns the change of a field whose values were erased.
func erased(field string) shop.Change {
	return shop.Change{Field: field, Before: shop.Null, After: shop.Null, Erased: true}
}

func needsTransaction(what string) error {
	return fmt.Errorf("audit: writing this %s needs a transaction, see store.DB.Tx", what)
}
