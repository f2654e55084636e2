package listquery

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Parse parses a raw query string by the resource's definition. Parameters that are
// unknown, repeated, malformed, empty or beyond a limit are refused with a *shop.Error of
// kind Invalid that lists all of them. Its locations are "query.NAME", or "query" when
// the string cannot be parsed at all.
//
// Scopes narrow the list to what its path names, such as the movements of one product. A
// scoped field cannot be used as a filter.
//
// Any other error means that the definition or a scope is wrong.
func Parse(res *definition.Resource, rawQuery string, scopes ...Scope) (*Query, error) {
	p := parser{query: &Query{resource: res, size: defaultLimit}}
	if err := p.query.narrow(scopes); err != nil {
		return nil, err
	}
	p.read(rawQuery)
	if err := p.arrange(); err != nil {
		return nil, err
	}
	if len(p.refused) > 0 {
		return nil, &shop.Error{Kind: shop.KindInvalid, Message: "validation failed", Fields: p.refused}
	}
	return p.query, nil
}

// parser collects what the parameters say and what is wrong with them.
type parser struct {
	query   *Query
	seen    []string
	texts   []string // values of q, in the order given
	sort    string
	cursor  string
	offset  bool // whether it was given
	refused []shop.FieldError
}

// refusef records what was expected of a parameter, once for each parameter.
func (p *parser) refusef(name, format string, args ...any) {
	location := "query"
	if name != "" {
		location += "." + name
	}
	if slices.ContainsFunc(p.refused, func(f shop.FieldError) bool { return f.Location == location }) {
		return
	}
	p.refused = append(p.refused, shop.FieldError{Location: location, Message: fmt.Sprintf(format, args...)})
}

// read goes through the pairs of the query string. It accepts what url.ParseQuery
// accepts, but builds no map.
func (p *parser) read(raw string) {
	var names [16]string
	p.seen = names[:0]
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		if pair == "" {
			continue
		}
		name, value, ok := unescape(pair)
		switch {
		case !ok:
			p.refusef("", "expected NAME=VALUE pairs separated by &, percent-encoded, in UTF-8 without NUL characters")
		case len(p.seen) == maxParams:
			p.refusef("", "expected at most %d parameters", maxParams)
			return
		case name != "q" && slices.Contains(p.seen, name):
			p.refusef(name, "expected once, is given several times")
		default:
			p.seen = append(p.seen, name)
			p.take(name, value)
		}
	}
}

// unescape returns the name and the value of a pair, and whether the pair is well-formed.
func unescape(pair string) (string, string, bool) {
	if strings.Contains(pair, ";") {
		return "", "", false
	}
	name, value, _ := strings.Cut(pair, "=")
	name, nameErr := url.QueryUnescape(name)
	value, valueErr := url.QueryUnescape(value)
	if nameErr != nil || valueErr != nil || !clean(name) || !clean(value) {
		return "", "", false
	}
	return name, value, true
}

// clean reports whether both databases can store the text.
func clean(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

func (p *parser) take(name, value string) {
	q := p.query
	switch {
	case name == "limit":
		p.integer(name, value, 1, MaxLimit, &q.size)
	case name == "offset":
		p.offset = true
		p.integer(name, value, 0, maxOffset, &q.offset)
	case name == "cursor":
		if p.cursor = value; value == "" {
			p.refusef(name, expectedCursor)
		}
	case name == "sort":
		if p.sort = value; value == "" {
			p.refusef(name, "%s", expectedSort(q.resource))
		}
	case name == "count":
		if q.uncounted = value == "none"; !q.uncounted {
			p.refusef(name, "expected none")
		}
	case name == "q" && searchable(q.resource):
		p.text(value)
	case name == "include_deleted" && q.resource.SoftDelete:
		var ok bool
		if q.deleted, ok = parseBool(value); !ok {
			p.refusef(name, "%s", expectedBool)
		}
	default:
		p.filter(name, value)
	}
}

func (p *parser) integer(name, value string, least, most int, into *int) {
	n, ok := Integer(value)
	if !ok || n < int64(least) || n > int64(most) {
		p.refusef(name, "expected an integer from %d to %d", least, most)
		return
	}
	*into = int(n)
}

func (p *parser) text(value string) {
	value = norm.NFC.String(value) // as texts are kept
	n := utf8.RuneCountInString(value)
	for _, before := range p.texts {
		n += utf8.RuneCountInString(before)
	}
	if value == "" || n > maxSearch {
		p.refusef("q", "expected 1 to %d characters, also where several are given", maxSearch)
		return
	}
	p.texts = append(p.texts, value)
}

func (p *parser) filter(name, value string) {
	field, op, ok := find(p.query.resource, name)
	if !ok || p.query.scoped(field) {
		p.refusef(name, "is not a parameter of this list")
		return
	}
	f, expected := parseFilter(p.query.resource, field, op, value)
	if expected != "" {
		p.refusef(name, "%s", expected)
		return
	}
	p.query.filters = append(p.query.filters, f)
}

// arrange completes what depends on several parameters: the order of filters and texts, the
// sort, and the position of the cursor in it.
func (p *parser) arrange() error {
	q := p.query
	slices.SortFunc(q.filters, func(a, b filter) int {
		if a.field != b.field {
			return a.field - b.field
		}
		return int(a.op) - int(b.op)
	})
	q.search = soughtIn(q.resource, p.texts)
	keys, ok := parseSort(q.resource, p.sort)
	if !ok && p.sort != "" {
		p.refusef("sort", "%s", expectedSort(q.resource))
	}
	if p.sort == "" {
		if keys, ok = parseSort(q.resource, q.resource.DefaultSort); !ok {
			return fmt.Errorf("list of %s: default sort %q is not offered", q.resource.Name, q.resource.DefaultSort)
		}
	}
	q.keys = keys
	if p.offset && p.cursor != "" {
		p.refusef("offset", "expected without cursor")
	}
	if p.cursor != "" {
		p.locate()
	}
	return nil
}

// locate decodes the cursor. When a parameter that cursors are bound to was refused, it
// can only check the form of the cursor, not whether it belongs to the list.
func (p *parser) locate() {
	sealed, ok := unseal(p.cursor)
	if ok && !slices.ContainsFunc(p.refused, binding) {
		p.query.position, ok = p.query.open(sealed)
	}
	if !ok {
		p.refusef("cursor", expectedCursor)
	}
}

// binding reports whether cursors are bound to the refused parameter. They are bound to
// all but those that may change from page to page.
func binding(refused shop.FieldError) bool {
	switch refused.Location {
	case "query.limit", "query.offset", "query.count":
		return false
	default:
		return true
	}
}
