package shop

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Kind classifies an error by what the caller can do about it. Its value is the
// code that the API answers with.
type Kind string

// The kinds of errors.
const (
	KindInvalid           Kind = "invalid"
	KindNotFound          Kind = "not_found"
	KindConflict          Kind = "conflict"
	KindInvalidTransition Kind = "invalid_transition"
	KindInsufficientStock Kind = "insufficient_stock"
	KindEmptyCart         Kind = "empty_cart"
	KindInactiveProduct   Kind = "inactive_product"
	KindTotalChanged      Kind = "total_changed"
	KindVersionMismatch   Kind = "version_mismatch"
	KindUnauthenticated   Kind = "unauthenticated"
	KindForbidden         Kind = "forbidden"
	KindRateLimited       Kind = "rate_limited"
	KindOverloaded        Kind = "overloaded"
	KindInternal          Kind = "internal"
)

// Error is the one error type of the program's own rules. Callers test the kind
// with KindOf, never the text.
type Error struct {
	Kind    Kind
	Message string

	// Fields names the offending inputs (KindInvalid).
	Fields []FieldError
	// From, To and Allowed describe a refused or lost transition.
	From, To OrderStatus
	Allowed  []OrderStatus
	// Items are the lines that are short or inactive.
	Items []LineError
	// Orders are those that stand in the way.
	Orders []OrderError
	// ChangedSince are the fields that do not hold what they were to hold (KindConflict).
	ChangedSince []ChangedField
	// Expected and Total are the amounts of KindTotalChanged.
	Expected, Total Money
	// Cause is the underlying error, when there is one. It is logged, never
	// shown to a client.
	Cause error
}

// ErrRepeat ends a transaction that found that what it had read was changed meanwhile. It
// is not a failure: store.DB.Tx runs the transaction again.
var ErrRepeat = errors.New("what the transaction had read was changed meanwhile")

// FieldError says what is wrong with one input. Location is its dotted path, as
// "price" or "items[0].quantity"; Message says what was expected.
type FieldError struct {
	Location string
	Message  string
}

// LineError is one product that cannot be sold as asked.
type LineError struct {
	ProductID int64
	SKU       string
	Requested int64
	Available int64
}

// OrderError is one order that prevents the operation.
type OrderError struct {
	ID     int64
	Number int64
	Status OrderStatus
}

// ChangedField is one field that somebody has changed since, with its values as JSON.
type ChangedField struct {
	Field        string
	Audited, Now json.RawMessage
}

func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Message
	}
	var b strings.Builder
	b.WriteString(e.Message)
	for i, f := range e.Fields {
		sep := ": "
		if i > 0 {
			sep = "; "
		}
		b.WriteString(sep + f.Location + ": " + f.Message)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the first Error in err's chain, KindInternal for
// any other error and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindInternal
}

// Errorf makes an error of a kind that carries nothing but its message.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// NotFound says that there is no such record: NotFound("product", 7).
func NotFound(entity string, id int64) *Error {
	return Errorf(KindNotFound, "%s %d does not exist", entity, id)
}

// Found returns the error of a query that checks whether a record exists, given the result
// of the query. It is nil when the record exists.
func Found(entity string, id int64, there bool, err error) error {
	switch {
	case err != nil:
		return fmt.Errorf("find %s: %w", entity, err)
	case !there:
		return NotFound(entity, id)
	}
	return nil
}

// Conflictf says that the state of the shop does not allow the operation.
func Conflictf(format string, args ...any) *Error { return Errorf(KindConflict, format, args...) }

// Invalidf says which input is wrong and what was expected.
func Invalidf(location, format string, args ...any) *Error {
	return &Error{
		Kind:    KindInvalid,
		Message: "validation failed",
		Fields:  []FieldError{{Location: location, Message: fmt.Sprintf(format, args...)}},
	}
}

// InvalidTransition says that the table does not allow the change of state.
func InvalidTransition(from, to OrderStatus) *Error {
	return &Error{
		Kind:    KindInvalidTransition,
		Message: fmt.Sprintf("an order that is %s cannot become %s", from, to),
		From:    from, To: to, Allowed: from.Next(),
	}
}

// AlreadySent says that the order can no longer be sent to another address, because of its
// state.
func AlreadySent(status OrderStatus) *Error {
	return Conflictf("the order is %s: its delivery address cannot be changed any more", status)
}

// LostTransition says that somebody else changed the state first, to one that still leads
// to `to`: reading the order again and repeating the change succeeds.
func LostTransition(read, now, to OrderStatus) *Error {
	return &Error{
		Kind:    KindConflict,
		Message: fmt.Sprintf("the order was %s when read but is %s now, so it did not become %s", read, now, to),
		From:    now, To: to, Allowed: now.Next(),
	}
}
