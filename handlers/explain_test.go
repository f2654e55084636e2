//go:build large

package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/definition"
)

// few is the maximum number of rows that a page may read: the page itself and some for
// filters and ties, but far from all.
const few = 5_000

// No list or report reads a whole table of 100,000 records. The statements explained are
// exactly those that answer the requests.
func TestLargeReadsUseIndexes(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.load()
		e := a.explainer()
		e.everyList()
		e.everyReport()
		a.estimates()
	})
}

// estimates checks the totals that are too large to be counted.
func (a *api) estimates() {
	a.t.Helper()
	for _, path := range []string{"/products?limit=1", "/orders?limit=1", "/products?limit=1&include_deleted=true&is_active=true"} {
		page := a.get(path).is(200).has("total_is_estimate", true)
		total := page.int("total")
		if a.db.Dialect() == dialect.SQLite && total != 10_001 || a.db.Dialect() == dialect.Postgres && (total < big*7/10 || total > big*12/10) {
			a.t.Errorf("%s: total %d", path, total)
		}
	}
	a.get("/products?category_id=7&limit=1").has("total_is_estimate", false).has("total", 20)
}

// explainer explains the statements of a list.
type explainer struct {
	*api

	recorder *recorder
	lists    []listed
}

// explainer makes the server read through a recorder.
func (a *api) explainer() *explainer {
	a.t.Helper()
	r := &recorder{Driver: entsql.OpenDB(a.db.Dialect(), a.db.ReadSQL())}
	a.db.Reader = ent.NewClient(ent.Driver(r))
	return &explainer{api: a, recorder: r, lists: append(a.lists(names{"product": 7, "order": 7}), a.histories()...)}
}

// histories returns the histories of one record of each resource.
func (a *api) histories() []listed {
	a.t.Helper()
	all := a.schema()
	entries := all[slices.IndexFunc(all, func(def definition.Resource) bool { return def.Name == "audit-entries" })]
	var out []listed
	for _, def := range all {
		path := fmt.Sprintf("/%s/%d/history", def.Name, told)
		if a.get(path+"?limit=1").Status == http.StatusOK { // not every resource has this record
			out = append(out, listed{path: path, def: entries, hidden: "resource"})
		}
	}
	if len(out) < 5 {
		a.t.Errorf("only %d resources have a history", len(out))
	}
	return out
}

// everyList explains the default view of every resource, every sort by an indexed field,
// both ways, from the start and deep inside, every filter by an indexed field, and search
// on PostgreSQL.
func (e *explainer) everyList() {
	e.t.Helper()
	for _, list := range e.lists {
		e.list(list, "", nil)
		e.deep(list, "")
		for i := range list.def.Fields {
			f := &list.def.Fields[i]
			if !f.Indexed || f.Name == list.hidden {
				continue
			}
			if f.Sortable && !f.Nullable { // the position of nulls depends on the database, and may differ from the index
				for _, sort := range []string{f.Name, "-" + f.Name} {
					e.list(list, "sort="+sort, nil)
					e.deep(list, "sort="+sort)
				}
			}
			for _, filter := range f.Filters {
				for _, operand := range e.operands(list, f, filter[len(f.Name):]) {
					by := f
					if strings.HasSuffix(list.path, "/stock-movements") && f.Name == "created_at" {
						by = nil // two indexes begin with the product, and either is fine
					}
					e.list(list, filter+"="+url.QueryEscape(operand), by)
				}
			}
		}
		if list.search && e.db.Dialect() == dialect.Postgres {
			// A text without three consecutive letters or digits has no trigram: it must be
			// common, or the table is read.
			for _, q := range []string{"98765@example", "Article 98765", "no such text", "e"} {
				e.list(list, "q="+url.QueryEscape(q), nil)
			}
			e.list(list, "q=98765&q=article&q=e", nil)
		}
	}
}

// deep explains a page far inside the list: it is found by index, not by counting.
func (e *explainer) deep(list listed, query string) {
	e.t.Helper()
	if list.hidden != "" || list.def.Name == "timeline" {
		return // these are short
	}
	const depth = 9_000
	page := e.get(fmt.Sprintf("%s?%s&count=none&limit=1&offset=%d", list.path, query, depth)).is(200)
	e.recorder.taken()
	e.list(list, query+"&cursor="+url.QueryEscape(page.at("next_cursor").(string)), nil)
}

// operands returns values that few records have.
func (e *explainer) operands(list listed, f *definition.Field, operator string) []string {
	e.t.Helper()
	one := func(sort string) []string {
		query := list.path + "?count=none&limit=1&offset=100&sort=" + sort
		if list.hidden != "" || list.def.Name == "timeline" {
			query = list.path + "?count=none&limit=1&sort=" + sort
		}
		items := e.get(query).is(200).items()
		e.recorder.taken()
		if len(items) == 0 || items[0][f.Name] == nil {
			return nil
		}
		if n, ok := items[0][f.Name].(float64); ok {
			return []string{strconv.FormatInt(int64(n), 10)}
		}
		return []string{fmt.Sprint(items[0][f.Name])}
	}
	switch operator {
	case "":
		values := append(one(f.Name), one("-"+f.Name)...)
		if len(values) == 2 && values[0] != values[1] {
			values = append(values, values[0]+","+values[1])
		}
		return values
	case "_gte", "_gt":
		return one("-" + f.Name)
	case "_lte", "_lt":
		return one(f.Name)
	case "_null":
		return []string{"true", "false"}
	default:
		e.t.Fatalf("%s: unknown operator %s", f.Name, operator)
		return nil
	}
}

// list sends the query and explains the statements that answer it.
func (e *explainer) list(list listed, query string, filtered *definition.Field) {
	e.t.Helper()
	path := list.path + "?count=none&" + query
	e.recorder.taken()
	e.get(path).is(200)
	queries := e.recorder.taken()
	if len(queries) == 0 {
		e.t.Fatalf("%s: nothing was recorded", path)
	}
	for _, q := range queries {
		var why, plan string
		if e.db.Dialect() == dialect.Postgres {
			why, plan = e.postgres(q)
		} else {
			why, plan = e.sqlite(q, filtered != nil && strings.HasPrefix(query, filtered.Name+"="))
		}
		if why != "" {
			e.t.Errorf("%s %s:\n%s\n%v\n%s", path, why, q.query, q.args, plan)
		}
	}
}
