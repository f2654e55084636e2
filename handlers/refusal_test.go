package handlers_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// names are the ids in paths and bodies: {product} is names["product"].
type names map[string]int64

func (n names) in(text string) string {
	for _, name := range slices.Sorted(maps.Keys(n)) {
		text = strings.ReplaceAll(text, "{"+name+"}", strconv.FormatInt(n[name], 10))
	}
	return text
}

// refusal is a request that must be refused, and the expected problem.
type refusal struct {
	name    string
	request string // method and path
	body    string
	headers []string
	status  int      // 422 when zero
	code    string   // the usual one of the status when empty
	at      []string // locations that the problem names
}

// codeOf is the usual code of a status.
var codeOf = map[int]string{
	http.StatusBadRequest:            "malformed",
	http.StatusNotFound:              "not_found",
	http.StatusMethodNotAllowed:      "method_not_allowed",
	http.StatusConflict:              "conflict",
	http.StatusRequestEntityTooLarge: "too_large",
	http.StatusUnsupportedMediaType:  "unsupported_media_type",
	http.StatusUnprocessableEntity:   "invalid",
}

// at returns locations, for readability.
func at(locations ...string) []string { return locations }

// refuses sends each request, and checks its problem and that no row of any table has
// changed.
func (a *api) refuses(ids names, cases ...refusal) {
	a.t.Helper()
	before := a.snapshot()
	for _, c := range cases {
		if c.name == "" {
			c.name = c.request + " " + c.body
		}
		a.t.Run(c.name, func(t *testing.T) {
			sub := *a
			sub.t = t
			method, path, _ := strings.Cut(ids.in(c.request), " ")
			if c.status == 0 {
				c.status = http.StatusUnprocessableEntity
			}
			if c.code == "" {
				c.code = codeOf[c.status]
			}
			var body any
			if c.body != "" {
				body = ids.in(c.body)
			}
			answer := sub.do(method, path, body, c.headers...)
			before = sub.unchanged(before)
			answer.problem(c.status, c.code, c.at...)
		})
	}
}

// snapshot is the content of every table.
type snapshot map[string]string

func (a *api) snapshot() snapshot {
	a.t.Helper()
	out := snapshot{}
	for _, table := range migrate.Tables {
		out[table.Name] = a.rows("SELECT * FROM " + table.Name + " ORDER BY id")
	}
	return out
}

// unchanged fails the test if a table has changed. It returns the current content.
func (a *api) unchanged(before snapshot) snapshot {
	a.t.Helper()
	after := a.snapshot()
	for table, rows := range before {
		if diff := cmp.Diff(strings.Split(rows, "\n"), strings.Split(after[table], "\n")); diff != "" {
			a.t.Errorf("%s was changed: %s", table, diff)
		}
	}
	return after
}

// rows returns the result of a query as text.
func (a *api) rows(query string, args ...any) string {
	a.t.Helper()
	rows, err := a.db.ReadSQL().QueryContext(context.Background(), query, args...)
	if err != nil {
		a.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		a.t.Fatal(err)
	}
	var out strings.Builder
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(sql.NullString)
		}
		if err := rows.Scan(values...); err != nil {
			a.t.Fatal(err)
		}
		for i, v := range values {
			text := v.(*sql.NullString).String
			if len(text) > 100 {
				text = fmt.Sprintf("%.20q... %x", text, sha256.Sum256([]byte(text)))
			}
			fmt.Fprintf(&out, "%s=%s ", columns[i], text)
		}
		out.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		a.t.Fatal(err)
	}
	return out.String()
}

// number returns the single value of a query.
func (a *api) number(query string, args ...any) int64 {
	a.t.Helper()
	var n int64
	if err := a.db.ReadSQL().QueryRowContext(context.Background(), query, args...).Scan(&n); err != nil {
		a.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// exec changes the database behind the API's back.
func (a *api) exec(query string, args ...any) {
	a.t.Helper()
	storetest.SQL(a.t, a.db, query, args...)
}

// reconciled fails the test if the shop breaks an invariant.
func (a *api) reconciled() {
	a.t.Helper()
	shoptest.Lawful(a.t, a.db)
}
