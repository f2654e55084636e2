package handlers

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// auditEntries is the name of the resource of the audit trail.
const auditEntries = "audit-entries"

// registerHistory lists the audit entries of one record, without updates that changed
// nothing, such as those of a program that sends every price every night.
func registerHistory[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.Get, "/{id}/history", "List who did what to "+r.one()+", newest first", string(access.AuditRead))
	op.OperationID = r.def.HistoryID()
	op.Errors = []int{http.StatusNotFound}
	entries := auditEntryResource()
	scopes := func(id int64) []listquery.Scope {
		return []listquery.Scope{
			listquery.OfText(auditentry.FieldResource, r.def.Name), listquery.Of(auditentry.FieldRecordID, id),
			listquery.Telling(auditentry.FieldChanges, auditentry.FieldAction, audit.Update),
		}
	}
	op.Parameters = listParams(append(listquery.Params(entries.def, scopes(0)...), extraParams(entries.def)...))
	op.SkipValidateParams = true
	browse(api, s, op, func(ctx context.Context, client *ent.Client, in *scopedInput) (*Answer[Page[AuditEntry]], error) {
		if in.ID < 1 {
			return nil, shop.Invalidf("path.id", "expected a number from 1")
		}
		query, extra, err := extraScopes(entries.def, in.url.RawQuery)
		if err != nil {
			return nil, err
		}
		q, err := listquery.Parse(entries.def, query, append(scopes(in.ID), extra...)...)
		if err != nil {
			return nil, err
		}
		answer, err := entries.fetch(ctx, client, q)
		if err == nil && len(answer.Body.Items) == 0 {
			err = r.remembered(ctx, client, in.ID)
		}
		if err != nil {
			return nil, err
		}
		return answer, nil
	})
}

// remembered returns nil for a record that exists, deleted or not, or that has entries in
// the audit trail, and an error of kind NotFound otherwise. Whoever may read the trail may
// learn that, because it has entries of every record.
func (r *resource[E, D, C, P]) remembered(ctx context.Context, client *ent.Client, id int64) error {
	_, err := r.get(access.System(invariant.WithDeleted(ctx)), client, id)
	if !ent.IsNotFound(err) {
		return err
	}
	told, err := client.AuditEntry.Query().Where(auditentry.Resource(r.def.Name), auditentry.RecordID(id)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("find the history: %w", err)
	}
	if !told {
		return r.missing(id)
	}
	return nil
}

// changedField is the only parameter of lists of the audit trail that is not a field of its
// entries: the name of a field that was changed.
const changedField = "field"

// extraParams documents changedField for lists of the trail.
func extraParams(def *definition.Resource) []listquery.Param {
	if def.Name != auditEntries {
		return nil
	}
	return []listquery.Param{{
		Name: changedField, Description: "Only entries that changed this field, for example price for the history of a price.",
		Type: huma.TypeString, MinLength: new(1), MaxLength: new(maxFieldName),
	}}
}

const maxFieldName = 64

// extraScopes moves changedField from the query to scopes.
func extraScopes(def *definition.Resource, query string) (rest string, scopes []listquery.Scope, err error) {
	if def.Name != auditEntries {
		return query, nil, nil
	}
	rest, field, given := takeParam(query, changedField)
	if !given {
		return query, nil, nil
	}
	if n := utf8.RuneCountInString(field); n < 1 || n > maxFieldName {
		return "", nil, shop.Invalidf("query."+changedField, "expected the name of a field")
	}
	return rest, []listquery.Scope{listquery.Holding(auditentry.FieldChanges, changedField, field)}, nil
}

// takeParam removes a parameter from a query that checkQuery has accepted, in which every
// parameter except q occurs once.
func takeParam(query, name string) (rest, value string, given bool) {
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		key, raw, _ := strings.Cut(pair, "=")
		if key, err := url.QueryUnescape(key); err != nil || key != name {
			kept = append(kept, pair)
			continue
		}
		if v, err := url.QueryUnescape(raw); err == nil {
			value, given = v, true
		}
	}
	return strings.Join(kept, "&"), value, given
}
