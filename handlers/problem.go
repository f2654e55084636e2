package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/storekeeper/storekeeper/internal/admission"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/throttle"
)

// Problem is every error answer (RFC 9457, application/problem+json). The members after
// Errors belong to particular codes.
type Problem struct { //nolint:errname // RFC 9457 calls it a problem, and so does the document
	Type      string         `json:"type" format:"uri" doc:"URN of the kind of problem" example:"urn:storekeeper:problem:invalid"`
	Title     string         `json:"title" doc:"the status in words"`
	Status    int            `json:"status" doc:"the HTTP status"`
	Detail    string         `json:"detail" doc:"what happened, for people"`
	Code      string         `json:"code" doc:"what happened, for programs: one of these; more may be added" example:"invalid"`
	RequestID string         `json:"request_id,omitempty" doc:"id under which the server logged the request"`
	Errors    []FieldProblem `json:"errors,omitempty" doc:"the invalid inputs, at most the first 100"`

	From    shop.OrderStatus   `json:"from,omitempty" doc:"current state of the order"`
	To      shop.OrderStatus   `json:"to,omitempty" doc:"state that was asked for"`
	Allowed []shop.OrderStatus `json:"allowed,omitzero" doc:"states to which the order can move"`
	Items   []LineProblem      `json:"items,omitempty" doc:"the lines with too little stock or an inactive product"`

	Expected *shop.Money `json:"expected,omitempty" doc:"total that the client expected"`
	Total    *shop.Money `json:"total,omitempty" doc:"total now"`
	Current  any         `json:"current,omitempty" doc:"the resource as it is now"`

	ChangedSince []ChangedSince `json:"changed_since,omitempty" doc:"the fields that no longer have the audited value"`
	Orders       []OpenOrder    `json:"orders,omitempty" doc:"the orders that prevent it"`

	retryAfter string
}

// maxFieldProblems limits Errors: a body of one megabyte can have 340,000 mistakes.
const maxFieldProblems = 100

// FieldProblem names one input and says what was expected of it.
type FieldProblem struct {
	Location string `json:"location" doc:"where, for example body.price or query.limit"`
	Message  string `json:"message" doc:"what was expected"`
}

// LineProblem is one product that cannot be sold as asked.
type LineProblem struct {
	ProductID int64  `json:"product_id"`
	SKU       string `json:"sku"`
	Requested int64  `json:"requested"`
	Available int64  `json:"available"`
}

// ChangedSince is a field that somebody has changed since.
type ChangedSince struct {
	Field   string          `json:"field"`
	Audited json.RawMessage `json:"audited" doc:"value after the audited change"`
	Now     json.RawMessage `json:"now" doc:"current value"`
}

// OpenOrder is an order that is not finished.
type OpenOrder struct {
	ID     int64            `json:"id"`
	Number int64            `json:"number" doc:"1000 + id, shown as #1001"`
	Status shop.OrderStatus `json:"status"`
}

// statuses is the only table from kinds of errors to HTTP statuses.
var statuses = map[shop.Kind]int{
	shop.KindInvalid:           http.StatusUnprocessableEntity,
	shop.KindNotFound:          http.StatusNotFound,
	shop.KindConflict:          http.StatusConflict,
	shop.KindInvalidTransition: http.StatusConflict,
	shop.KindInsufficientStock: http.StatusConflict,
	shop.KindEmptyCart:         http.StatusConflict,
	shop.KindInactiveProduct:   http.StatusConflict,
	shop.KindTotalChanged:      http.StatusConflict,
	shop.KindVersionMismatch:   http.StatusPreconditionFailed,
	shop.KindUnauthenticated:   http.StatusUnauthorized,
	shop.KindForbidden:         http.StatusForbidden,
	shop.KindRateLimited:       http.StatusTooManyRequests,
	shop.KindOverloaded:        http.StatusServiceUnavailable,
	shop.KindInternal:          http.StatusInternalServerError,
}

// codes are the codes of problems that only HTTP knows, so that they have no kind in
// package shop.
var codes = map[int]string{
	http.StatusBadRequest:            "malformed",
	http.StatusMethodNotAllowed:      "method_not_allowed",
	http.StatusNotAcceptable:         "not_acceptable",
	http.StatusRequestTimeout:        "timeout",
	http.StatusRequestEntityTooLarge: "too_large",
	http.StatusUnsupportedMediaType:  "unsupported_media_type",
	http.StatusNotFound:              string(shop.KindNotFound),
	http.StatusUnprocessableEntity:   string(shop.KindInvalid),
	http.StatusServiceUnavailable:    string(shop.KindOverloaded),
}

func newProblem(status int, code, detail string) *Problem {
	return &Problem{
		Type:   "urn:storekeeper:problem:" + code,
		Title:  http.StatusText(status),
		Status: status,
		Detail: detail,
		Code:   code,
	}
}

// statusProblem returns a problem that only HTTP knows.
func statusProblem(status int, detail string, fields ...FieldProblem) *Problem {
	code, ok := codes[status]
	if !ok {
		code = string(shop.KindInternal)
	}
	p := newProblem(status, code, detail)
	p.Errors = bounded(fields)
	return p
}

// maxShown limits a location or a message in bytes. Both can name what was sent, such as an
// unknown member or column, and that can be as long as the body.
const maxShown = 1000

// bounded returns the first hundred problems, none of which is long, and how many more
// there are.
func bounded(fields []FieldProblem) []FieldProblem {
	out := slices.Clone(fields[:min(len(fields), maxFieldProblems)])
	for i, f := range out {
		out[i] = FieldProblem{Location: shortened(f.Location), Message: shortened(f.Message)}
	}
	if more := len(fields) - maxFieldProblems; more > 0 {
		out = append(out, FieldProblem{Location: "body", Message: fmt.Sprintf("and %d more", more)})
	}
	return out
}

