package sheet

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Row is a record in the file.
type Row struct {
	Line int    // where the row begins; the first line of the file is 1
	Key  string // the natural key, as it is stored
	// Broken is the reason why the row cannot be read at all, or nil.
	Broken *shop.FieldError
	Refs   []Ref

	values []value
}

// Ref is a record that a row refers to by its natural key.
type Ref struct {
	Field *definition.Field
	Key   string
}

// value is a cell. Its value is nil if the cell is blank.
type value struct {
	*column

	is    any
	wrong string
}

func (r *Row) refuse(location, message string) {
	if r.Broken == nil {
		r.Broken = &shop.FieldError{Location: location, Message: message}
	}
}

func (s *Sheet) row(line int, cells []string) Row {
	row := Row{Line: line}
	if len(cells) < len(s.columns) || !blank(cells[len(s.columns):]) {
		row.refuse("", fmt.Sprintf("expected %d cells, as there are columns, got %d", len(s.columns), len(cells)))
		return row
	}
	for i := range s.columns {
		c, cell := &s.columns[i], plain(cells[i])
		if c.byKey && cell != "" {
			row.Refs = append(row.Refs, Ref{Field: c.field, Key: c.key.Stored(cell)})
			continue
		}
		if c.field.Type == definition.Money && s.comma {
			cell = pointed(cell)
		}
		v := value{column: c}
		v.is, v.wrong = parse(c.field, cell, s.cfg.Decimals)
		if v.wrong != "" && c.key != nil {
			v.wrong = fmt.Sprintf("expected an id; a %s goes into a column named %s", c.key.Name, strings.TrimSuffix(c.name, "_id"))
		}
		if c.field.Name == s.def.ImportKey {
			row.Key, _ = v.is.(string)
		}
		row.values = append(row.values, v)
	}
	if row.Key == "" {
		row.refuse(s.def.ImportKey, "is required")
	}
	return row
}

// marked matches text after the quote that keeps a spreadsheet from reading it as a
// formula. Text that looks marked already has one more quote.
var marked = regexp.MustCompile(`^'+[=+\-@\t\r\n]`)

func plain(cell string) string {
	if marked.MatchString(cell) {
		return cell[1:]
	}
	return cell
}

// New returns the members of a body that creates the record, and the errors in its cells,
// located by column. Blank cells get the default.
func (r *Row) New() (map[string]any, []shop.FieldError) {
	return r.members(func(f *definition.Field) bool { return f.Creatable }, func(v value) bool { return !v.field.Required })
}

// Patch returns the members of a patch that gives an existing record the values of the row.
func (r *Row) Patch() (map[string]any, []shop.FieldError) {
	return r.members(func(f *definition.Field) bool { return f.Updatable }, func(value) bool { return false })
}

func (r *Row) members(written func(*definition.Field) bool, left func(value) bool) (map[string]any, []shop.FieldError) {
	members := map[string]any{}
	var wrong []shop.FieldError
	for _, v := range r.values {
		switch f := v.field; {
		case !written(f):
		case v.wrong != "":
			wrong = append(wrong, shop.FieldError{Location: v.name, Message: v.wrong})
		case v.is != nil:
			members[f.Name] = v.is
		case left(v):
		case f.Nullable:
			members[f.Name] = nil
		case f.Type == definition.Strings && !f.Required:
			members[f.Name] = []any{}
		case text(f) && (f.MinLength == nil || *f.MinLength == 0):
			members[f.Name] = ""
		default:
			wrong = append(wrong, shop.FieldError{Location: v.name, Message: "is required"})
		}
	}
	return members, wrong
}

func text(f *definition.Field) bool { return f.Type == definition.String || f.Type == definition.Text }

// parse returns the JSON value of a cell, nil for a blank one, or a message that says what
// was expected. Numbers are int64 or float64. The limits of a text are checked elsewhere.
func parse(f *definition.Field, cell string, decimals int) (any, string) {
	if !text(f) {
		cell = strings.TrimSpace(cell)
	}
	if cell == "" {
		return nil, ""
	}
	switch f.Type {
	case definition.String, definition.Text:
		return f.Stored(cell), ""
	case definition.Boolean:
		if is := strings.ToLower(cell); is == "true" || is == "false" { // spreadsheets write TRUE
			return is == "true", ""
		}
		return nil, "expected true or false"
	case definition.Integer, definition.Reference:
		if n, ok := integer(cell); ok && cell[0] != '+' {
			return n, ""
		}
		return nil, "expected an integer"
	case definition.Number:
		if n, err := strconv.ParseFloat(cell, 64); err == nil && number.MatchString(cell) {
			return n, ""
		}
		return nil, "expected a number with a point"
	case definition.Money:
		return money(cell, decimals)
	case definition.Strings:
		return list(cell)
	case definition.DateTime:
		if t, err := time.Parse(time.RFC3339, cell); err == nil {
			return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano), ""
		}
		return nil, "expected an RFC 3339 time, such as 2026-01-31T12:00:00Z"
	default:
		return cell, ""
	}
}

// list parses strings from a cell, separated by commas, or a JSON list. An export writes
// JSON for strings that contain commas, and for an empty list.
func list(cell string) (any, string) {
	values := []any{}
	if !strings.HasPrefix(cell, "[") {
		for value := range strings.SplitSeq(cell, ",") {
			if value = strings.TrimSpace(value); value != "" {
				values = append(values, value)
			}
		}
		return values, ""
	}
	if err := json.Unmarshal([]byte(cell), &values); err != nil || slices.ContainsFunc(values, noText) {
		return nil, `expected words with commas between them, or JSON, such as ["a, b"]`
	}
	return values, ""
}

// noText reports whether a value is not a string, or contains NUL, which no text may.
func noText(value any) bool {
	text, is := value.(string)
	return !is || strings.ContainsRune(text, 0)
}

var number = regexp.MustCompile(`^-?\d+(\.\d+)?([eE][+-]?\d+)?$`)

var amount = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

var continental = regexp.MustCompile(`^-?\d+,\d\d?$`)

// pointed replaces a decimal comma by a point. Three digits after a comma may be thousands,
// and stay.
func pointed(cell string) string {
	if continental.MatchString(strings.TrimSpace(cell)) {
		return strings.Replace(cell, ",", ".", 1)
	}
	return cell
}

// integer parses an integer. A number beyond 64 bits becomes the nearest 64-bit integer:
// the limits of the field then refuse it.
func integer(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil || errors.Is(err, strconv.ErrRange)
}

// money parses a decimal with a point, and returns the amount in minor units.
func money(cell string, decimals int) (any, string) {
	whole, fraction, _ := strings.Cut(cell, ".")
	if len(fraction) <= decimals && amount.MatchString(cell) {
		if n, ok := integer(whole + fraction + strings.Repeat("0", decimals-len(fraction))); ok {
			return n, ""
		}
	}
	if decimals == 0 {
		return nil, "expected an amount without decimals, such as 1990"
	}
	return nil, "expected an amount with a point, such as 19." + strings.Repeat("9", decimals-1) + "0"
}
