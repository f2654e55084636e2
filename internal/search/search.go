// Package search finds records by what people know about them: products by SKU and name,
// orders by number, customers by email address, name and telephone number. It does not
// find deleted records.
package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// MaxLength is the most characters that a search text may have.
const MaxLength = 100

// Rank says how well a record matches. Smaller is better.
type Rank int

// The ranks.
const (
	Exact     Rank = iota + 1 // the SKU, number, email address or telephone number is the text
	Prefix                    // SKU, number, email address or name begins with it
	Substring                 // SKU, email address, name or telephone number contains it
	Words                     // name has all its words, in any order
)

// Hit is a record that was found.
type Hit struct {
	Resource        string // as in the API: products, orders, customers
	ID              int64
	Title, Subtitle string
	Status          shop.OrderStatus // of an order, else empty
	Rank            Rank

	accents int // 0 if it has those of the text, else 1
}

// source finds records of one resource: at most limit exact matches, as many that begin
// with the text, as many that contain it, and as many whose names have all its words. The
// amount of work is bounded: when very many records match, not all of them are
// considered.
type source struct {
	resource string
	find     func(ctx context.Context, client *ent.Client, text string, limit int) ([]Hit, error)
}

// sources are in the order in which equal ranks are shown.
var sources = []source{
	{"products", table{"products", "sku"}.find},
	{"orders", orders},
	{"customers", customers},
}

// Find returns at most limit records, the best ranks first, of the resources that the
// viewer of the context may read. Exact matches are never crowded out; the remaining places
// are shared among the resources. The error is KindInvalid naming query.q when the trimmed
// text is empty or too long.
func Find(ctx context.Context, client *ent.Client, text string, limit int) ([]Hit, error) {
	if err := access.Check(ctx, access.Anyone); err != nil {
		return nil, err
	}
	text = norm.NFC.String(strings.TrimSpace(text)) // as texts are kept
	if n := utf8.RuneCountInString(text); n < 1 || n > MaxLength {
		return nil, shop.Invalidf("query.q", "expected 1 to %d characters", MaxLength)
	}
	var found [][]Hit
	for _, s := range sources {
		if !readable(ctx, s.resource) {
			continue
		}
		hits, err := s.find(ctx, client, text, limit)
		if err != nil {
			return nil, fmt.Errorf("search %s: %w", s.resource, err)
		}
		found = append(found, best(hits))
	}
	return share(found, limit), nil
}

// readable reports whether the viewer may read the resource. Searches are SQL, which
// ent's policies do not see.
func readable(ctx context.Context, resource string) bool {
	return access.From(ctx).Can(access.Permission(resource + ":read"))
}

// best sorts the hits of one resource by rank. Within a rank, those come first that have the
// accents of the text: Bär before Bar for "bär". Then shorter titles come first, because the
// text makes up more of them, and then the order is by title, or newest first for orders. If
// a record was found twice, best keeps the better hit, or the first of equal ones.
func best(hits []Hit) []Hit {
	slices.SortStableFunc(hits, func(a, b Hit) int {
		byTitle := strings.Compare(a.Title, b.Title)
		if a.Resource == "orders" {
			byTitle = 0
		}
		return cmp.Or(
			cmp.Compare(a.Rank, b.Rank),
			cmp.Compare(a.accents, b.accents),
			cmp.Compare(utf8.RuneCountInString(a.Title), utf8.RuneCountInString(b.Title)),
			byTitle,
			cmp.Compare(b.ID, a.ID),
		)
	})
	seen := make(map[int64]bool, len(hits))
	return slices.DeleteFunc(hits, func(h Hit) bool {
		again := seen[h.ID]
		seen[h.ID] = true
		return again
	})
}

// share takes all exact hits, and then one hit of each resource in turn.
func share(found [][]Hit, limit int) []Hit {
	out := make([]Hit, 0, limit)
	take := func(i int) {
		if len(out) < limit {
			out = append(out, found[i][0])
			found[i] = found[i][1:]
		}
	}
	for i := range found {
		for len(found[i]) > 0 && found[i][0].Rank == Exact && len(out) < limit {
			take(i)
		}
	}
	for taken := true; taken && len(out) < limit; {
		taken = false
		for i := range found {
			if len(found[i]) > 0 {
				take(i)
				taken = true
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(position(a), position(b)))
	})
	return out
}

func position(h Hit) int {
	return slices.IndexFunc(sources, func(s source) bool { return s.resource == h.Resource })
}
