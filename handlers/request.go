package handlers

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/internal/idempotency"
)

// request is what the middleware knows of a request and the operations need.
type request struct {
	ID        string
	Route     string // template of the path
	Operation *huma.Operation
	Code      string               // of the problem that is answered, once there is one
	Replayed  bool                 // the answer is that of an earlier request with the same key
	Safe      bool                 // it asks for nothing to be changed (RFC 9110, section 9.2.1)
	Secure    bool                 // the client speaks TLS, to us or to a trusted proxy
	Keyed     *idempotency.Request // nil without an Idempotency-Key
	Texts     int                  // how often q is given
	Empty     []string             // query parameters that have no value
	IfMatch   []string             // the lines of the header
	HasBody   bool                 // one that says something
}

type requestKey struct{}

func withRequest(ctx context.Context, r *request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// requestOf returns the request of the context, an empty one outside of any.
func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{}
}
