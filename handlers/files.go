package handlers

import (
	"net/http"
	"strings"
)

// quoted serves files with ETags in quotes, as RFC 9110 has them. Those of statigz have
// none, are compared as they are, and are left out where a file is still the same.
func quoted(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := strings.Trim(strings.TrimPrefix(r.Header.Get("If-None-Match"), "W/"), `"`)
		if known != "" {
			r = r.Clone(r.Context())
			r.Header.Set("If-None-Match", known)
		}
		files.ServeHTTP(&quoter{ResponseWriter: w, known: known}, r)
	})
}

// quoter puts the ETag of an answer in quotes before its head is sent.
type quoter struct {
	http.ResponseWriter

	known string // what the client has
	sent  bool
}

// WriteHeader implements http.ResponseWriter.
func (q *quoter) WriteHeader(status int) {
	tag := q.Header().Get("ETag")
	if tag == "" && status == http.StatusNotModified {
		tag = q.known // RFC 9110, section 15.4.5
	}
	if tag != "" && !q.sent {
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