func shortened(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return strings.ToValidUTF8(text[:maxShown], "") + "…" // without the half of a character
}

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter != "" {
		h.Set("Retry-After", p.retryAfter)
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="storekeeper"`) // RFC 9110, section 11.6.1
	}
	return h
}

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// problemOf turns any error into the problem that the client gets. An unknown error is
// internal: it is logged once, and its text is hidden.
func problemOf(ctx context.Context, log *slog.Logger, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		p.answers(ctx)
		return p
	}
	err = store.Translate(err)
	var p *Problem
	if limited, ok := errors.AsType[*throttle.LimitedError](err); ok {
		p = newProblem(statuses[shop.KindRateLimited], string(shop.KindRateLimited), limited.Error())
		p.retryAfter = strconv.FormatInt(int64(math.Ceil(limited.After.Seconds())), 10)
	} else if e, ok := errors.AsType[*shop.Error](err); ok {
		p = shopProblem(e)
	} else {
		p = unknownProblem(ctx, log, err)
	}
	p.answers(ctx)
	return p
}

// answers stores the request's id in the problem, and the problem's code in the request.
func (p *Problem) answers(ctx context.Context) {
	info := requestOf(ctx)
	p.RequestID, info.Code = info.ID, p.Code
}

func unknownProblem(ctx context.Context, log *slog.Logger, err error) *Problem {
	gone := errors.Is(ctx.Err(), context.Canceled)
	switch {
	case errors.Is(err, admission.ErrOverloaded), errors.Is(err, store.ErrBusy):
		return comeBack("1", "the server is overloaded; nothing was written; try again")
	case errors.Is(err, admission.ErrAway):
		return comeBack("2", "the database is away; nothing was written; try again")
	case store.Unsure(err) && !gone:
		log.ErrorContext(ctx, "the answer to a commit was lost", "request_id", requestOf(ctx).ID, "error", err)
		return noAnswer(ctx)
	case gone, errors.Is(err, context.Canceled): // the cancellation may have caused any error
		return comeBack("1", "the request was cancelled")
	case errors.Is(err, context.DeadlineExceeded), store.Retryable(err), store.TimedOut(err):
		log.WarnContext(ctx, "request gave up", "request_id", requestOf(ctx).ID, "error", err)
		return comeBack("1", "the server could not do it in time; nothing was written; try again")
	case store.Unwritten(err):
		log.ErrorContext(ctx, "the database cannot be written", "request_id", requestOf(ctx).ID, "error", err)
		return comeBack("30", "the database is full or cannot be written; nothing was written; the server's log says what to do")
	case store.Away(err):
		log.ErrorContext(ctx, "the database is away", "request_id", requestOf(ctx).ID, "error", err)
		return noAnswer(ctx)
	default:
		log.ErrorContext(ctx, "request failed", "request_id", requestOf(ctx).ID, "error", err)
		return newProblem(http.StatusInternalServerError, string(shop.KindInternal),
			"the server failed; the log has the cause under the request id")
	}
}

// comeBack refuses a request for now. It can be repeated after this many seconds.
func comeBack(after, detail string) *Problem {
	p := newProblem(http.StatusServiceUnavailable, string(shop.KindOverloaded), detail)
	p.retryAfter = after
	return p
}

// noAnswer is the problem for a request that may or may not have taken effect.
func noAnswer(ctx context.Context) *Problem {
	detail := "the database does not answer; a change may have been made: repeat it with the same Idempotency-Key, or look first"
	if requestOf(ctx).Safe {
		detail = "the database does not answer; try again"
	}
	return comeBack("2", detail)
}

func shopProblem(e *shop.Error) *Problem {
	status, ok := statuses[e.Kind]
	if !ok {
		status = http.StatusInternalServerError
	}
	p := newProblem(status, string(e.Kind), e.Message)
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, FieldProblem{Location: located(f.Location), Message: f.Message})
	}
	p.Errors = bounded(p.Errors)
	for _, l := range e.Items {
		p.Items = append(p.Items, LineProblem(l))
	}
	for _, o := range e.Orders {
		p.Orders = append(p.Orders, OpenOrder(o))
	}
	for _, c := range e.ChangedSince {
		p.ChangedSince = append(p.ChangedSince, ChangedSince(c))
	}
	p.From, p.To, p.Allowed = e.From, e.To, e.Allowed
	if e.Kind == shop.KindTotalChanged {
		p.Expected, p.Total = &e.Expected, &e.Total
	}
	return p
}

// located adds to the name of a field in which part of the request it is. Rules name only
// the field, and fields come in the body.
func located(field string) string {
	for _, part := range []string{"body", "query", "path", "header"} {
		if field == part || strings.HasPrefix(field, part+".") {
			return field
		}
	}
	return "body." + field
}

// relocated changes the location of the field errors of a rule if they did not come in the
// body. anew gets the name of the field and the message.
func relocated(err error, anew func(field, message string) shop.FieldError) error {
	e, ok := errors.AsType[*shop.Error](store.Translate(err))
	if !ok || len(e.Fields) == 0 {
		return err
	}
	out := *e
	out.Fields = slices.Clone(e.Fields)
	for i, f := range out.Fields {
		if located(f.Location) != f.Location {
			out.Fields[i] = anew(f.Location, f.Message)
		}
	}
	return &out
}

// aboutRecord changes the location of the field errors of a rule to the input that names
// the record, for a request without fields.
func aboutRecord(err error, location string) error {
	return relocated(err, func(field, message string) shop.FieldError {
		return shop.FieldError{Location: location, Message: field + ": " + message}
	})
}
