package handlers

import (
	"context"
	"time"
)

// Outcome is the result of a request, for metrics.
type Outcome struct {
	// Method is that of the request, "OTHER" for what is none of HTTP's.
	Method string
	// Route is the template of the path, as /api/v1/products/:id, and "none" for
	// paths that lead nowhere: a bounded set, whatever clients send.
	Route string
	// Status is that of the answer; 499 where the client went away before it had one,
	// and 500 where one was cut off otherwise.
	Status int
	// Code is that of the problem, "gone" for a client that went away, and empty for an
	// answer that is no problem.
	Code string
	// Replayed says that the answer is that of an earlier request with the same
	// Idempotency-Key: nothing happened.
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
