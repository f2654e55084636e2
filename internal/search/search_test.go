package search_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/search"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// texts are the parts of names, SKUs and searches in the property test below.
var texts = []string{"10", "1", "01", "a", "ab", "Ab", "abc", "ABC", "chair", "Chair", "-", "%", "_", `\`, "#", " ", "@", ".", "ž", "Ž", "z", "ß", "ss"}

func words(least, most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(texts), least, most).Draw(t, "parts"), "")
	})
}

// record is one that may be found, by keys that identify it and by names.
type record struct {
	resource    string
	id          int64
	keys, names []string
	deleted     bool
}

// rank computes the rank that a search must give, 0 for no match.
func (r record) rank(q string) search.Rank {
	q = strings.TrimSpace(q)
	if r.resource == "orders" {
		if q = strings.TrimPrefix(q, "#"); q == "" {
			return 0
		}
	}
	keys, names := each(r.keys, strings.ToLower), each(r.names, fold.Text)
	lower, folded := strings.ToLower(q), fold.Text(q)
	begins := func(text string) bool { return strings.HasPrefix(fold.Text(text), folded) }
	switch {
	case r.deleted:
		return 0
	case slices.Contains(keys, lower):
		return search.Exact
	case !slices.ContainsFunc(keys, within(lower)) && !slices.ContainsFunc(names, within(folded)):
		if len(names) > 0 && !slices.ContainsFunc(strings.Fields(folded), func(word string) bool { return !strings.Contains(names[0], word) }) {
			return search.Words
		}
		return 0
	case slices.ContainsFunc(keys, begins), slices.ContainsFunc(names, begins):
		return search.Prefix
	case r.resource == "orders":
		return 0
	default:
		return search.Substring
	}
}

func each(texts []string, change func(string) string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = change(text)
	}
	return out
}

func within(part string) func(string) bool {
	return func(text string) bool { return strings.Contains(text, part) }
}

func hay(t *testing.T, r *rapid.T, db *store.DB, made int) []record {
	t.Helper()
	var out []record
	shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
		out = nil
		for i := range 12 {
			sku := strings.Join(strings.Fields(fmt.Sprintf("%s%d", words(0, 3).Draw(r, "sku"), made+i)), " ")
			name := "x" + words(1, 4).Draw(r, "name")
			if rapid.Bool().Draw(r, "plain") {
				name = name[1:]
			}
			if strings.TrimSpace(name) == "" {
				continue
			}
			p, err := tx.Product.Create().SetSku(sku).SetName(name).SetPrice(1).SetStock(50).SetCategoryID(1).Save(ctx)
			if err != nil {
				return err
			}
			out = append(out, record{resource: "products", id: p.ID, keys: []string{sku}, names: []string{name}})
			c, err := tx.Customer.Create().SetEmail(fmt.Sprintf("a%d@chair.example", p.ID)).SetName(name).Save(ctx)
			if err != nil {
				return err
			}
			out = append(out, record{resource: "customers", id: c.ID, keys: []string{c.Email}, names: []string{name}})
		}
		return nil
	})
	for i := range out {
		if rapid.IntRange(0, 4).Draw(r, "deleted") > 0 {
			continue
		}
		out[i].deleted = true
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			if out[i].resource == "products" {
				return tx.Product.DeleteOneID(out[i].id).Exec(ctx)
			}
			return tx.Customer.DeleteOneID(out[i].id).Exec(ctx)
		})
	}
	return out
}

// With enough room a search finds exactly the records that match, the best matches first.
// With less room exact matches are never crowded out, and no resource takes the places of
// another. A viewer who may not read a resource finds none of its records.
func TestSearch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		products := shoptest.Products(t, db, 1, 1_000)
		buyer := shoptest.Customers(t, db, 1)[0]
		for range 30 {
			shoptest.Order(t, db, buyer, products...)
		}
		records := []record{
			{resource: "products", id: products[0], keys: []string{"P-1"}, names: []string{"Product 1"}},
			{resource: "customers", id: buyer, keys: []string{"c1@example.com"}, names: []string{"C"}},
		}
		for id := range int64(30) {
			records = append(records, record{resource: "orders", id: id + 1, keys: []string{strconv.FormatInt(shop.OrderNumber(id+1), 10)}})
		}
		rapid.Check(t, func(r *rapid.T) {
			if len(records) < 90 {
				records = append(records, hay(t, r, db, len(records))...)
			}
			q := rapid.OneOf(words(1, 3), rapid.SampledFrom(keysOf(records))).Draw(r, "q")
			if strings.TrimSpace(q) == "" {
				return
			}
			matching(t, r, db, records, q, access.NewViewer(access.Viewer{Kind: access.KindStaff}, readAll(r)...))
		})
	})
}

func keysOf(records []record) (keys []string) {
	for _, r := range records {
		keys = append(keys, r.keys[0], strings.ToUpper(r.keys[0]), " #"+r.keys[0])
	}
	return keys
}

func readAll(r *rapid.T) (permissions []access.Permission) {
	for _, p := range []access.Permission{"products:read", "orders:read", "customers:read"} {
		if rapid.IntRange(0, 5).Draw(r, string(p)) > 0 {
			permissions = append(permissions, p)
		}
	}
	return permissions
}

func matching(t *testing.T, r *rapid.T, db *store.DB, records []record, q string, viewer *access.Viewer) {
	t.Helper()
	type key struct {
		resource string
		id       int64
	}
	want := map[key]search.Rank{}
	exact := 0
	for _, record := range records {
		if rank := record.rank(q); rank > 0 && viewer.Can(access.Permission(record.resource+":read")) {
			want[key{record.resource, record.id}] = rank
			if rank == search.Exact {
				exact++
			}
		}
	}
	for _, limit := range []int{100, 3} {
		hits, err := search.Find(access.With(t.Context(), viewer), db.Reader, q, limit)
		if err != nil {
			r.Fatal(err)
		}
		if len(hits) != min(limit, len(want)) {
			r.Errorf("%d found for %q with limit %d, want %d of %v: %v", len(hits), q, limit, min(limit, len(want)), want, hits)
		}
		seen := map[key]bool{}
		first, resources := 0, map[string]bool{}
		for i, h := range hits {
			k := key{h.Resource, h.ID}
			if seen[k] || want[k] != h.Rank || i > 0 && hits[i-1].Rank > h.Rank {
				r.Errorf("%q with limit %d: %v at %d, want rank %d", q, limit, h, i, want[k])
			}
			seen[k] = true
			resources[h.Resource] = true
			if h.Rank == search.Exact {
				first++
			}
		}
		if first != min(limit, exact) {
			r.Errorf("%q with limit %d: %d exact, want %d", q, limit, first, exact)
		}
		matched := map[string]bool{}
		for k := range want {
			matched[k.resource] = true
		}
		if exact == 0 && len(resources) != min(limit, len(matched)) {
			r.Errorf("%q with limit %d: found of %v, matching %v", q, limit, resources, matched)
		}
	}
}

// When more records match than are ranked one by one, those that equal the text or begin
// with it still come first, even if the text is too short for an index.
func TestSearchAmongMany(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ids := shoptest.Products(t, db, 400, 1) // all of them contain the text
		name := func(id int64, sku, name string) {
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(id).SetSku(sku).SetName(name).Exec(ctx)
			})
		}
		name(ids[397], "R-1", "Roduct of its own")
		name(ids[398], "RODUCT", "Something")
		name(ids[50], "D-1", "Dune")
		name(ids[51], "DU", "Something")
		for _, q := range []string{"roduct", "du"} {
			hits, err := search.Find(storetest.Context(t), db.Reader, q, 5)
			if err != nil || len(hits) != 5 {
				t.Fatal(hits, err)
			}
			for i, want := range []search.Rank{search.Exact, search.Prefix, search.Substring, search.Substring, search.Substring} {
				if hits[i].Rank != want {
					t.Errorf("%q: hit %d is %+v", q, i, hits[i])
				}
			}
		}
	})
}

// A name that begins with the text is found however many newer records contain the text.
func TestSearchFindsOldNames(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ids := shoptest.Products(t, db, 2_100, 1)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Product.UpdateOneID(ids[0]).SetName("Ódd").Exec(ctx)
		})
		hits, err := search.Find(storetest.Context(t), db.Reader, "od", 5)
		if err != nil || len(hits) != 5 || hits[0].ID != ids[0] || hits[0].Rank != search.Prefix {
			t.Errorf("finds %v, %v, want first %d", hits, err, ids[0])
		}
	})
}

// The words may be in another order than they were typed. Names with them in the typed
// order come first, and shorter names before longer ones.
func TestSearchOfWords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ids := shoptest.Products(t, db, 5, 1)
		for i, name := range []string{"Table, oak, for eight", "Oak tab", "Small OAK table", "Ta, oak", "Oak"} {
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(ids[i]).SetName(name).Exec(ctx)
			})
		}
		for q, want := range map[string][]search.Hit{
			"oak  table": {
				{Resource: "products", ID: ids[2], Title: "Small OAK table", Subtitle: "P-3", Rank: search.Words},
				{Resource: "products", ID: ids[0], Title: "Table, oak, for eight", Subtitle: "P-1", Rank: search.Words},
			},
			"oak table": {
				{Resource: "products", ID: ids[2], Title: "Small OAK table", Subtitle: "P-3", Rank: search.Substring},
				{Resource: "products", ID: ids[0], Title: "Table, oak, for eight", Subtitle: "P-1", Rank: search.Words},
			},
			"k oa": { // shorter than a trigram
				{Resource: "products", ID: ids[4], Title: "Oak", Subtitle: "P-5", Rank: search.Words},
				{Resource: "products", ID: ids[1], Title: "Oak tab", Subtitle: "P-2", Rank: search.Words},
				{Resource: "products", ID: ids[3], Title: "Ta, oak", Subtitle: "P-4", Rank: search.Words},
				{Resource: "products", ID: ids[2], Title: "Small OAK table", Subtitle: "P-3", Rank: search.Words},
				{Resource: "products", ID: ids[0], Title: "Table, oak, for eight", Subtitle: "P-1", Rank: search.Words},
			},
		} {
			hits, err := search.Find(storetest.Context(t), db.Reader, q, 10)
			if err != nil || !slices.Equal(hits, want) {
				t.Errorf("%q finds %v, %v, want %v", q, hits, err, want)
			}
		}
	})
}

// What is written with the accents of the text comes before what is not, within its rank,
// however long it is.
func TestAccentsComeFirst(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ids := shoptest.Products(t, db, 5, 1)
		for i, name := range []string{"Bar", "Bär", "Bären und Honig", "Honig, Bar", "Honig vom Bären"} {
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				return tx.Product.UpdateOneID(ids[i]).SetName(name).Exec(ctx)
			})
		}
		for q, want := range map[string]string{
			"BÄR":       "Bär|Bären und Honig|Bar|Honig vom Bären|Honig, Bar",
			"bar":       "Bar|Bär|Bären und Honig|Honig, Bar|Honig vom Bären",
			"bär honig": "Bären und Honig|Honig vom Bären|Honig, Bar",
			"honig bar": "Honig, Bar|Bären und Honig|Honig vom Bären",
			"p-1":       "Bar",
		} {
			hits, err := search.Find(storetest.Context(t), db.Reader, q, 10)
			titles := make([]string, len(hits))
			for i, h := range hits {
				titles[i] = h.Title
			}
			if got := strings.Join(titles, "|"); got != want || err != nil {
				t.Errorf("%q finds %s, %v, want %s", q, got, err, want)
			}
		}
	})
}

func TestSearchIsBounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, q := range []string{"", " ", "\t\n", strings.Repeat("é", search.MaxLength+1)} {
			_, err := search.Find(storetest.Context(t), db.Reader, q, 10)
			shoptest.Invalid(t, err, "query.q")
		}
		for _, q := range []string{
			strings.Repeat("é", search.MaxLength), " " + strings.Repeat("%", search.MaxLength) + " ", "999999999999999999", "9999999999999999999",
			"#", "##1001", "0", "-1", "'", `"`, "$1", "?", "\U0010FFFF",
		} {
			if hits, err := search.Find(storetest.Context(t), db.Reader, q, 100); err != nil || hits == nil || len(hits) > 0 {
				t.Errorf("%q: %v, %v", q, hits, err)
			}
		}
	})
}

// Orders do not show customers' names to viewers who may not read customers.
func TestOrdersDoNotNameCustomers(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	shoptest.Order(t, db, shoptest.Customers(t, db, 1)[0], shoptest.Products(t, db, 1, 1)...)
	packer := access.NewViewer(access.Viewer{Kind: access.KindStaff}, "orders:read")
	for want, ctx := range map[string]context.Context{"": access.With(t.Context(), packer), "C": storetest.Context(t)} {
		hits, err := search.Find(ctx, db.Reader, "#1001", 10)
		if err != nil || len(hits) != 1 || hits[0].Subtitle != want || hits[0].Title != "#1001" || hits[0].Status != shop.Pending {
			t.Errorf("%v, %v, want %q", hits, err, want)
		}
	}
}
