package handlers

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/idempotency"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// once runs an operation in a transaction, unless it was run before with the request's
// Idempotency-Key: then it returns the same answer again.
func once[B any](ctx context.Context, s *Server, fn func(ctx context.Context, tx *ent.Client) (*Answer[B], error)) (*Answer[B], error) {
	var out *Answer[B]
	run := func(ctx context.Context, tx *ent.Client) (err error) {
		out, err = fn(ctx, tx)
		return err
	}
	req := requestOf(ctx)
	if req.Keyed == nil {
		if err := s.tx(pipeline.MayEnd(ctx), run); err != nil {
			return nil, err
		}
		return out, nil
	}
	replayed, err := idempotency.Once(ctx, s.db, req.Keyed, s.tx, func(ctx context.Context, tx *ent.Client) (*idempotency.Answer, error) {
		if err := run(ctx, tx); err != nil {
			return nil, err
		}
		body, err := json.Marshal(out.Body)
		if err != nil {
			return nil, fmt.Errorf("remember answer: %w", err)
		}
		return &idempotency.Answer{Status: out.Status, Location: out.Location, ETag: out.ETag, Body: body}, nil
	})
	switch {
	case err != nil:
		return nil, err
	case replayed == nil:
		return out, nil
	}
	req.Replayed = true
	out = &Answer[B]{Status: replayed.Status, Location: replayed.Location, ETag: replayed.ETag, Replayed: "true"}
	if err := json.Unmarshal(replayed.Body, &out.Body); err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	return out, nil
}

func documentKey(op *huma.Operation) {
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: "Idempotency-Key", In: "header",
		Description: "any unique text, such as a UUID: repeating the request with it within 24 hours has no second effect " +
			"and gets the same answer, with Idempotency-Replayed: true",
		Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1), MaxLength: new(255)},
	})
}
