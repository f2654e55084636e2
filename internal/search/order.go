package search

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// orders finds orders by their number, with or without its #, and by the first digits of
// their number. The newest come first. Customers' names are shown only to viewers who may
// read them.
func orders(ctx context.Context, client *ent.Client, text string, limit int) ([]Hit, error) {
	digits := strings.TrimPrefix(text, "#")
	spans := numbers(digits)
	if len(spans) == 0 {
		return nil, nil
	}
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = fmt.Sprintf("SELECT %[4]d AS part, id, status, customer_id FROM (SELECT id, status, customer_id FROM orders"+
			" WHERE id >= %[1]d AND id <= %[2]d ORDER BY id DESC LIMIT %[3]d) AS part%[4]d",
			s.first, s.last, limit, i)
	}
	// The best are those with the fewest digits. Customers are looked up for these alone.
	rows, err := query(ctx, client, fmt.Sprintf("SELECT o.id, o.status, c.name, '' FROM (SELECT id, status, customer_id FROM (%s) AS found"+
		" ORDER BY part, id DESC LIMIT %d) AS o JOIN customers AS c ON c.id = o.customer_id", strings.Join(parts, " UNION ALL "), limit))
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, len(rows))
	for i, r := range rows {
		number := strconv.FormatInt(shop.OrderNumber(r.id), 10)
		hits[i] = Hit{
			Resource: "orders", ID: r.id, Title: "#" + number, Status: shop.OrderStatus(r.key),
			Rank: rank(digits, digits, number, ""),
		}
		if readable(ctx, "customers") {
			hits[i].Subtitle = r.name
		}
	}
	return hits, nil
}

// span is a range of ids.
type span struct{ first, last int64 }

// maxDigits is the most digits of a number that surely fits an int64.
const maxDigits = 18

// numbers returns the ids of the orders whose numbers begin with these digits: first the
// number itself, then those with more digits. It returns none when the text is not a
// number.
func numbers(digits string) []span {
	if digits == "" || len(digits) > maxDigits || digits[0] == '0' || strings.Trim(digits, "0123456789") != "" {
		return nil
	}
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return nil
	}
	var out []span
	offset := shop.OrderNumber(0)
	for first, last, n := number, number, len(digits); n <= maxDigits; first, last, n = first*10, last*10+9, n+1 {
		if s := (span{max(first-offset, 1), last - offset}); s.first <= s.last {
			out = append(out, s)
		}
	}
	return out
}
