package handlers

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// RevertRequest names the request that is undone.
type RevertRequest struct {
	RequestID string `json:"request_id" minLength:"1" maxLength:"64" doc:"as its answer and its audit entries have it"`
}

// RevertVerdicts say what became of each entry of the request, the newest first.
type RevertVerdicts struct {
	Succeeded int             `json:"succeeded"`
	Failed    int             `json:"failed"`
	Results   []RevertVerdict `json:"results"`
}

// RevertVerdict is what became of one entry: it is undone, or not, alone.
type RevertVerdict struct {
	ID       int64    `json:"id" doc:"of the audit entry"`
	Resource string   `json:"resource"`
	RecordID int64    `json:"record_id"`
	Status   int      `json:"status" doc:"200, or that of the error"`
	Error    *Problem `json:"error,omitempty" doc:"why it was not undone"`
}

// revertPath is where it is asked for.
const revertPath = prefix + "/" + auditEntries + "/revert"

// maxReverts bounds the entries that are undone at once: those of the largest import.
const maxReverts = 1_000

func registerRevertRequest(api huma.API, s *Server) {
	op := needing(huma.Operation{
		OperationID: "revert-request",
		Method:      http.MethodPost,
		Path:        revertPath,
		Summary:     "Undo all that one request changed",
		Description: "Undoes each audit entry of the request on its own, the newest first, as the single operation does, " +
			"and deletes what the request created, provided that nobody changed it since. " +
			fmt.Sprintf("Those that cannot be undone do not keep the others back. At most %d entries.", maxReverts),
		Tags:   []string{"Audit entries"},
		Errors: []int{http.StatusNotFound},
	}, access.AuditRevert)
	write(api, s, op, s.revertRequest)
}

func (s *Server) revertRequest(ctx context.Context, tx *ent.Client, in *bodyInput[RevertRequest]) (*Answer[RevertVerdicts], error) {
	const location = "body.request_id"
	entries, err := entriesOf(ctx, tx, in.Body.RequestID)
	switch {
	case err != nil:
		return nil, err
	case len(entries) == 0:
		return nil, shop.Errorf(shop.KindNotFound, "the audit trail has nothing of this request")
	case len(entries) > maxReverts:
		return nil, shop.Invalidf(location, "expected a request with at most %d entries", maxReverts)
	}
	ids := rendered(entries, func(e *ent.AuditEntry) int64 { return e.ID })
	byID := make(map[int64]*ent.AuditEntry, len(entries))
	for _, e := range entries {
		byID[e.ID] = e
	}
	failed, err := inTurn(ctx, s, tx, ids, func(ctx context.Context, id int64) error {
		return s.revertEntry(ctx, tx, byID[id], location)
	})
	if err != nil {
		return nil, err
	}
	// With the savepoint of what failed went its hold on the record, of which the verdict
	// may tell.
	for _, e := range entries {
		if p := failed[e.ID]; p == nil || p.ChangedSince == nil {
			continue
		}
		r := s.reverters[e.Resource]
		switch _, _, err := r.held(ctx, tx, e, location); {
		case err == nil:
		case endsAll(err):
			return nil, err
		default:
			failed[e.ID] = problemOf(ctx, s.log, err)
		}
	}
	return &Answer[RevertVerdicts]{Body: RevertVerdicts{
		Succeeded: len(entries) - len(failed), Failed: len(failed),
		Results: rendered(entries, func(e *ent.AuditEntry) RevertVerdict {
			v := RevertVerdict{ID: e.ID, Resource: e.Resource, RecordID: e.RecordID, Status: http.StatusOK}
			if p := failed[e.ID]; p != nil {
				v.Status, v.Error = p.Status, p
			}
			return v
		}),
	}}, nil
}

// entriesOf are the entries of a request, the newest first, and one more than may be.
// No index is kept for them: the id tells the time, from which on they are looked for.
func entriesOf(ctx context.Context, tx *ent.Client, request string) ([]*ent.AuditEntry, error) {
	id, err := uuid.Parse(request)
	if err != nil || id.Version() != 7 {
		return nil, nil //nolint:nilerr // no request has such an id
	}
	const skew = time.Hour // between clocks
	entries, err := tx.AuditEntry.Query().
		Where(auditentry.RequestID(request), auditentry.CreatedAtGTE(time.Unix(id.Time().UnixTime()).Add(-skew))).
		Order(ent.Desc(auditentry.FieldID)).Limit(maxReverts + 1).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the entries of the request: %w", err)
	}
	return entries, nil
}
