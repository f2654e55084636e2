package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/revert"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Reverted says what was undone.
type Reverted struct {
	Resource string   `json:"resource"`
	RecordID int64    `json:"record_id"`
	Reverted []string `json:"reverted" doc:"the fields that were set back to their value before the entry"`
}

// RevertRequest names the request that is undone.
type RevertRequest struct {
	RequestID string `json:"request_id" minLength:"1" maxLength:"64" doc:"from its answer or its audit entries"`
}

// RevertVerdicts are the results for the entries of the request, the newest first.
type RevertVerdicts struct {
	Succeeded int             `json:"succeeded"`
	Failed    int             `json:"failed"`
	Results   []RevertVerdict `json:"results"`
}

// RevertVerdict is the result for one entry. Each entry is undone or refused by itself.
type RevertVerdict struct {
	ID       int64    `json:"id" doc:"of the audit entry"`
	Resource string   `json:"resource"`
	RecordID int64    `json:"record_id"`
	Status   int      `json:"status" doc:"200, or that of the error"`
	Error    *Problem `json:"error,omitempty" doc:"why it was not undone"`
}

// revertPath is the path of the operation that undoes a whole request.
const revertPath = prefix + "/" + auditEntries + "/revert"

func registerRevert(api huma.API, s *Server) {
	one := needing(huma.Operation{
		OperationID: "revert-audit-entry",
		Method:      http.MethodPost,
		Path:        prefix + "/" + auditEntries + "/{id}/revert",
		Summary:     "Undo a change",
		Description: "Sets the fields of an update back to their previous values, restores what was deleted and deletes what was " +
			"restored, provided that the record still has the values of the entry. " +
			"This is an update like any other, and is recorded as `revert`. " +
			"Creations, operations and secrets cannot be undone. It also needs the permission for the change itself.",
		Tags:   []string{"Audit entries"},
		Errors: []int{http.StatusNotFound},
	}, access.AuditRevert)
	write(api, s, one, func(ctx context.Context, tx *ent.Client, in *IDInput) (*Answer[Reverted], error) {
		entry, err := revert.Entry(ctx, tx, s.revertible, in.ID)
		if err != nil {
			return nil, aboutRecord(err, "path.id")
		}
		return &Answer[Reverted]{Body: Reverted{
			Resource: entry.Resource, RecordID: entry.RecordID,
			Reverted: rendered(entry.Changes, func(c shop.Change) string { return c.Field }),
		}}, nil
	})

	all := needing(huma.Operation{
		OperationID: "revert-request",
		Method:      http.MethodPost,
		Path:        revertPath,
		Summary:     "Undo everything that a request changed",
		Description: "Undoes each audit entry of the request separately, the newest first, as the single operation does, " +
			"and deletes what the request created, provided that nobody has changed it since. " +
			fmt.Sprintf("Entries that cannot be undone do not affect the others. At most %d entries.", revert.MaxEntries),
		Tags:   []string{"Audit entries"},
		Errors: []int{http.StatusNotFound},
	}, access.AuditRevert)
	write(api, s, all, func(ctx context.Context, tx *ent.Client, in *bodyInput[RevertRequest]) (*Answer[RevertVerdicts], error) {
		verdicts, err := revert.Request(ctx, tx, s.revertible, in.Body.RequestID)
		if err != nil {
			return nil, err
		}
		out := RevertVerdicts{Results: make([]RevertVerdict, len(verdicts))}
		for i, v := range verdicts {
			shown := RevertVerdict{ID: v.Entry.ID, Resource: v.Entry.Resource, RecordID: v.Entry.RecordID, Status: http.StatusOK}
			if v.Err == nil {
				out.Succeeded++
			} else {
				out.Failed++
				shown.Error = problemOf(ctx, s.log, aboutRecord(v.Err, "body.request_id"))
				shown.Status = shown.Error.Status
			}
			out.Results[i] = shown
		}
		return &Answer[RevertVerdicts]{Body: out}, nil
	})
}

// revertible returns how changes of the resource's records are undone.
func (r *resource[E, D, C, P]) revertible() revert.Resource {
	out := revert.Resource{
		Definition: r.def,
		Read: func(ctx context.Context, tx *ent.Client, id int64) (map[string]json.RawMessage, int64, error) {
			row, err := r.find(invariant.Holding(invariant.WithDeleted(ctx)), tx, id)
			if err != nil {
				return nil, 0, err
			}
			members, err := r.members(row)
			return members, r.version(row), err
		},
	}
	if r.update != nil {
		out.Patch = func(ctx context.Context, tx *ent.Client, id, version int64, patch []byte) error {
			var in P
			if err := json.Unmarshal(patch, &in); err != nil {
				return fmt.Errorf("make a patch: %w", err)
			}
			_, err := r.update(ctx, tx, id, &version, &in)
			return err
		}
	}
	if r.restore != nil && r.remove != nil {
		out.Remove = func(ctx context.Context, tx *ent.Client, id, version int64) error {
			return r.remove(ctx, tx, id, &version)
		}
		out.Restore = func(ctx context.Context, tx *ent.Client, id, version int64) error {
			_, err := r.restore(invariant.WithDeleted(ctx), tx, id, &version)
			return err
		}
	}
	return out
}
