package handlers

import (
	"context"
	"time"
)

// Outcome is the result of a request, for metrics.
type Outcome struct {
	// Method is that of the request, or "OTHER" for an unknown one.
	Method string
	// Route is the template of the path, such as /api/v1/products/:id, and "none" for paths
	// that lead nowhere: a limited set, whatever clients send.
	Route string
	// Status is that of the answer: 499 if the client disconnected before it, and 500 if it
	// was cut off otherwise.
	Status int
	// Code is that of the problem, "gone" for a client that disconnected, and "" if the
	// answer is not a problem.
	Code string
	// Replayed reports that this is the answer of an earlier request with the same
	// Idempotency-Key: nothing was done again.
	Replayed bool
	// Took is the time from the head of the request to the end of the answer.
	Took time.Duration
}

// RouteOf returns the path template of the request that the context belongs to, or "" if it
// belongs to none.
func RouteOf(ctx context.Context) string { return requestOf(ctx).Route }

func methodOf(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE":
		return method
	default:
		return "OTHER"
	}
}
