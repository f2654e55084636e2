package handlers

import (
	"net/http"
	"strconv"
	"strings"
)

// conforming serves files as RFC 9110 requires: with quoted ETags, and compressed for
// clients that accept it. statigz does not quote ETags, compares them as texts, leaves them
// out when a file has not changed, and compresses whenever the header contains the word
// gzip.
func conforming(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := strings.Trim(strings.TrimPrefix(r.Header.Get("If-None-Match"), "W/"), `"`)
		encoding := ""
		if acceptsGzip(strings.Join(r.Header.Values("Accept-Encoding"), ",")) {
			encoding = "gzip"
		}
		r = r.Clone(r.Context())
		r.Header.Set("If-None-Match", known)
		r.Header.Set("Accept-Encoding", encoding)
		files.ServeHTTP(&quoter{ResponseWriter: w, known: known}, r)
	})
}

// acceptsGzip reports whether an Accept-Encoding includes gzip, by name or by *, and does
// not prefer the uncompressed file (section 12.5.3).
func acceptsGzip(accepted string) bool {
	quality := map[string]float64{}
	for item := range strings.SplitSeq(strings.ToLower(accepted), ",") {
		coding, weight, weighted := strings.Cut(item, ";")
		q := 1.0
		if weighted {
			q, _ = strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
		}
		quality[strings.TrimPrefix(strings.TrimSpace(coding), "x-")] = q
	}
	gzip, named := quality["gzip"]
	if !named {
		gzip = quality["*"]
	}
	return gzip > 0 && gzip >= quality["identity"]
}

// quoter quotes the ETag of an answer before its header is sent.
type quoter struct {
	http.ResponseWriter

	known string // the ETag that the client sent
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
