// Package shopify turns the CSV files that Shopify exports into files that Storekeeper
// imports. It judges nothing: what a cell lacks, the import says, row by row, before anything
// is written.
package shopify

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Table is a file to be imported: its first row has the names of the columns.
type Table struct {
	Name string
	Rows [][]string
}

// Files are made of one export: of products, with their categories, or of customers.
type Files struct {
	Tables  []Table
	Remarks []string // about what is not in the tables as it was in the export
}

// Is reports whether a file is an export of products or customers, by its first line.
func Is(text string) bool {
	head, _, _ := strings.Cut(text, "\n")
	return strings.Contains(head, "Variant Price") || strings.Contains(head, "URL handle") || strings.Contains(head, "Default Address")
}

// Convert reads an export of products or of customers. Its columns have the names that they
// have in exports, or those of the newer template.
func Convert(r io.Reader) (*Files, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	rows, err := in.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read it as CSV: %w", err)
	}
	if len(rows) == 0 {
		return nil, errors.New("it is empty")
	}
	rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	e := &export{column: map[string]int{}, used: map[int]bool{}, rows: rows[1:]}
	for i, name := range rows[0] {
		e.column[strings.ToLower(strings.TrimSpace(name))] = i
	}
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { _, ok := e.column[name]; return ok })
	}
	var files *Files
	switch {
	case has("handle", "url handle") && has("variant price", "price"):
		files = e.products()
		if !has(stock...) {
			files.Remarks = append(files.Remarks,
				"There is no column Variant Inventory Qty, as in shops with several locations: all have a stock of 0. Count it.")
		}
	case has("email") && has("first name") && has("last name"):
		files = e.customers()
	default:
		return nil, errors.New("its columns are those of neither products nor customers that Shopify exports, separated by commas")
	}
	var lost []string
	for i, name := range rows[0] {
		if !e.used[i] && slices.ContainsFunc(e.rows, func(row []string) bool { return i < len(row) && row[i] != "" }) {
			lost = append(lost, name)
		}
	}
	if len(lost) > 0 {
		files.Remarks = append(files.Remarks, "Left out: "+strings.Join(lost, ", "))
	}
	for _, t := range files.Tables {
		for _, row := range t.Rows {
			for i := range row {
				row[i] = harmless(row[i])
			}
		}
	}
	return files, nil
}

// export is a file of Shopify's.
type export struct {
	column map[string]int // by name in lower case
	used   map[int]bool   // columns
	rows   [][]string
}

// textMark matches the apostrophe that Shopify puts before digits, so that a spreadsheet
// leaves them alone.
var textMark = regexp.MustCompile(`^'[\d=+\-@]`)

// cell returns the first of the columns that a row has something in.
func (e *export) cell(row []string, names ...string) string {
	found := ""
	for _, name := range names {
		i, ok := e.column[name]
		if !ok {
			continue
		}
		e.used[i] = true
		if found == "" && i < len(row) {
			found = strings.TrimSpace(row[i])
		}
	}
	if textMark.MatchString(found) {
		found = found[1:]
	}
	return found
}

// formula matches text that a spreadsheet would take for a formula. An import removes the
// apostrophe before it.
var formula = regexp.MustCompile(`^'*[=+\-@]`)

func harmless(cell string) string {
	if formula.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

// join joins the texts that are not empty.
func join(by string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), by)
}
