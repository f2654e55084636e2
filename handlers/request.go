package handlers

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/internal/idempotency"
)

// request is what the middleware found out about a request and the operations need.
type request struct {
	ID        string
	Route     string // template of the path
	Operation *huma.Operation
	Code      string               // of the problem, once there is one
	Replayed  bool                 // the answer is that of an earlier request with the same key
	Safe      bool                 // a safe method (RFC 9110, section 9.2.1)
	Secure    bool                 // the client uses TLS, to us or to a trusted proxy
	Keyed     *idempotency.Request // nil without an Idempotency-Key
	Texts     int                  // how often q is given
	Empty     []string             // query parameters without a value
	IfMatch   []string             // the lines of the header
	HasBody   bool                 // a body that is not empty, null or {}
}

type requestKey struct{}

func withRequest(ctx context.Context, r *request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// requestOf returns the request of the context, or an empty one.
func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{}
}
