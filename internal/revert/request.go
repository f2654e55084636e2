package revert

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/batch"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// MaxEntries limits the entries that are undone at once: as many as the largest import
// makes.
const MaxEntries = 1_000

// Verdict is the result for one entry of a request. Each entry is undone or refused by
// itself.
type Verdict struct {
	Entry *ent.AuditEntry
	// Err is the reason why it was not undone, nil if it was.
	Err error
}

// Request undoes all changes of one request, the newest first, and deletes what it created,
// provided that nobody has changed the records since. Errors: KindForbidden; KindNotFound
// when the trail has no such request; KindInvalid when it has more than MaxEntries.
func Request(ctx context.Context, tx *ent.Client, all Resources, request string) ([]Verdict, error) {
	const location = "body.request_id"
	ctx, err := access.Allow(ctx, access.AuditRevert)
	if err != nil {
		return nil, err
	}
	entries, err := entriesOf(ctx, tx, request)
	switch {
	case err != nil:
		return nil, err
	case len(entries) == 0:
		return nil, shop.Errorf(shop.KindNotFound, "the audit trail has nothing of this request")
	case len(entries) > MaxEntries:
		return nil, shop.Invalidf(location, "expected a request with at most %d entries", MaxEntries)
	}
	ids := make([]int64, len(entries))
	byID := make(map[int64]*ent.AuditEntry, len(entries))
	for i, e := range entries {
		ids[i], byID[e.ID] = e.ID, e
	}
	if err := all.hold(ctx, tx, entries); err != nil {
		return nil, err
	}
	failed, err := batch.Apply(ctx, tx, ids, func(ctx context.Context, id int64) error {
		return all.revert(ctx, tx, byID[id], location)
	})
	if err != nil {
		return nil, err
	}
	verdicts := make([]Verdict, len(entries))
	for i, e := range entries {
		verdicts[i] = Verdict{Entry: e, Err: failed[e.ID]}
		if err := all.holdAgain(ctx, tx, &verdicts[i], location); err != nil {
			return nil, err
		}
	}
	return verdicts, nil
}

// hold locks the records of the entries before they are changed back one by one.
func (all Resources) hold(ctx context.Context, tx *ent.Client, entries []*ent.AuditEntry) error {
	records := map[string]*invariant.Many{}
	for _, e := range entries {
		r, known := all[e.Resource]
		if !known {
			continue // revert refuses the entry
		}
		many := records[e.Resource]
		if many == nil {
			many = &invariant.Many{Table: r.Definition.Table, Refers: map[string][]int64{}}
			records[e.Resource] = many
		}
		many.IDs = append(many.IDs, e.RecordID)
		many.Kept = many.Kept || e.Action == audit.Delete
		for _, c := range e.Changes {
			var id int64
			if json.Unmarshal(c.Before, &id) == nil && id > 0 {
				many.Refers[c.Field] = append(many.Refers[c.Field], id)
			}
		}
	}
	for _, resource := range slices.Sorted(maps.Keys(records)) {
		if err := records[resource].Hold(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// holdAgain locks the record of a verdict that says what the record contains. The lock was
// lost when the change was rolled back to its savepoint.
func (all Resources) holdAgain(ctx context.Context, tx *ent.Client, v *Verdict, location string) error {
	if refused, ok := errors.AsType[*shop.Error](v.Err); !ok || refused.ChangedSince == nil {
		return nil
	}
	r := all[v.Entry.Resource]
	switch _, _, err := r.held(ctx, tx, v.Entry, location); {
	case err == nil:
	case batch.EndsAll(err):
		return err
	default:
		v.Err = err
	}
	return nil
}

// entriesOf returns the entries of a request, the newest first, up to one more than
// MaxEntries. There is no index on the request's id. The id is a UUIDv7 (RFC 9562), and its
// timestamp limits the search to the hour before and after it.
func entriesOf(ctx context.Context, tx *ent.Client, request string) ([]*ent.AuditEntry, error) {
	id, err := uuid.Parse(request)
	if err != nil || id.Version() != 7 {
		return nil, nil //nolint:nilerr // no request has such an id
	}
	const skew = time.Hour // between clocks, and from the start of the request to its last entry
	sent := time.Unix(id.Time().UnixTime())
	entries, err := tx.AuditEntry.Query().
		Where(auditentry.RequestID(request), auditentry.CreatedAtGTE(sent.Add(-skew)), auditentry.CreatedAtLTE(sent.Add(skew))).
		Order(ent.Desc(auditentry.FieldCreatedAt, auditentry.FieldID)).Limit(MaxEntries + 1).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the entries of the request: %w", err)
	}
	slices.SortFunc(entries, func(a, b *ent.AuditEntry) int { return cmp.Compare(b.ID, a.ID) })
	return entries, nil
}
