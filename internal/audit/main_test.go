package audit_test

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// work is a transaction.
type work = func(ctx context.Context, tx *ent.Client) error

// anna returns a context in which anna acts, with a token and an origin.
func anna(ctx context.Context) context.Context {
	ctx = access.System(ctx) // the policies allow the system everything
	v := access.Viewer{Kind: access.KindSystem, StaffID: 7, TokenID: 9, Email: "anna@example.com", TokenName: "till"}
	ctx = access.With(ctx, &v)
	ctx = shop.WithActor(ctx, "anna@example.com (till)")
	return access.WithOrigin(ctx, access.Origin{RequestID: "req-1", IP: "192.0.2.1", UserAgent: "curl/8"})
}

// written returns the entries that the work writes, oldest first.
func written(t *testing.T, db *store.DB, w work) []*ent.AuditEntry {
	t.Helper()
	before := last(t, db)
	if err := db.Tx(anna(t.Context()), w); err != nil {
		t.Fatal(err)
	}
	return since(t, db, before)
}

func last(t *testing.T, db *store.DB) int64 {
	t.Helper()
	entries := since(t, db, 0)
	if len(entries) == 0 {
		return 0
	}
	return entries[len(entries)-1].ID
}

func since(t *testing.T, db *store.DB, id int64) []*ent.AuditEntry {
	t.Helper()
	entries, err := db.Client.AuditEntry.Query().Where(auditentry.IDGT(id)).Order(auditentry.ByID()).All(storetest.Context(t))
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// line writes an entry as "update products price:100>200".
func line(e *ent.AuditEntry) string {
	var b strings.Builder
	b.WriteString(e.Action + " " + e.Resource)
	for _, c := range e.Changes {
		switch {
		case c.Secret:
			b.WriteString(" " + c.Field + ":secret")
		case c.Erased:
			b.WriteString(" " + c.Field + ":erased")
		default:
			b.WriteString(" " + c.Field + ":" + plain(c.Before) + ">" + plain(c.After))
		}
	}
	return b.String()
}

// plain returns a value without what differs between runs or databases.
func plain(v json.RawMessage) string {
	var decoded any
	if err := json.Unmarshal(v, &decoded); err != nil {
		return "!" + string(v)
	}
	if s, ok := decoded.(string); ok && len(s) > 19 && s[4] == '-' && s[10] == 'T' && strings.HasSuffix(s, "Z") {
		return "TIME"
	}
	text, err := json.Marshal(decoded)
	if err != nil {
		return "!" + err.Error()
	}
	return string(text)
}

func lines(entries []*ent.AuditEntry) []string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = line(e)
	}
	return out
}

// has fails the test unless the entries are these lines. In them "tea" stands for a
// category, whose id depends on the database.
func has(t *testing.T, entries []*ent.AuditEntry, tea int64, want ...string) {
	t.Helper()
	id := strconv.FormatInt(tea, 10)
	for i := range want {
		want[i] = strings.NewReplacer(":tea>", ":"+id+">", ">tea", ">"+id).Replace(want[i])
	}
	if got := lines(entries); !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// counter makes a small shop with stock.
func counter(t *testing.T, db *store.DB) (category int64, products []int64, customer int64) {
	t.Helper()
	products = shoptest.Products(t, db, 3, 10)
	return db.Client.Category.Query().OnlyIDX(storetest.Context(t)), products, shoptest.Customers(t, db, 1)[0]
}
