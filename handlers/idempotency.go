package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/idempotencykey"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// keyLife is how long an answer is remembered.
const keyLife = 24 * time.Hour

// remembered is an answer as its key keeps it.
type remembered struct {
	Location string          `json:"location,omitempty"`
	ETag     string          `json:"etag,omitempty"`
	Body     json.RawMessage `json:"body"`
}

// once runs an operation in a transaction. When the request has an
// Idempotency-Key, the key's row is written first, in the same transaction, so
// that a simultaneous duplicate waits for this one, and only an answer that was
// committed is ever replayed. On PostgreSQL the row travels with the operation's
// first statement, which then fails where the key was used before, and the answer
// with COMMIT.
func once[B any](ctx context.Context, s *Server, fn func(ctx context.Context, tx *ent.Client) (*Answer[B], error)) (*Answer[B], error) {
	req := requestOf(ctx)
	if !req.HasKey {
		ctx = pipeline.MayEnd(ctx)
	}
	for {
		var out *Answer[B]
		err := s.tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			if err := claimKey(ctx, tx, req); err != nil {
				return err
			}
			var err error
			if out, err = fn(ctx, tx); err != nil {
				return err
			}
			return rememberAnswer(ctx, tx, req, out)
		})
		if err == nil {
			return out, nil
		}
		if !keyTaken(err) {
			return nil, err
		}
		replayed, err := replay[B](ctx, s, req)
		if replayed != nil {
			req.Replayed = true
			s.db.Seen(ctx) // the first answer may never have arrived
		}
		if replayed != nil || err != nil {
			return replayed, err
		}
	}
}

// keyTaken reports whether an error says that the request's key was used before.
func keyTaken(err error) bool {
	return store.UniqueViolation(err, idempotencykey.FieldCaller, idempotencykey.FieldKey)
}

// The statements of a key are written by hand, because those of ent return an id or
// a number of rows, and so cannot wait for others to travel with.
const (
	insertKey = `INSERT INTO "idempotency_keys" (created_at, caller, "key", fingerprint, path, status, expires_at)
VALUES ($1, $2, $3, $4, $5, 0, $6)`
	updateKey = `UPDATE "idempotency_keys" SET status = $1, body = $2 WHERE caller = $3 AND "key" = $4`
)

// claimKey writes the key's row, where the request has a key.
func claimKey(ctx context.Context, tx *ent.Client, req *request) error {
	if !req.HasKey {
		return nil
	}
	now := shop.Now()
	err := execKey(ctx, tx, insertKey, now, access.From(ctx).Key(), req.Key, req.Fingerprint[:], req.Path, now.Add(keyLife))
	if err != nil {
		return fmt.Errorf("claim idempotency key: %w", err)
	}
	return nil
}

func rememberAnswer[B any](ctx context.Context, tx *ent.Client, req *request, out *Answer[B]) error {
	if !req.HasKey {
		return nil
	}
	body, err := json.Marshal(out.Body)
	if err != nil {
		return fmt.Errorf("remember answer: %w", err)
	}
	kept, err := json.Marshal(remembered{Location: out.Location, ETag: out.ETag, Body: body})
	if err != nil {
		return fmt.Errorf("remember answer: %w", err)
	}
	if err := execKey(ctx, tx, updateKey, out.Status, kept, access.From(ctx).Key(), req.Key); err != nil {
		return fmt.Errorf("remember answer: %w", err)
	}
	return nil
}

func execKey(ctx context.Context, tx *ent.Client, statement string, args ...any) error {
	//nolint:forbidigo // no rule concerns the program's own keys
	_, err := tx.ExecContext(pipeline.Apart(pipeline.Later(ctx)), statement, args...)
	return err
}

// replay answers with what the first request under the key got. It returns nil
// without an error when there is no such answer any more, because its time has
// passed: the request is then run as a new one.
func replay[B any](ctx context.Context, s *Server, req *request) (*Answer[B], error) {
	caller := access.From(ctx).Key()
	row, err := s.db.Reader.IdempotencyKey.Query().
		Where(idempotencykey.Caller(caller), idempotencykey.Key(req.Key)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil //nolint:nilnil // nothing to replay
	}
	if err != nil {
		return nil, fmt.Errorf("look up idempotency key: %w", err)
	}
	if row.ExpiresAt.Before(shop.Now()) {
		return nil, s.forgetKeys(ctx, idempotencykey.ID(row.ID))
	}
	if len(row.Fingerprint) == 0 {
		return nil, shop.Conflictf("the request was answered, and the answer erased since with the personal data in it")
	}
	if !bytes.Equal(row.Fingerprint, req.Fingerprint[:]) {
		return nil, shop.Invalidf("header.Idempotency-Key", "was used for another request: method, path or body differ")
	}
	var kept remembered
	if err := json.Unmarshal(row.Body, &kept); err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	out := &Answer[B]{Status: row.Status, Location: kept.Location, ETag: kept.ETag, Replayed: "true"}
	if err := json.Unmarshal(kept.Body, &out.Body); err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	return out, nil
}

// forgetKeys removes those of the selected answers whose time has passed.
func (s *Server) forgetKeys(ctx context.Context, which predicate.IdempotencyKey) error {
	err := s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		_, err := tx.IdempotencyKey.Delete().Where(which, idempotencykey.ExpiresAtLT(shop.Now())).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget idempotency keys: %w", err)
	}
	return nil
}

// forgetAtOnce is how many answers one transaction removes.
const forgetAtOnce = 1_000

// ForgetExpiredKeys removes the answers whose time has passed, in small transactions
// that nobody has to wait for. The program calls it now and then; correctness does not
// depend on it.
func (s *Server) ForgetExpiredKeys(ctx context.Context) error {
	for {
		ids, err := s.db.Reader.IdempotencyKey.Query().Where(idempotencykey.ExpiresAtLT(shop.Now())).
			Order(idempotencykey.ByExpiresAt(), idempotencykey.ByID()).Limit(forgetAtOnce).IDs(ctx)
		if err != nil {
			return fmt.Errorf("look for idempotency keys to forget: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		if err := s.forgetKeys(ctx, idempotencykey.IDIn(ids...)); err != nil {
			return err
		}
	}
}

func documentKey(op *huma.Operation) {
	least, most := 1, 255
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: "Idempotency-Key", In: "header",
		Description: "any text of your own, as a UUID: repeating the request with it within 24 hours has no second effect " +
			"and gets the same answer, with Idempotency-Replayed: true",
		Schema: &huma.Schema{Type: huma.TypeString, MinLength: &least, MaxLength: &most},
	})
}
