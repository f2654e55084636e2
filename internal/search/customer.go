package search

import (
	"context"
	"slices"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/pattern"
	"github.com/storekeeper/storekeeper/internal/phone"
)

// customers finds customers by email address and name, and by telephone number
// however it is written.
func customers(ctx context.Context, client *ent.Client, text string, limit int) ([]Hit, error) {
	hits, err := table{"customers", "email"}.find(ctx, client, text, limit)
	parts := phone.Parts(text)
	if err != nil || len(parts) == 0 {
		return hits, err
	}
	b := &builder{table: table{"customers", "phone"}, dialect: client.Dialect()}
	b.dialled(parts, limit)
	called, err := b.hits(ctx, client, text)
	for i, h := range called {
		called[i].accents = 0 // numbers have none
		if slices.ContainsFunc(parts, func(p phone.Part) bool { return p.Digits == phone.Digits(h.Subtitle) }) {
			called[i].Rank = Exact
		}
	}
	return append(hits, called...), err
}

// dialled finds records that have one of the parts of a telephone number. It ignores
// records without a number: a server of an older release that runs beside this one may
// remove a number but not its digits.
func (b *builder) dialled(parts []phone.Part, limit int) {
	conditions := make([]string, len(parts))
	for i, part := range parts {
		conditions[i] = b.is("phone_digits", pattern.Dialled(b.dialect, part))
	}
	b.matching("("+strings.Join(conditions, " OR ")+") AND phone IS NOT NULL", true, limit)
}
