package shopify

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/storekeeper/storekeeper/internal/fold"
)

// stock are the names of the column of the stock.
var stock = []string{"variant inventory qty", "inventory quantity"}

// uncategorised is the category of products of no type.
const uncategorised = "Uncategorised"

// products makes a product of every variant. Rows without one are pictures.
func (e *export) products() *Files {
	kinds := categories{slugs: map[string]string{}, taken: map[string]bool{}}
	products := [][]string{{"sku", "name", "description", "price", "stock", "is_active", "category"}}
	var pictures, named, oversold int
	var of []string // the row that the rows below it belong to
	for _, row := range e.rows {
		if e.cell(row, "title") != "" {
			of = row
		}
		handle := e.cell(of, "handle", "url handle")
		sku, price := e.cell(row, "variant sku", "sku"), e.cell(row, "variant price", "price")
		if sku == "" && price == "" {
			pictures++
			continue
		}
		options := e.options(row)
		if sku == "" {
			sku = slug(join("-", append([]string{handle}, options...)...))
			named++
		}
		units := e.cell(row, stock...)
		if strings.HasPrefix(units, "-") {
			units = "0"
			oversold++
		}
		products = append(products, []string{
			sku, join(", ", append([]string{e.cell(of, "title")}, options...)...), plain(e.cell(of, "body (html)", "description")),
			price, units, e.active(of), kinds.slug(e.kind(of)),
		})
	}
	files := &Files{Tables: []Table{{"categories.csv", append([][]string{{"slug", "name"}}, kinds.rows...)}, {"products.csv", products}}}
	remark := func(n int, what string) {
		if n > 0 {
			files.Remarks = append(files.Remarks, fmt.Sprintf(what, n))
		}
	}
	remark(pictures, "Rows that are only a picture, and were left out: %d")
	remark(named, "Variants without a SKU, which is now made of the handle and the options: %d")
	remark(oversold, "Variants with a stock below 0, which is now 0: %d")
	return files
}

// options returns what distinguishes the variants of a product.
func (e *export) options(row []string) []string {
	var options []string
	for n := 1; n <= 3; n++ {
		e.cell(row, fmt.Sprintf("option%d name", n)) // the name is clear from the value
		if value := e.cell(row, fmt.Sprintf("option%d value", n)); value != "" && value != "Default Title" {
			options = append(options, value)
		}
	}
	return options
}

// active reports whether a product is on sale.
func (e *export) active(row []string) string {
	status, published := e.cell(row, "status"), e.cell(row, "published", "published on online store")
	if status == "" {
		status = "active"
		if strings.EqualFold(published, "false") {
			status = "draft"
		}
	}
	return strconv.FormatBool(strings.EqualFold(status, "active"))
}

// kind returns the name of a product's category: its type, which the shop chose, or the last
// part of its category in Shopify's taxonomy.
func (e *export) kind(row []string) string {
	kind, path := e.cell(row, "type"), e.cell(row, "product category")
	if kind == "" {
		kind = strings.TrimSpace(path[strings.LastIndex(path, ">")+1:])
	}
	if kind == "" {
		kind = uncategorised
	}
	return kind
}

// categories are the rows of the categories found so far.
type categories struct {
	rows  [][]string
	slugs map[string]string // by name in lower case
	taken map[string]bool
}

// slug returns the slug of the category of this name.
func (c *categories) slug(name string) string {
	key := strings.ToLower(name)
	if known := c.slugs[key]; known != "" {
		return known
	}
	base := slug(name)
	if base == "" {
		base = "category"
	}
	unique := base
	for n := 2; c.taken[unique]; n++ {
		unique = fmt.Sprintf("%s-%d", base, n)
	}
	c.slugs[key], c.taken[unique] = unique, true
	c.rows = append(c.rows, []string{unique, name})
	return unique
}

// slug makes the letters and digits of a text fit for an address: "Rosé & Sekt" is rose-sekt.
func slug(text string) string {
	words := strings.FieldsFunc(fold.Text(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "-")
}

var (
	blank     = regexp.MustCompile(`\s+`)
	blankLine = regexp.MustCompile(`\n{3,}`)
)

// plain returns the text of a description in HTML. One without elements stays as it is.
func plain(text string) string {
	var out strings.Builder
	marked, hidden := strings.Contains(text, "</") || strings.Contains(text, "<br"), false
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken: // the end: every text is HTML
			return tidy(out.String())
		case html.TextToken:
			text := string(z.Text())
			if marked { // line ends and several blanks are a blank
				text = blank.ReplaceAllString(text, " ")
			}
			if !hidden {
				out.WriteString(text)
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			hidden = kind == html.StartTagToken && (string(name) == "style" || string(name) == "script")
			out.WriteString(between(string(name), kind == html.EndTagToken))
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// between returns what an element puts where it begins or ends.
func between(name string, ends bool) string {
	switch name {
	case "li":
		if !ends {
			return "• "
		}
		return "\n"
	case "br":
		return "\n"
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol", "table":
		if ends {
			return "\n"
		}
	}
	return ""
}

// tidy trims the lines of a text, and leaves at most one empty line between two.
func tidy(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(blankLine.ReplaceAllString(strings.Join(lines, "\n"), "\n\n"))
}
