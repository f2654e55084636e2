package handlers

import (
	"net/http"
	"strings"
)

// quoted serves files with ETags in quotes, as RFC 9110 has them. Those of statigz have
// none, and are compared as they are.
func quoted(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if tag := r.Header.Get("If-None-Match"); tag != "" {
			r = r.Clone(r.Context())
			r.Header.Set("If-None-Match", strings.Trim(strings.TrimPrefix(tag, "W/"), `"`))
		}
		files.ServeHTTP(&quoter{ResponseWriter: w}, r)
	})
}

// quoter puts the ETag of an answer in quotes before its head is sent.
type quoter struct {
	http.ResponseWriter

	sent bool
}

// WriteHeader implements http.ResponseWriter.
func (q *quoter) WriteHeader(status int) {
	if tag := q.Header().Get("ETag"); tag != "" && !q.sent {
		q.Header().Set("ETag", `"`+tag+`"`)
	}
	q.sent = true
	q.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (q *quoter) Write(data []byte) (int, error) {
	if !q.sent {
		q.WriteHeader(http.StatusOK)
	}
	return q.ResponseWriter.Write(data) //nolint:wrapcheck // it is the same writer
}
