// Package sheet reads CSV files whose columns are the fields of a resource, as
// people write them in a spreadsheet and as the admin screens export them.
package sheet

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// MaxRows is how many records a file may have.
const MaxRows = 1_000

// Sheet is a file with records of a resource.
type Sheet struct {
	// Ignored are the columns of read-only fields, such as id.
	Ignored []string
	Rows    []Row

	cfg     Config
	def     *definition.Resource
	columns []column
	// comma allows a decimal comma in amounts: spreadsheets that write one do not separate
	// cells by commas.
	comma bool
}

// column is a column of the file with its field.
type column struct {
	name  string
	field *definition.Field
	byKey bool              // the cells are natural keys of the referenced resource
	key   *definition.Field // that natural key, or nil
}

// Config holds the parameters of Read besides the resource.
type Config struct {
	// Decimals are the digits of the currency's minor unit.
	Decimals int
	// KeyOf returns the field that is the natural key of another resource, or nil if it has
	// none.
	KeyOf func(resource string) *definition.Field
}

// At returns the location of a cell in errors, such as body.lines[4].price. The first line
// of a file is 1. The column is empty for the row as a whole.
func At(line int, column string) string {
	if column == "" {
		return fmt.Sprintf("body.lines[%d]", line)
	}
	return fmt.Sprintf("body.lines[%d].%s", line, column)
}

// Read parses a file. Errors of kind Invalid are about the file as a whole; errors in a row
// are stored in the row.
func Read(text string, def *definition.Resource, cfg Config) (*Sheet, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if bad := foreign(text); bad >= 0 {
		before := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text[:bad])
		line, expected := 1+strings.Count(before, "\n"), "UTF-8"
		if text[bad] == 0 {
			expected = "text without NUL"
		}
		return nil, shop.Invalidf(At(line, ""), "expected %s: save the file as CSV in UTF-8", expected)
	}
	empty := shop.Invalidf("body", "expected a line of column names and rows below it")
	r := newReader(text)
	if strings.TrimSpace(text[r.at:]) == "" {
		return nil, empty
	}
	top := r.line
	header, err := r.record()
	if err != nil {
		return nil, err
	}
	s := &Sheet{cfg: cfg, def: def, Ignored: []string{}, comma: r.separator != ','}
	if err := s.head(top, header); err != nil {
		return nil, err
	}
	lines := map[string]int{}
	for r.more() {
		line := r.line
		cells, err := r.record()
		switch {
		case err != nil:
			return nil, err
		case blank(cells):
			continue
		case len(s.Rows) == MaxRows:
			return nil, shop.Invalidf("body", "expected at most %d rows: split the file", MaxRows)
		}
		row := s.row(line, cells)
		if first := lines[row.Key]; row.Key != "" && first > 0 {
			row.refuse(s.def.ImportKey, fmt.Sprintf("is in line %d already", first))
		} else {
			lines[row.Key] = line
		}
		s.Rows = append(s.Rows, row)
	}
	if len(s.Rows) == 0 {
		return nil, empty
	}
	return s, nil
}

// foreign returns the position of the first byte that is not UTF-8 or is NUL, or -1 if
// there is none.
func foreign(text string) int {
	for i, c := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); c == 0 || c == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

// blank reports whether a line has no content, like those after the last record.
func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// head finds the fields of the columns by their names. The error lists everything that is
// wrong with them.
func (s *Sheet) head(line int, names []string) error {
	for len(names) > 1 && strings.TrimSpace(names[len(names)-1]) == "" {
		names = names[:len(names)-1]
	}
	var wrong []shop.FieldError
	refuse := func(column, format string, args ...any) {
		wrong = append(wrong, shop.FieldError{Location: At(line, column), Message: fmt.Sprintf(format, args...)})
	}
	unknown := s.unknown()
	taken := map[string]string{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		c, ok := s.column(name)
		switch {
		case name == "":
			refuse("", "expected a name for each column")
			continue
		case !ok:
			refuse(name, "expected the name of a field, got %q%s", Short(name), unknown(name))
			continue
		case taken[c.field.Name] == name:
			refuse(name, "expected once")
		case taken[c.field.Name] != "":
			refuse(name, "expected either %s or %s", taken[c.field.Name], name)
		case !c.field.Creatable && !c.field.Updatable:
			s.Ignored = append(s.Ignored, name)
		}
		taken[c.field.Name] = name
		s.columns = append(s.columns, c)
	}
	if taken[s.def.ImportKey] == "" {
		refuse(s.def.ImportKey, "is required: it tells which record a row is about")
	}
	if len(wrong) == 0 {
		return nil
	}
	return &shop.Error{Kind: shop.KindInvalid, Message: "the columns are not those of " + definition.Noun(s.def.LabelPlural), Fields: wrong}
}

// column finds a field by its name, or a reference by its name without _id.
func (s *Sheet) column(name string) (column, bool) {
	if f, ok := s.def.Field(name); ok && f.Type != definition.JSON {
		return column{name: name, field: f, key: s.referred(f)}, true
	}
	f, ok := s.def.Field(name + "_id")
	if !ok || s.referred(f) == nil {
		return column{}, false
	}
	return column{name: name, field: f, byKey: true, key: s.referred(f)}, true
}

// referred returns the natural key of the records that the field refers to, or nil.
func (s *Sheet) referred(f *definition.Field) *definition.Field {
	if f.Type != definition.Reference {
		return nil
	}
	return s.cfg.KeyOf(f.Reference)
}

// unknown returns a function that explains an unknown column name: it names the column that
// was probably meant, or else, the first time only, all columns.
func (s *Sheet) unknown() func(name string) string {
	names := s.importable()
	all := "; there are " + strings.Join(names, ", ")
	return func(name string) string {
		if meant := near(name, names); meant != "" {
			return ": did you mean " + meant + "?"
		}
		said := all
		all = ""
		return said
	}
}

// importable returns the columns that a file can have, with references by natural key.
func (s *Sheet) importable() []string {
	var names []string
	for i := range s.def.Fields {
		f := &s.def.Fields[i]
		switch {
		case !f.Creatable && !f.Updatable || f.Type == definition.JSON:
		case s.referred(f) != nil:
			names = append(names, strings.TrimSuffix(f.Name, "_id"))
		default:
			names = append(names, f.Name)
		}
	}
	return names
}

// CreateOnly returns the columns that are used for new records only.
func (s *Sheet) CreateOnly() []string {
	var names []string
	for _, c := range s.columns {
		if c.field.Creatable && !c.field.Updatable {
			names = append(names, c.name)
		}
	}
	return names
}

// ColumnOf returns the name of the column of a field, or "" if the file has none.
func (s *Sheet) ColumnOf(field string) string {
	for _, c := range s.columns {
		if c.field.Name == field {
			return c.name
		}
	}
	return ""
}
