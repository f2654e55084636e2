// Package revert undoes changes that the audit trail recorded, provided that the records
// still have the values that the changes gave them.
package revert

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Resource says how the records of a resource are read and changed. It uses the functions
// that serve the resource, so that what these refuse cannot be undone either.
type Resource struct {
	Definition *definition.Resource
	// Read returns the members of a record as they are shown, and its version. The record
	// may be deleted; one that can be deleted and restored is locked.
	Read func(ctx context.Context, tx *ent.Client, id int64) (map[string]json.RawMessage, int64, error)
	// The changes apply to this version only, and return ent's "not found" for another.
	// Functions are nil where the resource does not offer the operation.
	Patch   func(ctx context.Context, tx *ent.Client, id, version int64, patch []byte) error
	Remove  func(ctx context.Context, tx *ent.Client, id, version int64) error
	Restore func(ctx context.Context, tx *ent.Client, id, version int64) error
}

// Resources are the audited resources, by name.
type Resources map[string]Resource

// Entry undoes the change of an entry of the audit trail, and returns the entry. Errors:
// KindForbidden; KindNotFound for the entry or its record; KindInvalid for what cannot be
// undone; KindConflict naming ChangedSince when the record no longer has the values of the
// entry; and those of the change.
func Entry(ctx context.Context, tx *ent.Client, all Resources, id int64) (*ent.AuditEntry, error) {
	const location = "path.id"
	ctx, err := access.Allow(ctx, access.AuditRevert)
	if err != nil {
		return nil, err
	}
	entry, err := tx.AuditEntry.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, shop.NotFound("audit entry", id)
	}
	if err != nil {
		return nil, fmt.Errorf("read the audit entry: %w", err)
	}
	if entry.Action == audit.Create {
		return nil, irreversible(location, "it is the creation of the record: delete that instead")
	}
	return entry, all.revert(ctx, tx, entry, location)
}

// tries is how often a change is tried when others change the record at the same time.
const tries = 5

// revert undoes the change that the entry records. The location is that of the input which
// named the entry.
func (all Resources) revert(ctx context.Context, tx *ent.Client, entry *ent.AuditEntry, location string) error {
	r, known := all[entry.Resource]
	if why := r.refuses(entry, known); why != "" {
		return irreversible(location, why)
	}
	for range tries {
		members, version, err := r.held(ctx, tx, entry, location)
		if err != nil {
			return err
		}
		if since := changedSince(r.left(entry), members); len(since) > 0 {
			return overtaken(since)
		}
		err = r.undo(audit.As(ctx, audit.Revert), tx, entry, version)
		if !ent.IsNotFound(err) { // otherwise somebody changed it between reading and writing: try again
			return err
		}
	}
	return shop.Conflictf("the record is being changed by others at this moment: try again")
}

func overtaken(since []shop.ChangedField) error {
	names := make([]string, len(since))
	for i, c := range since {
		names[i] = c.Field
	}
	refusal := shop.Conflictf("the record was changed since: %s", strings.Join(names, ", "))
	refusal.ChangedSince = since
	return refusal
}

// held reads the record of an entry, with its version. A record that can be deleted and
// restored is locked, and then the entry is read again: an erasure, which must not be
// undone, either comes later or is seen here.
func (r *Resource) held(
	ctx context.Context, tx *ent.Client, entry *ent.AuditEntry, location string,
) (members map[string]json.RawMessage, version int64, err error) {
	if members, version, err = r.Read(ctx, tx, entry.RecordID); err != nil {
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

// refuses returns the reason why an entry cannot be undone, or "" if it can.
func (r *Resource) refuses(entry *ent.AuditEntry, known bool) string {
	created := false
	switch entry.Action {
	case audit.Update, audit.Delete, audit.Restore, audit.Revert:
	case audit.Create:
		created = true
	default:
		return "it is the operation " + entry.Action + ", not a change of fields"
	}
	switch {
	case !known || r.Patch == nil:
		return "records of " + entry.Resource + " are changed by operations only"
	case created && r.Remove == nil:
		return "it is the creation of the record, which is not deleted in a way that can be undone"
	case entry.Action == audit.Delete && r.Restore == nil:
		return "it is the deletion of the record, which is not kept"
	case len(entry.Changes) == 0:
		return "it changed nothing"
	}
	for _, c := range entry.Changes {
		f, ok := r.Definition.Field(c.Field)
		switch {
		case c.Secret:
			return c.Field + " is a secret, of which no value is kept"
		case c.Erased:
			return c.Field + " held personal data that was erased"
		case created, c.Field == deletedAt && r.Restore != nil:
		case !ok || !f.Updatable:
			return c.Field + " cannot be changed"
		}
	}
	return ""
}

// left returns the values that the record had after the entry. For a creation, the fields
// that the entry does not name are null.
func (r *Resource) left(entry *ent.AuditEntry) []shop.Change {
	if entry.Action != audit.Create {
		return entry.Changes
	}
	left := slices.Clone(entry.Changes)
	for i := range r.Definition.Fields {
		name := r.Definition.Fields[i].Name
		told := slices.ContainsFunc(left, func(c shop.Change) bool { return c.Field == name })
		if r.Definition.Fields[i].Updatable && !told {
			left = append(left, shop.Change{Field: name, After: shop.Null})
		}
	}
	return left
}

// deletedAt is the member that says whether a record is deleted.
const deletedAt = "deleted_at"

// changedSince returns the fields that no longer have the values that the changes gave
// them. A record that was deleted since counts as changed.
func changedSince(changes []shop.Change, members map[string]json.RawMessage) []shop.ChangedField {
	if _, ok := members[deletedAt]; ok && !slices.ContainsFunc(changes, isDeletion) {
		changes = append(slices.Clone(changes), shop.Change{Field: deletedAt, After: shop.Null})
	}
	var since []shop.ChangedField
	for _, c := range changes {
		now := members[c.Field]
		same := audit.Same(now, c.After)
		if isDeletion(c) { // the time of deletion does not matter: undoing cannot bring it back
			same = isNull(now) == isNull(c.After)
		}
		if !same {
			since = append(since, shop.ChangedField{Field: c.Field, Audited: c.After, Now: now})
		}
	}
	return since
}

func isDeletion(c shop.Change) bool { return c.Field == deletedAt }

func isNull(value json.RawMessage) bool { return string(value) == "null" }

// undo gives the fields their previous values. A deleted record is restored before it is
// patched, and a restored one is deleted after it. A created record is deleted.
func (r *Resource) undo(ctx context.Context, tx *ent.Client, entry *ent.AuditEntry, version int64) error {
	if entry.Action == audit.Create {
		return r.Remove(ctx, tx, entry.RecordID, version)
	}
	patch := map[string]json.RawMessage{}
	deleted, restored := false, false
	for _, c := range entry.Changes {
		switch {
		case !isDeletion(c):
			patch[c.Field] = c.Before
		case isNull(c.After):
			restored = true
		default:
			deleted = true
		}
	}
	if deleted {
		if err := r.Restore(ctx, tx, entry.RecordID, version); err != nil {
			return err
		}
		version++
	}
	if len(patch) > 0 {
		text, err := json.Marshal(patch)
		if err != nil {
			return fmt.Errorf("make a patch: %w", err)
		}
		if err := r.Patch(ctx, tx, entry.RecordID, version, text); err != nil {
			return err
		}
		version++
	}
	if restored {
		return r.Remove(ctx, tx, entry.RecordID, version)
	}
	return nil
}
