// Package idempotency makes a repeated request have one effect: the answer that was given
// under a key is given again.
package idempotency

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/idempotencykey"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// life is how long an answer is remembered.
const life = 24 * time.Hour

// Request is what is stored of a request under its key. Each caller has its own keys.
type Request struct {
	Key         string
	Path        string
	Fingerprint [sha256.Size]byte
}

// Fingerprint distinguishes different requests with the same key.
func Fingerprint(method, path, query string, body []byte) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n", method, path, query)
	h.Write(body)
	return [sha256.Size]byte(h.Sum(nil))
}

// Answer is the response to a request.
type Answer struct {
	Status   int             `json:"-"`
	Location string          `json:"location,omitempty"`
	ETag     string          `json:"etag,omitempty"`
	Body     json.RawMessage `json:"body"`
}

// Once runs a request in a transaction, using transact, unless the request was run before:
// then it returns the stored answer. The row of the key is written first, in the same
// transaction. So a simultaneous duplicate waits for this request, and only committed
// answers are ever replayed. On PostgreSQL the row is sent together with the first
// statement of the request, which fails if the key was used before (see Taken), and the
// answer is sent together with COMMIT.
//
// Errors besides those of the request: KindInvalid when the key was used for another
// request, KindConflict when its answer was erased.
func Once(
	ctx context.Context, db *store.DB, req *Request,
	transact func(ctx context.Context, work func(ctx context.Context, tx *ent.Client) error) error,
	run func(ctx context.Context, tx *ent.Client) (*Answer, error),
) (replayed *Answer, err error) {
	for {
		err := transact(ctx, func(ctx context.Context, tx *ent.Client) error {
			if err := claim(ctx, tx, req); err != nil {
				return err
			}
			out, err := run(ctx, tx)
			if err != nil {
				return err
			}
			return remember(ctx, tx, req, out)
		})
		if !Taken(err) {
			return nil, err
		}
		if replayed, err := replay(ctx, db, req); replayed != nil || err != nil {
			return replayed, err
		}
	}
}

// Taken reports whether an error says that the request's key was used before.
func Taken(err error) bool {
	return store.UniqueViolation(err, idempotencykey.FieldCaller, idempotencykey.FieldKey)
}

// These statements are written by hand, because ent's own return an id or a number of rows,
// and so cannot be sent together with others. PostgreSQL dates the keys by its own clock, so
// that a server whose clock is wrong neither forgets the keys of others nor has its own
// forgotten.
const (
	insertKey = `INSERT INTO "idempotency_keys" (caller, "key", fingerprint, path, status, created_at, expires_at)
VALUES ($1, $2, $3, $4, 0, `
	updateKey = `UPDATE "idempotency_keys" SET status = $1, body = $2 WHERE caller = $3 AND "key" = $4`
)

var byItsClock = fmt.Sprintf(`CURRENT_TIMESTAMP, CURRENT_TIMESTAMP + INTERVAL '%d seconds')`, int(life.Seconds()))

// claim writes the key's row.
func claim(ctx context.Context, tx *ent.Client, req *Request) error {
	statement, args := insertKey+byItsClock, []any{access.From(ctx).Key(), req.Key, req.Fingerprint[:], req.Path}
	if tx.Dialect() != dialect.Postgres {
		now := shop.Now()
		statement, args = insertKey+`$5, $6)`, append(args, now, now.Add(life))
	}
	if err := exec(ctx, tx, statement, args...); err != nil {
		return fmt.Errorf("claim idempotency key: %w", err)
	}
	return nil
}

// expired selects the keys whose life is over.
func expired(s *sql.Selector) {
	at := s.C(idempotencykey.FieldExpiresAt)
	if s.Dialect() == dialect.Postgres {
		s.Where(sql.ExprP(at + " < CURRENT_TIMESTAMP"))
		return
	}
	s.Where(sql.LT(at, shop.Now()))
}

func remember(ctx context.Context, tx *ent.Client, req *Request, out *Answer) error {
	kept, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("remember answer: %w", err)
	}
	if err := exec(ctx, tx, updateKey, out.Status, kept, access.From(ctx).Key(), req.Key); err != nil {
		return fmt.Errorf("remember answer: %w", err)
	}
	return nil
}

func exec(ctx context.Context, tx *ent.Client, statement string, args ...any) error {
	//nolint:forbidigo // no rule concerns the program's own keys
	_, err := tx.ExecContext(pipeline.Apart(pipeline.Later(ctx)), statement, args...)
	return err
}

// replay returns the answer to the first request under the key. It returns nil if there is
// no such answer any more because it has expired; the request is then run as a new one.
func replay(ctx context.Context, db *store.DB, req *Request) (*Answer, error) {
	its := idempotencykey.And(idempotencykey.Caller(access.From(ctx).Key()), idempotencykey.Key(req.Key))
	row, err := db.Reader.IdempotencyKey.Query().Where(its, idempotencykey.Not(expired)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, forget(ctx, db, its)
	}
	if err != nil {
		return nil, fmt.Errorf("look up idempotency key: %w", err)
	}
	if len(row.Fingerprint) == 0 {
		return nil, shop.Conflictf("the request was answered, and the answer erased since with the personal data in it")
	}
	if !bytes.Equal(row.Fingerprint, req.Fingerprint[:]) {
		return nil, shop.Invalidf("header.Idempotency-Key", "was used for another request: method, path, query or body differ")
	}
	out := &Answer{Status: row.Status}
	if err := json.Unmarshal(row.Body, out); err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	db.Seen(ctx) // the first answer may never have arrived
	return out, nil
}

// Erase removes the selected answers, and the fingerprints of their requests, which were
// computed from personal data. The keys stay, so that a repetition still has no second
// effect.
func Erase(ctx context.Context, tx *ent.Client, which ...predicate.IdempotencyKey) error {
	err := tx.IdempotencyKey.Update().Where(idempotencykey.BodyNotNil()).Where(which...).
		SetFingerprint([]byte{}).ClearBody().SetStatus(0).Exec(ctx)
	if err != nil {
		return fmt.Errorf("erase remembered answers: %w", err)
	}
	return nil
}

// forget removes the selected answers that have expired.
func forget(ctx context.Context, db *store.DB, which predicate.IdempotencyKey) error {
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		_, err := tx.IdempotencyKey.Delete().Where(which, expired).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget idempotency keys: %w", err)
	}
	return nil
}

// atOnce is how many answers one transaction removes.
const atOnce = 1_000

// ForgetExpired deletes the expired answers, in small transactions that nobody has to wait
// for. The program calls it now and then; correctness does not depend on it.
func ForgetExpired(ctx context.Context, db *store.DB) error {
	for {
		ids, err := db.Reader.IdempotencyKey.Query().Where(expired).
			Order(idempotencykey.ByExpiresAt(), idempotencykey.ByID()).Limit(atOnce).IDs(ctx)
		if err != nil {
			return fmt.Errorf("look for idempotency keys to forget: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		if err := forget(ctx, db, idempotencykey.IDIn(ids...)); err != nil {
			return err
		}
	}
}
