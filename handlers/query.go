package handlers

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// checkQuery refuses query strings that Go would parse only in part (";", "%zz"), texts
// with NUL or invalid UTF-8, and parameters other than q that are given several times. It
// returns how often q is given, and the names of the parameters without a value.
func checkQuery(raw string) (texts int, empty []string, err error) {
	if raw == "" {
		return 0, nil, nil
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return 0, nil, shop.Invalidf("query", "expected NAME=VALUE pairs joined by &, percent-encoded")
	}
	for _, name := range slices.Sorted(maps.Keys(values)) { // sorted, so that equal queries get the same error
		list := values[name]
		for _, v := range append(list, name) {
			if strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
				return 0, nil, shop.Invalidf("query."+strings.ToValidUTF8(name, "?"), "must not contain NUL or invalid UTF-8")
			}
		}
		if len(list) > 1 && name != searched {
			return 0, nil, shop.Invalidf("query."+name, expectedOnce, len(list))
		}
		if list[0] == "" {
			empty = append(empty, name)
		}
	}
	return len(values[searched]), empty, nil
}

// searched is the parameter that lists accept several times.
const searched = "q"

const expectedOnce = "expected once, got %d times"

// checkValues is stricter than huma, as lists and JSON are. It refuses parameters without a
// value, which huma would treat as absent (an empty date is a mistake, not a request for
// the default), q given several times, of which huma would use the first, booleans other
// than true and false, integers such as 01 and +1, and times that are not exactly RFC 3339.
func checkValues(ctx huma.Context) error {
	if ctx.Operation().SkipValidateParams { // a list validates its own
		return nil
	}
	info := requestOf(ctx.Context())
	if info.Texts > 1 {
		return shop.Invalidf("query."+searched, expectedOnce, info.Texts)
	}
	for _, p := range ctx.Operation().Parameters {
		if p.In != "query" {
			continue
		}
		switch value := ctx.Query(p.Name); {
		case value == "" && slices.Contains(info.Empty, p.Name):
			return shop.Invalidf("query."+p.Name, "must not be empty: leave it out, or give it a value")
		case value != "" && p.Schema.Type == huma.TypeBoolean && value != "true" && value != "false":
			return shop.Invalidf("query."+p.Name, "%s", validation.MsgExpectedBoolean)
		case value != "" && p.Schema.Type == huma.TypeInteger && !isInteger(value):
			return shop.Invalidf("query."+p.Name, "%s", validation.MsgExpectedInteger)
		case value != "" && p.Schema.Format == "date-time" && !listquery.IsTime(value):
			return shop.Invalidf("query."+p.Name, expectedTime)
		}
	}
	return nil
}

// checkPath refuses numbers that are not in canonical form, such as 01 or +1. So each
// record has exactly one path, by which stored answers about it are found.
func checkPath(ctx huma.Context) error {
	for _, p := range ctx.Operation().Parameters {
		if p.In == "path" && p.Schema.Type == huma.TypeInteger && !isInteger(ctx.Param(p.Name)) {
			return shop.Invalidf("path."+p.Name, "%s", validation.MsgExpectedInteger)
		}
	}
	return nil
}

func isInteger(s string) bool {
	_, ok := listquery.Integer(s)
	return ok
}
