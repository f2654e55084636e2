package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What waits becomes part of the query, with numbers that follow on those of the query;
// what is quoted, or is no number, stays.
func TestTogether(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before []statement
		query  string
		args   []any
		text   string
		all    []any
	}{
		{nil, "SELECT $1", []any{1}, "SELECT $1", []any{1}},
		{
			[]statement{
				{text: `INSERT INTO "a$1" VALUES ($1, $2, 'it''s $2', $1)`, args: []any{"a", "b"}},
				{text: `DELETE FROM b WHERE c = $1`, args: []any{"c"}},
			},
			"SELECT $1, $9",
			[]any{1, 2, 3, 4, 5, 6, 7, 8, 9},
			`WITH waiting_0 AS (INSERT INTO "a$1" VALUES ($10, $11, 'it''s $2', $10)), ` +
				`waiting_1 AS (DELETE FROM b WHERE c = $12) SELECT $1, $9`,
			[]any{1, 2, 3, 4, 5, 6, 7, 8, 9, "a", "b", "c"},
		},
		{
			[]statement{{text: "UPDATE a SET b = $1 || '$' || $a$", args: []any{"a"}}},
			"WITH x AS (SELECT 1) SELECT * FROM x",
			nil,
			"WITH waiting_0 AS (UPDATE a SET b = $1 || '$' || $a$), x AS (SELECT 1) SELECT * FROM x",
			[]any{"a"},
		},
	} {
		given := append([]any(nil), c.args...)
		text, all := together(c.before, c.query, c.args)
		if text != c.text {
			t.Errorf("%s\nexpected %s", text, c.text)
		}
		if diff := cmp.Diff(c.all, all); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(given, c.args); diff != "" {
			t.Errorf("the arguments of the query: %s", diff)
		}
	}
}
