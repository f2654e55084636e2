package handlers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// checkJSON checks that a body is one JSON value that every program understands in the same
// way (RFC 7493): in valid UTF-8, with no duplicate names in an object. No text may contain
// NUL, which PostgreSQL cannot store. It returns the body, in which integers with a
// fraction or an exponent, such as 1e3, are written as plain digits: to JSON Schema they
// are the same numbers.
func checkJSON(body []byte) ([]byte, error) {
	c := jsonCheck{dec: jsontext.NewDecoder(bytes.NewBuffer(body)), body: body, nul: bytes.Contains(body, []byte(`\u0000`))}
	for {
		if err := c.next(); errors.Is(err, io.EOF) {
			return append(c.plain, body[c.taken:]...), nil
		} else if err != nil {
			return nil, err
		}
	}
}

// jsonCheck is the state of the check.
type jsonCheck struct {
	dec  *jsontext.Decoder
	body []byte
	nul  bool // whether the body contains an escaped NUL

	plain []byte // body[:taken], with integers as plain digits
	taken int64
}

// next checks one token. The error is io.EOF after the last one.
func (c *jsonCheck) next() error {
	began := c.dec.InputOffset() > 0
	if c.dec.PeekKind() == '0' {
		number, err := c.dec.ReadValue()
		if err != nil {
			return c.refused(err)
		}
		return c.number(string(number))
	}
	token, err := c.dec.ReadToken()
	switch {
	case errors.Is(err, io.EOF) && began:
		return io.EOF
	case err != nil:
		return c.refused(err)
	case token.Kind() == '"' && c.nul && strings.ContainsRune(token.String(), 0):
		return c.broken(c.text(), "must not contain NUL")
	}
	return c.one()
}

// text returns the location of the text that was read. That of a name is its object.
func (c *jsonCheck) text() jsontext.Pointer {
	where := c.dec.StackPointer()
	if kind, length := c.dec.StackIndex(c.dec.StackDepth()); kind == '{' && length%2 == 1 {
		return where.Parent()
	}
	return where
}

// one returns an error if another value follows the first one.
func (c *jsonCheck) one() error {
	if c.dec.StackDepth() == 0 && c.dec.PeekKind() != 0 {
		return malformed("expected one JSON value and nothing after it")
	}
	return nil
}

// number checks the number that was read, and rewrites integers as plain digits.
func (c *jsonCheck) number(text string) error {
	near, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return c.broken(c.dec.StackPointer(), "expected a smaller number")
	}
	if strings.ContainsAny(text, ".eE") {
		digits, whole := plainDigits(text)
		switch {
		case whole:
			end := c.dec.InputOffset()
			c.plain = append(append(c.plain, c.body[c.taken:end-int64(len(text))]...), digits...)
			c.taken = end
		case near == math.Trunc(near): // a comparison as floats would take it for an integer
			return c.broken(c.dec.StackPointer(), "expected an integer, or a number of at most 15 digits")
		}
	}
	return c.one()
}

// plainDigits writes an integer of at most 19 digits without fraction and exponent. It
// reports false for any other number.
func plainDigits(number string) (string, bool) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(number), "e")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(mantissa, "-"), ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	significant := strings.TrimRight(digits, "0")
	if significant == "" {
		return "0", true
	}
	power, err := 0, error(nil)
	if exponent != "" {
		power, err = strconv.Atoi(exponent)
	}
	if err != nil || power < -maxBody { // a body cannot have enough zeros to make up for it
		return "", false
	}
	zeros := power - len(fraction) + len(digits) - len(significant)
	if zeros < 0 || len(significant)+zeros > 19 {
		return "", false
	}
	sign := ""
	if mantissa[0] == '-' {
		sign = "-"
	}
	return sign + significant + strings.Repeat("0", zeros), true
}

// refused returns the error of the decoder. The decoder treats invalid UTF-8 and duplicate
// names as syntax errors; here they are members with a wrong value.
func (c *jsonCheck) refused(err error) error {
	syntax, ok := errors.AsType[*jsontext.SyntacticError](err)
	switch {
	case !ok || errors.Is(err, io.ErrUnexpectedEOF):
		return malformed("expected JSON: the text ends early")
	case errors.Is(err, jsontext.ErrDuplicateName):
		return c.broken(syntax.JSONPointer, "expected once")
	case jsontext.Value(c.body).IsValid(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)):
		return c.broken(syntax.JSONPointer, "expected valid UTF-8")
	default:
		return malformed(fmt.Sprintf("expected JSON: %s at byte %d", syntax.Err, syntax.ByteOffset))
	}
}

// broken returns an error that names a member and what was expected of it.
func (c *jsonCheck) broken(where jsontext.Pointer, expected string) error {
	parts := []string{"body"}
	for name := range where.Tokens() {
		if kind, _ := c.dec.StackIndex(min(len(parts), c.dec.StackDepth())); kind == '[' {
			parts = append(parts, "["+name+"]")
		} else {
			parts = append(parts, "."+name)
		}
	}
	location := strings.ToValidUTF8(strings.Join(parts, ""), "?")
	return shop.Invalidf(strings.ReplaceAll(location, "\x00", "?"), "%s", expected)
}

func malformed(expected string) *Problem {
	return statusProblem(http.StatusBadRequest, "the body is not JSON", FieldProblem{Location: "body", Message: expected})
}
