package adminapi

import (
	"strings"

	"entgo.io/ent/entc/gen"
)

// initialisms are the words that are written in capitals, in Go names and in labels.
var initialisms = map[string]bool{
	"api": true, "ean": true, "html": true, "http": true, "https": true, "id": true, "ip": true,
	"json": true, "sku": true, "sql": true, "totp": true, "ui": true, "uri": true, "url": true,
	"uuid": true, "vat": true,
}

// snake writes a Go or field name in lower case with underscores: OrderItem and
// orderItem become order_item.
func snake(name string) string {
	if convert, ok := gen.Funcs["snake"].(func(string) string); ok {
		return convert(name)
	}
	return strings.ToLower(name)
}

// plural returns the plural of a word. For words that are their own plural, ent appends a
// suffix, which it removes: the suffix is no word of the shop.
func plural(word string) string {
	convert, ok := gen.Funcs["plural"].(func(string) string)
	if !ok {
		return word + "s"
	}
	p := convert(word)
	if p == word+"Slice" {
		return word
	}
	return p
}

// pathOf returns the path segment of an entity's resource: order-items for OrderItem.
func pathOf(entity string) string {
	parts := strings.Split(snake(entity), "_")
	parts[len(parts)-1] = plural(parts[len(parts)-1])
	return strings.Join(parts, "-")
}

// lowerCamel writes a Go name with a small first letter, or with its first initialism in
// small letters: orderItem for OrderItem, apiToken for APIToken.
func lowerCamel(name string) string {
	first, _, _ := strings.Cut(snake(name), "_")
	return first + name[len(first):]
}

// words turns order_item or order-item into "Order item", and api_tokens into
// "API tokens".
func words(name string) string {
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' })
	for i, part := range parts {
		one, several := strings.CutSuffix(part, "s")
		switch {
		case initialisms[part]:
			parts[i] = strings.ToUpper(part)
		case several && initialisms[one]:
			parts[i] = strings.ToUpper(one) + "s"
		case i == 0:
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, " ")
}

// goName turns category_id into CategoryID.
func goName(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		switch {
		case part == "":
		case initialisms[part]:
			b.WriteString(strings.ToUpper(part))
		default:
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}
