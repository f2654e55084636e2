package sheet_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/sheet"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// things is a resource with a field of every type.
var things = definition.Resource{
	LabelPlural: "Things", ImportKey: "code",
	Fields: []definition.Field{
		{Name: "id", Type: definition.Integer},
		{Name: "code", Type: definition.String, Required: true, Creatable: true, Updatable: true, MinLength: new(1), LowerCase: true},
		{Name: "note", Type: definition.Text, Creatable: true, Updatable: true, Nullable: true},
		{Name: "about", Type: definition.Text, Creatable: true, Updatable: true, Default: "", MinLength: new(0)},
		{Name: "unit", Type: definition.String, Creatable: true, Updatable: true, Default: "piece", MinLength: new(1)},
		{Name: "price", Type: definition.Money, Required: true, Creatable: true, Updatable: true},
		{Name: "stock", Type: definition.Integer, Creatable: true, Default: int64(0)},
		{Name: "weight", Type: definition.Number, Creatable: true, Updatable: true, Nullable: true},
		{Name: "active", Type: definition.Boolean, Creatable: true, Updatable: true, Default: true},
		{Name: "due", Type: definition.DateTime, Creatable: true, Updatable: true, Nullable: true},
		{Name: "extra", Type: definition.JSON, Creatable: true, Updatable: true, Nullable: true},
		{Name: "tags", Type: definition.Strings, Creatable: true, Updatable: true, Nullable: true},
		{Name: "colours", Type: definition.Strings, Creatable: true, Updatable: true},
		{Name: "shelf_id", Type: definition.Reference, Reference: "shelves", Creatable: true, Updatable: true, Nullable: true},
		{Name: "bin_id", Type: definition.Reference, Reference: "bins", Creatable: true, Updatable: true, Nullable: true},
	},
}

func read(text string) (*sheet.Sheet, error) {
	return sheet.Read(text, &things, sheet.Config{Decimals: 2, KeyOf: func(resource string) *definition.Field {
		return map[string]*definition.Field{"shelves": {Name: "slug", LowerCase: true}}[resource]
	}})
}

// one parses a file of one row.
func one(t *testing.T, text string) *sheet.Row {
	t.Helper()
	s, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Rows) != 1 || s.Rows[0].Broken != nil {
		t.Fatalf("%q: %+v", text, s.Rows)
	}
	return &s.Rows[0]
}

func TestCells(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		column, cell string
		want         any // a string that begins with "expected" is the message
	}{
		{"price", "19.90", int64(1990)},
		{"price", " 19.9 ", int64(1990)},
		{"price", "19", int64(1900)},
		{"price", "-0.05", int64(-5)},
		{"price", "90071992547409.91", int64(9007199254740991)},
		{"price", "19,90", int64(1990)},
		{"price", "-19,9 ", int64(-1990)},
		{"price", "1,000", "expected an amount with a point, such as 19.90"},
		{"price", "1,5,0", "expected an amount with a point, such as 19.90"},
		{"price", "1.000,00", "expected an amount with a point, such as 19.90"},
		{"price", "1,000.00", "expected an amount with a point, such as 19.90"},
		{"price", "19.900", "expected an amount with a point, such as 19.90"},
		{"price", "19.", "expected an amount with a point, such as 19.90"},
		{"price", ".5", "expected an amount with a point, such as 19.90"},
		{"price", "-.5", "expected an amount with a point, such as 19.90"},
		{"price", "+5", "expected an amount with a point, such as 19.90"},
		{"price", "1.-5", "expected an amount with a point, such as 19.90"},
		{"price", "1e3", "expected an amount with a point, such as 19.90"},
		{"price", "5 €", "expected an amount with a point, such as 19.90"},
		{"price", "92233720368547758.08", int64(math.MaxInt64)}, // more than the field accepts
		{"price", "-99999999999999999999", int64(math.MinInt64)},
		{"stock", "7", int64(7)},
		{"stock", "-7", int64(-7)},
		{"stock", "99999999999999999999", int64(math.MaxInt64)},
		{"stock", "+7", "expected an integer"},
		{"stock", "7.0", "expected an integer"},
		{"stock", "1_000", "expected an integer"},
		{"weight", "1.5", 1.5},
		{"weight", "-2e3", -2000.0},
		{"weight", "1,5", "expected a number with a point"},
		{"weight", "0x1p4", "expected a number with a point"},
		{"weight", "Inf", "expected a number with a point"},
		{"active", "TRUE", true},
		{"active", "false", false},
		{"active", "WAHR", "expected true or false"},
		{"active", "1", "expected true or false"},
		{"due", "2026-01-31T13:00:00.1234567+01:00", "2026-01-31T12:00:00.123456Z"},
		{"shelf_id", "Top shelf", "expected an id; a slug goes into a column named shelf"},
		{"bin_id", "Blue", "expected an integer"},
		{"due", "31.01.2026", "expected an RFC 3339 time, such as 2026-01-31T12:00:00Z"},
		{"tags", "oak", []any{"oak"}},
		{"tags", " oak , ash wood,, ", []any{"oak", "ash wood"}},
		{"tags", "[]", []any{}},
		{"tags", `"[""oak, ash"","" x""]"`, []any{"oak, ash", " x"}},
		{"tags", "'-oak, ash", []any{"-oak", "ash"}},
		{"tags", "[oak]", `expected words with commas between them, or JSON, such as ["a, b"]`},
		{"tags", "[1]", `expected words with commas between them, or JSON, such as ["a, b"]`},
		{"tags", "[null]", `expected words with commas between them, or JSON, such as ["a, b"]`},
		{"tags", `"[""a\u0000b""]"`, `expected words with commas between them, or JSON, such as ["a, b"]`},
		{"note", " as it is ", " as it is "},
		{"note", "'=1+1", "=1+1"},
		{"note", "''=1+1", "'=1+1"},
		{"note", "'-5", "-5"},
		{"note", "'tis", "'tis"},
		{"note", "'", "'"},
		{"note", "ü 🪑", "ü 🪑"},
	} {
		row := one(t, fmt.Sprintf("code;%s\nA;%s\n", c.column, c.cell))
		members, wrong := row.New()
		got := members[c.column]
		if len(wrong) > 0 {
			got = wrong[0].Message
		}
		if diff := gocmp.Diff(c.want, got); diff != "" || len(wrong) > 0 && wrong[0].Location != c.column {
			t.Errorf("%s %q: %s", c.column, c.cell, diff)
		}
	}
}

