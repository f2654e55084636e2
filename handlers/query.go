package handlers

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// checkQuery refuses query strings that Go's parser would read in part only
// (";", "%zz"), and texts with NULs or invalid UTF-8.
func checkQuery(raw string) error {
	if raw == "" {
		return nil
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return shop.Invalidf("query", "expected NAME=VALUE pairs joined by &, percent-encoded")
	}
	for name, list := range values {
		for _, v := range append(list, name) {
			if strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
				return shop.Invalidf("query."+strings.ToValidUTF8(name, "?"), "must not contain NUL or invalid UTF-8")
			}
		}
		if len(list) > 1 {
			return shop.Invalidf("query."+name, "expected once, got %d times", len(list))
		}
	}
	return nil
}
