package handlers

import (
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
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Reverted says what was undone.
type Reverted struct {
	Resource string   `json:"resource"`
	RecordID int64    `json:"record_id"`
	Reverted []string `json:"reverted" doc:"the fields that have their value before the entry again"`
}

// ChangedSince is a field that somebody has changed since.
type ChangedSince struct {
	Field   string          `json:"field"`
	Audited json.RawMessage `json:"audited" doc:"the value that the entry gave it"`
	Now     json.RawMessage `json:"now" doc:"the value that it has"`
}

// reverter undoes changes of the records of a resource, by the same calls that
// serve it: what they refuse cannot be undone either.
type reverter struct {
	def *definition.Resource
	// read returns the members of a record as they are shown, and its version: see held.
	read func(ctx context.Context, tx *ent.Client, id int64) (map[string]json.RawMessage, int64, error)
	// The changes apply to this version only. Functions are nil where the
	// resource does not offer the operation.
	patch   func(ctx context.Context, tx *ent.Client, id, version int64, patch []byte) error
	remove  func(ctx context.Context, tx *ent.Client, id, version int64) error
	restore func(ctx context.Context, tx *ent.Client, id, version int64) error
}

func reverterOf[E, D, C, P any](r resource[E, D, C, P]) reverter {
	out := reverter{
		def: r.def,
		read: func(ctx context.Context, tx *ent.Client, id int64) (map[string]json.RawMessage, int64, error) {
			row, err := r.find(invariant.Holding(invariant.WithDeleted(ctx)), tx, id)
			if err != nil {
				return nil, 0, err
			}
			members, err := r.members(row)
			return members, r.version(row), err
		},
	}
	if r.update != nil {
		out.patch = func(ctx context.Context, tx *ent.Client, id, version int64, patch []byte) error {
			var in P
			if err := json.Unmarshal(patch, &in); err != nil {
				return fmt.Errorf("make a patch: %w", err)
			}
			_, err := r.update(ctx, tx, id, &version, &in)
			return err
		}
	}
	if r.restore != nil && r.remove != nil {
		out.remove = func(ctx context.Context, tx *ent.Client, id, version int64) error {
			return r.remove(ctx, tx, id, &version)
		}
		out.restore = func(ctx context.Context, tx *ent.Client, id, version int64) error {
			_, err := r.restore(invariant.WithDeleted(ctx), tx, id, &version)
			return err
		}
	}
	return out
}

func registerRevert(api huma.API, s *Server) {
	op := needing(huma.Operation{
		OperationID: "revert-audit-entry",
		Method:      http.MethodPost,
		Path:        prefix + "/" + auditEntries + "/{id}/revert",
		Summary:     "Undo a change",
		Description: "Gives the fields of an update the values that they had before, restores what was deleted and deletes what was " +
			"restored, provided that the record still holds what the entry says. " +
			"It is an update like any other, and is recorded as `revert`. " +
			"Creations, operations and secrets cannot be undone. Beside the permission to revert it needs that for the change itself.",
		Tags:   []string{"Audit entries"},
		Errors: []int{http.StatusNotFound},
	}, access.AuditRevert)
	write(api, s, op, s.revert)
	registerRevertRequest(api, s)
}

func (s *Server) revert(ctx context.Context, tx *ent.Client, in *IDInput) (*Answer[Reverted], error) {
	entry, err := tx.AuditEntry.Get(ctx, in.ID)
	if ent.IsNotFound(err) {
		return nil, shop.NotFound("audit entry", in.ID)
	}
	if err != nil {
		return nil, fmt.Errorf("read the audit entry: %w", err)
	}
	if entry.Action == audit.Create {
		return nil, irreversible("path.id", "it is the creation of the record: delete that instead")
	}
	if err := s.revertEntry(ctx, tx, entry, "path.id"); err != nil {
		return nil, err
	}
	return &Answer[Reverted]{Body: Reverted{
		Resource: entry.Resource, RecordID: entry.RecordID,
		Reverted: rendered(entry.Changes, func(c shop.Change) string { return c.Field }),
	}}, nil
}

// revertEntry undoes what the entry tells. The location is that of the input which
// named the entry.
func (s *Server) revertEntry(ctx context.Context, tx *ent.Client, entry *ent.AuditEntry, location string) error {
	r, known := s.reverters[entry.Resource]
	if why := r.refuses(entry, known); why != "" {
		return irreversible(location, why)
	}
	for range maxTries {
		members, version, err := r.held(ctx, tx, entry, location)
		if err != nil {
			return err
		}
		if since := changedSince(r.left(entry), members); len(since) > 0 {
			p := newProblem(http.StatusConflict, string(shop.KindConflict),
				"the record was changed since: "+strings.Join(rendered(since, func(c ChangedSince) string { return c.Field }), ", "))
			p.ChangedSince = since
			return p
		}
		err = r.undo(audit.As(ctx, audit.Revert), tx, entry, version)
		if !ent.IsNotFound(err) { // else somebody changed it between reading and writing: look again
			return err
		}
	}
	return shop.Conflictf("the record is being changed by others at this moment: try again")
}

// held reads the record of an entry, with its version. A record that can be deleted and
// restored is locked, and the entry then read again: an erasure, which must not be
// undone, either comes later or is seen here.
func (r *reverter) held(
	ctx context.Context, tx *ent.Client, entry *ent.AuditEntry, location string,
) (members map[string]json.RawMessage, version int64, err error) {
	if members, version, err = r.read(ctx, tx, entry.RecordID); err != nil {
		return nil, 0, err
	}
	again, err := tx.AuditEntry.Get(ctx, entry.ID)
	if err != nil {
		return nil, 0, fmt.Errorf("read the audit entry again: %w", err)
	}
	if why := r.refuses(again, true); why != "" {
		return nil, 0, irreversible(location, why)
	}
	return members, version, nil
}

func irreversible(location, why string) error {
	return shop.Invalidf(location, "cannot be undone: %s", why)
}

// refuses says why an entry cannot be undone, "" when it can.
func (r *reverter) refuses(entry *ent.AuditEntry, known bool) string {
	created := false
	switch entry.Action {
	case audit.Update, audit.Delete, audit.Restore, audit.Revert:
	case audit.Create:
		created = true
	default:
		return "it is the operation " + entry.Action + ", not a change of fields"
	}
	switch {
	case !known || r.patch == nil:
		return "records of " + entry.Resource + " are changed by operations only"
	case created && r.remove == nil:
		return "it is the creation of the record, which is not deleted in a way that can be undone"
	case len(entry.Changes) == 0:
		return "it changed nothing"
	}
	for _, c := range entry.Changes {
		f, ok := r.def.Field(c.Field)
		switch {
		case c.Secret:
			return c.Field + " is a secret, of which no value is kept"
		case c.Erased:
			return c.Field + " held personal data that was erased"
		case created, c.Field == deletedAt && r.restore != nil:
		case !ok || !f.Updatable:
			return c.Field + " cannot be changed"
		}
	}
	return ""
}

// left are the values that the entry left the record with. For a creation the fields
// that the entry does not name are null.
func (r *reverter) left(entry *ent.AuditEntry) []shop.Change {
	if entry.Action != audit.Create {
		return entry.Changes
	}
	left := slices.Clone(entry.Changes)
	for i := range r.def.Fields {
		name := r.def.Fields[i].Name
		told := slices.ContainsFunc(left, func(c shop.Change) bool { return c.Field == name })
		if r.def.Fields[i].Updatable && !told {
			left = append(left, shop.Change{Field: name, After: shop.Null})
		}
	}
	return left
}

// deletedAt is the member that tells whether a record is deleted.
const deletedAt = "deleted_at"

// changedSince are the fields that do not hold what the changes gave them. A
// record that was deleted since is changed, too.
func changedSince(changes []shop.Change, members map[string]json.RawMessage) []ChangedSince {
	if _, ok := members[deletedAt]; ok && !slices.ContainsFunc(changes, isDeletion) {
		changes = append(slices.Clone(changes), shop.Change{Field: deletedAt, After: shop.Null})
	}
	var since []ChangedSince
	for _, c := range changes {
		if now := members[c.Field]; !audit.Same(now, c.After) {
			since = append(since, ChangedSince{Field: c.Field, Audited: c.After, Now: now})
		}
	}
	return since
}

func isDeletion(c shop.Change) bool { return c.Field == deletedAt }

// undo gives the fields their values before. What was deleted is restored before
// it is patched, and what was restored is deleted after it. What was created is
// deleted.
func (r *reverter) undo(ctx context.Context, tx *ent.Client, entry *ent.AuditEntry, version int64) error {
	if entry.Action == audit.Create {
		return r.remove(ctx, tx, entry.RecordID, version)
	}
	patch := map[string]json.RawMessage{}
	deleted, restored := false, false
	for _, c := range entry.Changes {
		switch {
		case !isDeletion(c):
			patch[c.Field] = c.Before
		case string(c.After) == "null":
			restored = true
		default:
			deleted = true
		}
	}
	if deleted {
		if err := r.restore(ctx, tx, entry.RecordID, version); err != nil {
			return err
		}
		version++
	}
	if len(patch) > 0 {
		text, err := json.Marshal(patch)
		if err != nil {
			return fmt.Errorf("make a patch: %w", err)
		}
		if err := r.patch(ctx, tx, entry.RecordID, version, text); err != nil {
			return err
		}
		version++
	}
	if restored {
		return r.remove(ctx, tx, entry.RecordID, version)
	}
	return nil
}