// A blank cell gives the field's default or null.
func TestBlanks(t *testing.T) {
	t.Parallel()
	row := one(t, "\ufeffcode,note,about,unit,price,stock,weight,active,due,tags,colours,shelf,bin_id\r\nAB,,,,,,,,,,,,\r\n")
	if row.Key != "ab" {
		t.Errorf("key %q", row.Key)
	}
	members, wrong := row.New()
	if diff := gocmp.Diff(map[string]any{"code": "ab"}, members); diff != "" {
		t.Error("new: " + diff)
	}
	if diff := gocmp.Diff(required("price"), wrong); diff != "" {
		t.Error("new: " + diff)
	}
	members, wrong = row.Patch()
	if diff := gocmp.Diff(map[string]any{
		"code": "ab", "note": nil, "about": "", "weight": nil, "due": nil, "tags": nil, "colours": []any{}, "shelf_id": nil, "bin_id": nil,
	}, members); diff != "" {
		t.Error("known: " + diff)
	}
	if diff := gocmp.Diff(required("unit", "price", "active"), wrong); diff != "" {
		t.Error("known: " + diff)
	}
}

func required(columns ...string) []shop.FieldError {
	var wrong []shop.FieldError
	for _, column := range columns {
		wrong = append(wrong, shop.FieldError{Location: column, Message: "is required"})
	}
	return wrong
}

func TestColumns(t *testing.T) {
	t.Parallel()
	s, err := read("id\tcode\tstock\tshelf\t \t\n7\tA\t1\tTop\t\t\n") // spreadsheets write blank columns
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff([][]string{{"id"}, {"stock"}}, [][]string{s.Ignored, s.CreateOnly()}); diff != "" {
		t.Error(diff)
	}
	shelf, _ := things.Field("shelf_id")
	if got := s.Rows[0].Refs; !slices.Equal(got, []sheet.Ref{{Field: shelf, Key: "top"}}) || s.ColumnOf("shelf_id") != "shelf" || s.ColumnOf("note") != "" {
		t.Errorf("refers to %v by column %q", got, s.ColumnOf("shelf_id"))
	}
}

// The first line may declare the separator. Line numbers are still those of the file.
func TestDeclaredSeparator(t *testing.T) {
	t.Parallel()
	for text, line := range map[string]int{
		"sep=;\r\ncode;note\r\nA;a,b,c\r\n":       3,
		"\ufeff\"sep=|\"\n\ncode|note\nA|a,b,c\n": 4,
		"SEP=\t\rcode\tnote\rA\ta,b,c":            3,
		"\n\r\ncode;note\nA;\"a,b,c\"":            4,
	} {
		row := one(t, text)
		if members, _ := row.New(); row.Line != line || members["note"] != "a,b,c" {
			t.Errorf("%q: line %d, note %q", text, row.Line, members["note"])
		}
	}
	_, err := read("sep=;\ncode;colour\nA;1")
	if e, ok := errors.AsType[*shop.Error](err); !ok || e.Fields[0].Location != "body.lines[2].colour" {
		t.Error(err)
	}
}

