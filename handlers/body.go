package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// maxBody is the largest request body in bytes.
const maxBody = 1 << 20

// readBody reads the request's body whole and checks what huma does not: its
// size, media type, that it is one JSON value in valid UTF-8, and that no text
// in it holds a NUL, which PostgreSQL cannot keep. Integers written with a
// fraction or an exponent, as 1e3, are the same number to JSON Schema and are
// rewritten as plain digits.
func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, statusProblem(http.StatusRequestEntityTooLarge, "the body is larger than 1 MiB",
				FieldProblem{Location: "body", Message: "expected at most 1048576 bytes"})
		}
		return nil, statusProblem(http.StatusBadRequest, "the body could not be read to its end",
			FieldProblem{Location: "body", Message: "ended early"})
	}
	if len(body) == 0 {
		return nil, nil
	}
	if err := checkMediaType(r); err != nil {
		return nil, err
	}
	return checkJSON(body)
}

func checkMediaType(r *http.Request) error {
	header := r.Header.Get("Content-Type")
	if header == "" {
		return nil // taken for application/json
	}
	media, params, err := mime.ParseMediaType(header)
	allowed := media == "application/json" ||
		media == "application/merge-patch+json" && r.Method == http.MethodPatch
	if charset, ok := params["charset"]; ok && !strings.EqualFold(charset, "utf-8") {
		allowed = false
	}
	if err != nil || !allowed {
		return statusProblem(http.StatusUnsupportedMediaType, "the body must be application/json in UTF-8",
			FieldProblem{Location: "header.Content-Type", Message: "expected application/json"})
	}
	r.Header.Set("Content-Type", media) // in lower case: huma compares it letter by letter
	return nil
}

// checkJSON returns the body, with its integers as plain digits.
func checkJSON(body []byte) ([]byte, error) {
	valid := utf8.Valid(body)
	if valid && json.Valid(body) && !suspicious(body) {
		return body, nil
	}
	// Invalid bytes become NULs, so that one walk finds both and can name the
	// member that holds them.
	dec := json.NewDecoder(bytes.NewReader(bytes.ToValidUTF8(body, []byte(`\u0000`))))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return nil, malformed(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, malformed(errors.New("expected one JSON value and nothing after it"))
	}
	var fields []shop.FieldError
	value = walk(value, "body", &fields)
	if len(fields) > 0 {
		return nil, &shop.Error{Kind: shop.KindInvalid, Message: "validation failed", Fields: fields}
	}
	rewritten, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("rewrite body: %w", err)
	}
	return rewritten, nil
}

func malformed(err error) *Problem {
	message := "expected JSON"
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		message = fmt.Sprintf("expected JSON: %s at byte %d", syntax.Error(), syntax.Offset)
	} else if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		message = "expected JSON: the text ends early"
	}
	return statusProblem(http.StatusBadRequest, "the body is not JSON", FieldProblem{Location: "body", Message: message})
}

// suspicious reports whether a valid JSON text may hold a NUL or a number with
// a fraction or an exponent, and so needs the walk.
func suspicious(body []byte) bool {
	if bytes.Contains(body, []byte(`\u0000`)) {
		return true
	}
	inString := false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case !inString && (c == '.' || (c == 'e' || c == 'E') && i > 0 && body[i-1] >= '0' && body[i-1] <= '9'):
			return true
		}
	}
	return false
}

// walk visits every text and number, returning the value with its integers
// normalised and adding what is wrong to fields.
func walk(value any, path string, fields *[]shop.FieldError) any {
	switch v := value.(type) {
	case map[string]any:
		for key, member := range v {
			if strings.ContainsRune(key, 0) {
				*fields = append(*fields, shop.FieldError{Location: path, Message: "a name must not contain NUL or invalid UTF-8"})
				continue
			}
			v[key] = walk(member, path+"."+key, fields)
		}
	case []any:
		for i, item := range v {
			v[i] = walk(item, path+"["+strconv.Itoa(i)+"]", fields)
		}
	case string:
		if strings.ContainsRune(v, 0) {
			*fields = append(*fields, shop.FieldError{Location: path, Message: "must not contain NUL or invalid UTF-8"})
		}
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			*fields = append(*fields, shop.FieldError{Location: path, Message: "expected a smaller number"})
		} else if strings.ContainsAny(string(v), ".eE") && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return json.Number(strconv.FormatFloat(f, 'f', 0, 64))
		}
	}
	return value
}
