package handlers

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Answer is the output of an operation: the body and its headers.
type Answer[B any] struct {
	Status   int
	Location string `header:"Location"`
	ETag     string `header:"ETag"`
	Replayed string `header:"Idempotency-Replayed"`
	Body     B
}

// nothing is the output of an operation that answers 204.
type nothing struct{}

// etag returns the strong validator of a version (RFC 9110, section 8.8.3).
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// read registers an operation that only reads. It sees everything that is committed.
func read[I, B any](
	api huma.API, s *Server, op huma.Operation,
	fn func(ctx context.Context, client *ent.Client, in *I) (*Answer[B], error),
) {
	reading(api, s, op, fn, s.readPrimary)
}

// browse registers an operation that only reads and that a standby may answer. It is for
// lists and reports, which may lag a little behind the changes of others. They include what
// the caller itself has written.
func browse[I, B any](
	api huma.API, s *Server, op huma.Operation,
	fn func(ctx context.Context, client *ent.Client, in *I) (*Answer[B], error),
) {
	reading(api, s, op, fn, func(ctx context.Context, run func(context.Context, *ent.Client) error) error {
		if done, err := s.db.TryStandby(ctx, run); done {
			return err
		}
		return s.readPrimary(ctx, run)
	})
}

// readPrimary reads from the primary, after waiting for its turn.
func (s *Server) readPrimary(ctx context.Context, run func(context.Context, *ent.Client) error) error {
	return s.gate.Read(ctx, func() error { return run(store.Slow(ctx), s.db.Reader) })
}

func reading[I, B any](
	api huma.API, s *Server, op huma.Operation,
	fn func(ctx context.Context, client *ent.Client, in *I) (*Answer[B], error),
	from func(ctx context.Context, run func(context.Context, *ent.Client) error) error,
) {
	op.Method, op.DefaultStatus = http.MethodGet, http.StatusOK
	act(api, s, op, func(ctx context.Context, in *I) (out *Answer[B], err error) {
		err = from(ctx, func(ctx context.Context, client *ent.Client) error {
			out, err = fn(ctx, client, in)
			return err
		})
		if err == nil && out.Status == 0 {
			out.Status = http.StatusOK
		}
		return out, err
	})
}

// write registers an operation that changes something, in one transaction, unless it ends
// in a rehearsal. If it is a POST, it accepts an Idempotency-Key.
func write[I, B any](
	api huma.API, s *Server, op huma.Operation,
	fn func(ctx context.Context, tx *ent.Client, in *I) (*Answer[B], error),
) {
	writing(api, s, op, fn, func(ctx context.Context) context.Context { return ctx })
}

// writeMuch is write for an operation that takes long anyway, and that may be one of many
// parts: it waits for its turn as long as that takes.
func writeMuch[I, B any](
	api huma.API, s *Server, op huma.Operation,
	fn func(ctx context.Context, tx *ent.Client, in *I) (*Answer[B], error),
) {
	writing(api, s, op, fn, store.Patient)
}

func writing[I, B any](
	api huma.API, s *Server, op huma.Operation,
	fn func(ctx context.Context, tx *ent.Client, in *I) (*Answer[B], error),
	waiting func(ctx context.Context) context.Context,
) {
	if op.DefaultStatus == 0 {
		op.DefaultStatus = http.StatusOK
	}
	if op.Method == http.MethodPost {
		documentKey(&op)
	}
	act(api, s, op, func(ctx context.Context, in *I) (out *Answer[B], err error) {
		ctx = waiting(ctx)
		err = s.gate.Write(ctx, func() (err error) {
			out, err = once(ctx, s, func(ctx context.Context, tx *ent.Client) (*Answer[B], error) {
				out, err := fn(ctx, tx, in)
				if err == nil && out.Status == 0 {
					out.Status = op.DefaultStatus
				}
				return out, err
			})
			return err
		})
		if tried, ok := errors.AsType[*rehearsal[B]](err); ok {
			return tried.answer, nil
		}
		return out, err
	})
}

// rehearsal is the error with which an operation registered by write answers without an
// effect: the transaction is rolled back, and the answer is not stored under the key.
type rehearsal[B any] struct{ answer *Answer[B] }

// Error implements error.
func (*rehearsal[B]) Error() string { return "this was a rehearsal" }

// erase registers an operation that answers 204.
func erase[I any](api huma.API, s *Server, op huma.Operation, fn func(ctx context.Context, tx *ent.Client, in *I) error) {
	op.Method, op.DefaultStatus = http.MethodDelete, http.StatusNoContent
	act(api, s, op, func(ctx context.Context, in *I) (*nothing, error) {
		return nil, s.write(ctx, func(ctx context.Context, tx *ent.Client) error { return fn(ctx, tx, in) })
	})
}

// act registers an operation. Used directly, it is for operations that use their own
// transactions, or none, and whose answer contains secrets: it is never stored under an
// Idempotency-Key.
func act[I, O any](api huma.API, s *Server, op huma.Operation, fn func(ctx context.Context, in *I) (*O, error)) {
	document(api, s, &op)
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		ctx, err := guarded(ctx, &op)
		if err != nil {
			return nil, problemOf(ctx, s.log, err)
		}
		out, err := fn(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, s.log, err)
		}
		return out, nil
	})
}

// document adds what all operations have in common: who may call them, and the problems
// that they can answer besides their own.
func document(api huma.API, s *Server, op *huma.Operation) {
	guardOperation(api, s, op)
	documentErrors(op)
}

func documentErrors(op *huma.Operation) {
	errors := []int{http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}
	if op.Method != http.MethodGet {
		errors = append(errors, http.StatusBadRequest, http.StatusConflict,
			http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	op.Errors = append(op.Errors, errors...)
	op.MaxBodyBytes = maxBody + 1 // the middleware checked the size
	// It also read the body to its end. A read deadline (huma's default is five seconds)
	// could only expire while the operation runs. net/http would take that for a client
	// that disconnected, and cancel this request and all later ones of the connection.
	op.BodyReadTimeout = -1
}

// write waits for its turn at the database and runs the writes of a request.
func (s *Server) write(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	return s.gate.Write(ctx, func() error { return s.tx(ctx, fn) })
}

// tx runs the writes of a request that already has its turn.
func (s *Server) tx(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		ctx, err := s.confirmed(ctx, tx)
		if err != nil {
			return err
		}
		return fn(ctx, tx)
	})
}

// confirmed returns the context of a request that may have taken long to get here. It looks
// up the sender again, so that the operation begins with the permissions that they have
// now.
func (s *Server) confirmed(ctx context.Context, tx *ent.Client) (context.Context, error) {
	if s.staff == nil {
		return ctx, nil
	}
	now, err := s.staff.Confirm(ctx, tx)
	if err != nil || now == access.From(ctx) {
		return ctx, err
	}
	return guarded(access.With(ctx, now), requestOf(ctx).Operation)
}
