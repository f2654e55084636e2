package handlers

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/idempotency"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// requestIDHeader carries the id of a request. Everything that a request changed can be
// undone by its id, so no two requests may share one: an id that the caller sends is only
// written to the log.
const requestIDHeader = "X-Request-ID"

// identify gives the request its id, its origin and its deadline, and logs it when done.
func (s *Server) identify(c *gin.Context) {
	start := time.Now()
	id := uuid.Must(uuid.NewV7()).String()
	c.Header(requestIDHeader, id)
	client := c.Request.Context()
	ctx := client
	if c.FullPath() != exportPath { // an export limits each of its pages
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.timeout)
		defer cancel()
	}
	from := s.proxies.peer(c.Request)
	if from.secure {
		transportSecurity(c.Writer.Header(), s.hsts)
	}
	ctx = access.WithOrigin(ctx, originOf(c.Request, id, from))
	info := &request{ID: id, Route: c.FullPath(), Safe: changesNothing(c.Request.Method), Secure: from.secure}
	ctx = withRequest(ctx, info)
	c.Request = c.Request.WithContext(ctx)
	cut := true
	defer func() {
		status, code := ending(c.Writer.Status(), info.Code, cut, client.Err())
		s.account(ctx, c, status, code, time.Since(start))
	}()
	c.Next()
	cut = false
}

// statusGone is the status, as in nginx, of a request whose client disconnected before the
// answer. It is not a failure of the server.
const statusGone, codeGone = 499, "gone"

// ending returns the status and the code with which a request is recorded. cut reports that
// a panic cut off the answer, left is the error of the client's context.
func ending(status int, code string, cut bool, left error) (int, string) {
	switch failed := cut || status >= http.StatusInternalServerError; {
	case failed && errors.Is(left, context.Canceled):
		return statusGone, codeGone
	case cut:
		return http.StatusInternalServerError, string(shop.KindInternal)
	case status < http.StatusBadRequest: // problems of single records in a bulk answer do not count
		return status, ""
	default:
		return status, code
	}
}

// account records the outcome of a request in metrics and the log.
func (s *Server) account(ctx context.Context, c *gin.Context, status int, code string, took time.Duration) {
	info := requestOf(ctx)
	if s.observe != nil {
		s.observe(Outcome{
			Method: methodOf(sentMethod(c.Request)), Route: cmp.Or(info.Route, "none"), Status: status,
			Code: code, Replayed: info.Replayed, Took: took,
		})
	}
	level := slog.LevelDebug
	if status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	told := []slog.Attr{
		slog.String("request_id", info.ID), slog.String("method", sentMethod(c.Request)),
		slog.String("route", c.FullPath()), slog.Int("status", status),
		slog.Int("bytes", c.Writer.Size()), slog.Duration("took", took),
	}
	if theirs := printable(c.GetHeader(requestIDHeader), maxCallerID); theirs != "" {
		told = append(told, slog.String("caller_request_id", theirs))
	}
	s.log.LogAttrs(ctx, level, "request", told...)
}

// maxCallerID is how many bytes are logged of the id that a caller gave its request.
const maxCallerID = 64

// changesNothing reports whether a method is safe as RFC 9110, section 9.2.1, defines it.
func changesNothing(method string) bool {
	return method == http.MethodGet || method == http.MethodHead
}

// recover answers a panic with a 500 and logs it with its stack.
func (s *Server) recover(c *gin.Context) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if r == http.ErrAbortHandler { //nolint:errorlint,err113 // the documented sentinel of net/http
			panic(r)
		}
		ctx := c.Request.Context()
		s.log.ErrorContext(ctx, "panic", "request_id", requestOf(ctx).ID, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		if !c.Writer.Written() {
			s.fail(c, newProblem(http.StatusInternalServerError, string(shop.KindInternal),
				"the server failed; the log has the cause under the request id"))
		}
	}()
	c.Next()
}

// guard checks what every operation relies on: a readable query, a body of one JSON value,
// valid headers. A request without an operation gets 404 or 405 instead.
func (s *Server) guard(c *gin.Context) {
	if strings.HasPrefix(c.Request.URL.Path, prefix) {
		c.Header("Cache-Control", "no-store")
		if strings.Contains(strings.ToLower(c.Request.URL.EscapedPath()), "%2f") {
			s.nothing(c) // an escaped slash is part of a name, and no name has one
			return
		}
	}
	if methods, ok := s.literal[c.Request.URL.Path]; ok && !slices.Contains(methods, c.Request.Method) {
		s.otherMethod(c) // otherwise GET /products/import would look for a product with the id "import"
		return
	}
	if c.FullPath() != "" {
		if err := s.readRequest(c); err != nil {
			s.fail(c, problemOf(c.Request.Context(), s.log, err))
			return
		}
	}
	c.Next()
}

func (s *Server) readRequest(c *gin.Context) error {
	r := c.Request
	texts, empty, err := checkQuery(r.URL.RawQuery)
	if err != nil {
		return err
	}
	info := requestOf(r.Context())
	info.Texts, info.Empty, info.IfMatch = texts, empty, r.Header.Values("If-Match")
	key, err := readKey(r)
	if err != nil {
		return err
	}
	media := "application/json"
	if strings.HasSuffix(c.FullPath(), importSuffix) {
		media = textCSV
	}
	body, err := readBody(r, media)
	if err != nil {
		return err
	}
	info.HasBody = !nothingSaid.Match(body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.ContentLength = int64(len(body))
	if key != "" {
		info.Keyed = &idempotency.Request{
			Key: key, Path: r.URL.Path, Fingerprint: idempotency.Fingerprint(r.Method, r.URL.EscapedPath(), r.URL.RawQuery, body),
		}
	}
	return nil
}

// readKey returns the Idempotency-Key of a POST, "" for none.
func readKey(r *http.Request) (string, error) {
	values := r.Header.Values("Idempotency-Key")
	if r.Method != http.MethodPost || len(values) == 0 {
		return "", nil
	}
	key := values[0]
	if len(values) > 1 || key == "" || len(key) > 255 || strings.ContainsFunc(key, func(c rune) bool { return c < ' ' || c > '~' }) {
		return "", shop.Invalidf("header.Idempotency-Key", "expected one value of 1 to 255 printable ASCII characters")
	}
	return key, nil
}

// fail ends the request with a problem.
func (s *Server) fail(c *gin.Context, p *Problem) {
	p.answers(c.Request.Context())
	maps.Copy(c.Writer.Header(), p.GetHeaders())
	if p.Status != http.StatusMethodNotAllowed {
		c.Writer.Header().Del("Allow") // Gin sets it before anybody knows who asks
	}
	body, err := json.Marshal(p)
	if err != nil {
		s.log.ErrorContext(c.Request.Context(), "marshal problem", "error", err)
	}
	c.Abort()
	c.Data(p.Status, "application/problem+json", append(body, '\n'))
}