// Quoted text stays as it is, and lines are counted as an editor counts them.
func TestQuotes(t *testing.T) {
	t.Parallel()
	s, err := read("code,note\r\nA,\"a\r\nb\rc\nd\"\"e\",,\r\n\r\n,\nB,\"\"\rC")
	if err != nil {
		t.Fatal(err)
	}
	if members, _ := s.Rows[0].New(); members["note"] != "a\r\nb\rc\nd\"e" {
		t.Errorf("note %q", members["note"])
	}
	lines := []int{}
	for _, row := range s.Rows {
		lines = append(lines, row.Line)
	}
	if diff := gocmp.Diff([]int{2, 8, 9}, lines); diff != "" {
		t.Error(diff)
	}
	if broken := s.Rows[2].Broken; broken == nil || broken.Message != "expected 2 cells, as there are columns, got 1" {
		t.Errorf("a short row: %v", broken)
	}
}

func TestBrokenRows(t *testing.T) {
	t.Parallel()
	s, err := read("code,note\nA,1\nB,2\na,3\n,4\nC,5,6\n")
	if err != nil {
		t.Fatal(err)
	}
	want := map[int]shop.FieldError{
		4: {Location: "code", Message: "is in line 2 already"}, 5: {Location: "code", Message: "is required"},
		6: {Message: "expected 2 cells, as there are columns, got 3"},
	}
	got := map[int]shop.FieldError{}
	for _, row := range s.Rows {
		if row.Broken != nil {
			got[row.Line] = *row.Broken
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	const unknown = "expected the name of a field, got "
	const fields = "; there are code, note, about, unit, price, stock, weight, active, due, tags, colours, shelf, bin_id"
	for text, want := range map[string]string{
		"":                          "body: expected a line of column names and rows below it",
		"\r\n\n":                    "body: expected a line of column names and rows below it",
		"sep=,\n":                   "body: expected a line of column names and rows below it",
		"code,note\n":               "body: expected a line of column names and rows below it",
		"code,note\n,\n":            "body: expected a line of column names and rows below it",
		"code,colour\nA,1":          "body.lines[1].colour: " + unknown + `"colour": did you mean colours?`,
		"code,WEIGTH\nA,1":          "body.lines[1].WEIGTH: " + unknown + `"WEIGTH": did you mean weight?`,
		"code,Bin-ID\nA,1":          "body.lines[1].Bin-ID: " + unknown + `"Bin-ID": did you mean bin_id?`,
		"code,rice,shell\nA,1,2":    "body.lines[1].rice: " + unknown + `"rice": did you mean price?`,
		"code,dua\nA,1":             "body.lines[1].dua: " + unknown + `"dua": did you mean due?`,
		"code,dxx\nA,1":             "body.lines[1].dxx: " + unknown + `"dxx"` + fields,
		"code,noxx\nA,1":            "body.lines[1].noxx: " + unknown + `"noxx": did you mean note?`,
		"code,nice\nA,1":            "body.lines[1].nice: " + unknown + `"nice"` + fields,
		"code,extra\nA,1":           "body.lines[1].extra: " + unknown + `"extra"` + fields,
		"code,bin\nA,1":             "body.lines[1].bin: " + unknown + `"bin"` + fields,
		"code,note,note\nA,1,2":     "body.lines[1].note: expected once",
		"code,note,\"\nA,1,2":       "body.lines[1]: expected the quote that begins here to end",
		"code,,note\nA,1,2":         "body.lines[1]: expected a name for each column",
		"note\nA":                   "body.lines[1].code: is required: it tells which record a row is about",
		"code,shelf,shelf_id\nA,,":  "body.lines[1].shelf_id: expected either shelf or shelf_id",
		"code,note\nA,\"x":          "body.lines[2]: expected the quote that begins here to end",
		"code,note\nA,1\nB,\"x\"y":  "body.lines[3]: expected nothing behind the quote that ends a cell",
		"code,note\nA,1\nB,5\"":     "body.lines[3]: expected a cell with quotes in it to be in quotes, and those doubled",
		"code,note\nA,1\nB,\xe4":    "body.lines[3]: expected UTF-8: save the file as CSV in UTF-8",
		"code,note\nA,\x00\nB,\xe4": "body.lines[2]: expected text without NUL: save the file as CSV in UTF-8",
		"c\x00o\x00d\x00e\x00":      "body.lines[1]: expected text without NUL: save the file as CSV in UTF-8",
		"\xff\xfec\x00":             "body.lines[1]: expected UTF-8: save the file as CSV in UTF-8",
		"code\n" + many(1001):       "body: expected at most 1000 rows: split the file",
		"code;note,price\nA;1,2\n":  "body.lines[1].code;note: " + unknown + `"code;note"` + fields,
		"Code,note\nA,1\n":          "body.lines[1].Code: " + unknown + `"Code": did you mean code?`,
		"code,note\n\"A\n\",\"x\n1": "body.lines[3]: expected the quote that begins here to end",
	} {
		_, err := read(text)
		e, ok := errors.AsType[*shop.Error](err)
		if !ok || e.Kind != shop.KindInvalid {
			t.Errorf("%.60q: %v", text, err)
			continue
		}
		if got := e.Fields[0].Location + ": " + e.Fields[0].Message; got != want {
			t.Errorf("%.60q: %s, want %s", text, got, want)
		}
	}
	_, err := read("code,nice,extra\nA,1,2") // the list of columns is given once
	if e, ok := errors.AsType[*shop.Error](err); !ok || len(e.Fields) != 2 || e.Fields[1].Message != unknown+`"extra"` {
		t.Error(e)
	}
	if s, err := read("code\n" + many(1000)); err != nil || len(s.Rows) != 1000 {
		t.Errorf("as many as may be: %v", err)
	}
}

// If several names are equally close, none is suggested.
func TestNearNames(t *testing.T) {
	t.Parallel()
	for n, want := range []bool{false, true, false, false, false} {
		def := definition.Resource{ImportKey: "code"}
		for i := range n {
			def.Fields = append(def.Fields, definition.Field{Name: fmt.Sprint("size_", i), Creatable: true})
		}
		_, err := sheet.Read("size_x\n1\n", &def, sheet.Config{})
		if meant := strings.Contains(fmt.Sprint(err), "did you mean size_0?"); meant != want || strings.Contains(fmt.Sprint(err), "mean") != want {
			t.Errorf("of %d: %v", n, err)
		}
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d\n", i)
	}
	return b.String()
}

// Whatever the text, reading ends, the lines are in order, and no key occurs twice.
func FuzzRead(f *testing.F) {
	f.Add("\ufeffcode,note\r\nA,\"a\"\"\r\nb\"\r\n")
	f.Add("code;price;shelf;id\nA;19,90;top;1\n;;;\n")
	f.Add("sep=;\n\ncode;note\nA;,\n")
	f.Add("code\tactive\rA\tTRUE\r\"")
	f.Add("code,due,weight\n'=A,2026-01-31T12:00:00Z,1e308\na,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := read(text)
		if err != nil {
			if shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("%v", err)
			}
			return
		}
		last, keys := 1, map[string]bool{}
		for i := range s.Rows {
			row := &s.Rows[i]
			if row.Line <= last {
				t.Errorf("line %d behind line %d", row.Line, last)
			}
			last = row.Line
			if row.Broken == nil && (row.Key == "" || keys[row.Key]) {
				t.Errorf("key %q", row.Key)
			}
			keys[row.Key] = true
			row.New()
			row.Patch()
		}
	})
}

