package sheet

import (
	"regexp"
	"strings"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// reader splits a file into records and cells (RFC 4180). Unlike encoding/csv it keeps
// quoted text unchanged, line ends included, so that exported texts come back as they were,
// and it counts lines as an editor does.
type reader struct {
	text      string
	at        int
	line      int // line number of at, from 1
	separator byte
}

// separators are the ones that spreadsheets write.
const separators = ",;\t"

// declared matches a first line that declares the separator, as spreadsheets understand it.
var declared = regexp.MustCompile(`^(?i:sep=([\t\x20\x21\x23-\x7e])|"sep=([\t\x20\x21\x23-\x7e])")(?:\r\n|\n|\r)`)

// newReader returns a reader that is at the column names, after blank lines. The separator
// is the declared one, or else the one that occurs most often in the line of column names.
func newReader(text string) *reader {
	r := &reader{text: text, line: 1}
	if said := declared.FindStringSubmatch(text); said != nil {
		r.separator = (said[1] + said[2])[0]
		r.at, r.line = len(said[0]), 2
	}
	for r.endLine() {
	}
	if r.separator != 0 {
		return r
	}
	head := text[r.at:]
	if end := strings.IndexAny(head, "\r\n"); end >= 0 {
		head = head[:end]
	}
	r.separator = separators[0]
	for i := range len(separators) {
		if strings.Count(head, separators[i:i+1]) > strings.Count(head, string(r.separator)) {
			r.separator = separators[i]
		}
	}
	return r
}

func (r *reader) more() bool { return r.at < len(r.text) }

// record returns the cells of the next record.
func (r *reader) record() ([]string, error) {
	var cells []string
	for {
		cell, err := r.cell()
		if err != nil {
			return nil, err
		}
		cells = append(cells, cell)
		if !r.more() || r.text[r.at] != r.separator {
			r.endLine()
			return cells, nil
		}
		r.at++
	}
}

// endLine skips the end of a line, if one is next, and reports whether there was one.
func (r *reader) endLine() bool {
	rest := r.text[r.at:]
	switch {
	case strings.HasPrefix(rest, "\r\n"):
		r.at += 2
	case strings.HasPrefix(rest, "\n"), strings.HasPrefix(rest, "\r"):
		r.at++
	default:
		return false
	}
	r.line++
	return true
}

// cell reads up to the separator or the end of the line.
func (r *reader) cell() (string, error) {
	if r.more() && r.text[r.at] == '"' {
		return r.quoted()
	}
	rest := r.text[r.at:]
	end := strings.IndexAny(rest, string(r.separator)+"\r\n")
	if end < 0 {
		end = len(rest)
	}
	if strings.Contains(rest[:end], `"`) {
		return "", shop.Invalidf(At(r.line, ""), "expected a cell with quotes in it to be in quotes, and those doubled")
	}
	r.at += end
	return rest[:end], nil
}

func (r *reader) quoted() (string, error) {
	began := r.line
	r.at++
	for start := r.at; r.more(); {
		switch {
		case strings.HasPrefix(r.text[r.at:], `""`):
			r.at += 2
		case r.text[r.at] == '"':
			cell := strings.ReplaceAll(r.text[start:r.at], `""`, `"`)
			r.at++
			if r.more() && !strings.ContainsRune(string(r.separator)+"\r\n", rune(r.text[r.at])) {
				return "", shop.Invalidf(At(r.line, ""), "expected nothing behind the quote that ends a cell")
			}
			return cell, nil
		case !r.endLine():
			r.at++
		}
	}
	return "", shop.Invalidf(At(began, ""), "expected the quote that begins here to end")
}
