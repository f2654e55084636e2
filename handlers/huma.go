package handlers

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

func init() { //nolint:gochecknoinits // huma is configured through package variables only
	huma.NewError = humaError
	huma.NewErrorWithContext = func(ctx huma.Context, status int, detail string, errs ...error) huma.StatusError {
		err := humaError(status, detail, errs...)
		if p, ok := errors.AsType[*Problem](err); ok {
			p.answers(ctx.Context())
		}
		return err
	}
	wordValidation()
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
}

// humaError replaces huma's error model. It drops the values that huma echoes, because they
// may be secrets.
func humaError(status int, detail string, errs ...error) huma.StatusError {
	if p, ok := firstProblem(errs); ok {
		return p
	}
	if detail == "request body is required" {
		errs = append(errs, &huma.ErrorDetail{Location: "body", Message: "is required"})
	}
	fields := make([]FieldProblem, 0, len(errs))
	for _, err := range errs {
		if err == nil {
			continue
		}
		if d, ok := err.(huma.ErrorDetailer); ok {
			fields = append(fields, fieldOf(d.ErrorDetail()))
			continue
		}
		fields = append(fields, FieldProblem{Message: err.Error()})
	}
	orderUnknown(fields)
	return statusProblem(status, detail, slices.Compact(fields)...) // a time can fail both its format and its pattern
}

// orderUnknown sorts consecutive problems about unknown members, which huma finds in random
// order, so that equal requests get equal answers.
func orderUnknown(fields []FieldProblem) {
	known := func(f FieldProblem) bool {
		return f.Message != validation.MsgUnexpectedProperty && f.Message != unknownParameter
	}
	for len(fields) > 0 {
		end := slices.IndexFunc(fields, known)
		if end < 0 {
			end = len(fields)
		}
		slices.SortFunc(fields[:end], func(a, b FieldProblem) int { return strings.Compare(a.Location, b.Location) })
		fields = fields[min(end+1, len(fields)):]
	}
}

// unknownParameter is huma's message for an unknown query parameter.
const unknownParameter = "unknown query parameter"

// fieldOf names the member itself where huma names its parent, and hides the Go types in
// messages of encoding/json.
func fieldOf(d *huma.ErrorDetail) FieldProblem {
	f := FieldProblem{Location: d.Location, Message: d.Message}
	if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		if name, ok = strings.CutSuffix(name, " to be present"); ok {
			f.Location, f.Message = d.Location+"."+name, "is required"
		}
	}
	if strings.HasPrefix(d.Message, "json: ") {
		f.Message = "expected values of the documented types"
	}
	return f
}

func firstProblem(errs []error) (*Problem, bool) {
	for _, err := range errs {
		if p, ok := errors.AsType[*Problem](err); ok {
			return p, true
		}
	}
	return nil, false
}

// wordValidation makes huma's messages consistent with those of the rest of the API, and
// formats numbers as people write them: 1000000, not 1e+06.
func wordValidation() {
	huma.ErrorFormatter = func(format string, args ...any) string { //nolint:reassign // huma is configured so
		if format == validation.MsgExpectedMinLength && len(args) == 1 && args[0] == 1 {
			return "must not be empty"
		}
		if format == validation.MsgExpectedMatchPattern && len(args) == 1 && args[0] == shop.EmailPattern {
			return "expected an email address such as jane@example.com"
		}
		if format == validation.MsgExpectedMatchPattern && len(args) == 1 && args[0] == listquery.TimePattern {
			return expectedTime
		}
		for i, arg := range args {
			switch v := arg.(type) {
			case float64:
				args[i] = strconv.FormatFloat(v, 'f', -1, 64)
			case string:
				args[i] = strings.ReplaceAll(v, "<nil>", "null") // in an enum that is nullable
			}
		}
		return fmt.Sprintf(format, args...)
	}
	validation.MsgUnexpectedProperty = "is not a field of this body"
	validation.MsgExpectedBoolean = "expected true or false"
	validation.MsgExpectedNumber = "expected a number"
	validation.MsgExpectedInteger = "expected an integer"
	validation.MsgExpectedString = "expected text"
	validation.MsgExpectedArray = "expected an array"
	validation.MsgExpectedObject = "expected an object"
	validation.MsgExpectedArrayItemsUnique = "expected each value once"
	validation.MsgExpectedOneOf = "expected one of %s"
	validation.MsgExpectedMinimumNumber = "expected at least %v"
	validation.MsgExpectedMaximumNumber = "expected at most %v"
	validation.MsgExpectedMinLength = "expected at least %d characters"
	validation.MsgExpectedMaxLength = "expected at most %d characters"
	validation.MsgExpectedMatchPattern = "expected text that matches %s"
	validation.MsgExpectedBePattern = validation.MsgExpectedMatchPattern // a pattern and what the schema says about it
	validation.MsgExpectedRFC3339DateTime = expectedTime
	validation.MsgExpectedMinItems = "expected at least %d values"
	validation.MsgExpectedMaxItems = "expected at most %d values"
}

// expectedTime is the message for an invalid time.
const expectedTime = "expected an RFC 3339 time with its zone, such as 2026-11-01T00:00:00Z"