// All records come back from the file that an export makes of them, with any separator.
func FuzzRoundTrip(f *testing.F) {
	f.Add("A", "a\r\n\"b\"", byte(0))
	f.Add("'=A", "''-1", byte(1))
	f.Add("ü;,\t", "'\t\r", byte(2))
	f.Add("B", "'\n=1", byte(0))
	f.Fuzz(func(t *testing.T, code, note string, separator byte) {
		code, note = strings.ToLower(strings.ToValidUTF8(code, "")), strings.ToValidUTF8(note, "")
		if strings.TrimSpace(code) == "" || strings.ContainsRune(code+note, 0) {
			return
		}
		between := string(",;\t"[separator%3])
		row := one(t, "\ufeffcode"+between+"note\r\n"+exported(code)+between+exported(note)+"\r\n")
		members, wrong := row.New()
		got, _ := members["note"].(string)
		if len(wrong) > 0 || row.Key != code || got != note {
			t.Errorf("%q %q came back as %q %q (%v)", code, note, row.Key, got, wrong)
		}
	})
}

// exported formats a cell as web/src/engine/list/exportCsv.ts does.
func exported(cell string) string {
	if rest := strings.TrimLeft(cell, "'"); rest != "" && strings.ContainsRune("=+-@\t\r\n", rune(rest[0])) {
		cell = "'" + cell
	}
	if strings.ContainsAny(cell, "\",;\t\r\n") {
		return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return cell
}

// A comma that separates cells cannot be a decimal comma.
func TestDecimalComma(t *testing.T) {
	t.Parallel()
	row := one(t, "code,price\nA,\"19,90\"\n")
	if _, wrong := row.New(); len(wrong) != 1 || wrong[0].Location != "price" {
		t.Errorf("%v", wrong)
	}
}
