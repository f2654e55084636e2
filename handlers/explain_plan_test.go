//go:build large

package handlers_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// recorder records the queries that pass through it.
type recorder struct {
	*entsql.Driver

	mu      sync.Mutex
	queries []statement
}

type statement struct {
	query string
	args  []any
}

// Query implements dialect.Driver.
func (r *recorder) Query(ctx context.Context, query string, args, v any) error {
	values, _ := args.([]any)
	r.mu.Lock()
	r.queries = append(r.queries, statement{query, values})
	r.mu.Unlock()
	return r.Driver.Query(ctx, query, args, v)
}

// QueryContext records the queries of the client's method of that name.
func (r *recorder) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	r.mu.Lock()
	r.queries = append(r.queries, statement{query, args})
	r.mu.Unlock()
	return r.Driver.QueryContext(ctx, query, args...)
}

func (r *recorder) taken() []statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.queries
	r.queries = nil
	return out
}

// node is a node of PostgreSQL's plan, with its actual numbers.
type node struct {
	Type      string  `json:"Node Type"`
	Relation  string  `json:"Relation Name"`
	Rows      float64 `json:"Actual Rows"`
	Loops     float64 `json:"Actual Loops"`
	Filtered  float64 `json:"Rows Removed by Filter"`
	Rechecked float64 `json:"Rows Removed by Index Recheck"`
	Plans     []node  `json:"Plans"`
}

func (n *node) all() []node {
	out := []node{*n}
	for i := range n.Plans {
		out = append(out, n.Plans[i].all()...)
	}
	return out
}

// ran explains a query by running it on PostgreSQL.
func (e *explainer) ran(q statement) (nodes []node, plan string) {
	e.t.Helper()
	err := e.db.ReadSQL().QueryRowContext(storetest.Context(e.t), "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "+q.query, q.args...).Scan(&plan)
	if err != nil {
		e.t.Fatal(err)
	}
	var plans []struct {
		Plan node `json:"Plan"`
	}
	if err := json.Unmarshal([]byte(plan), &plans); err != nil || len(plans) != 1 {
		e.t.Fatal(err, plan)
	}
	return plans[0].Plan.all(), plan
}

// postgres returns what is wrong with a plan, judged by running it.
func (e *explainer) postgres(q statement) (why, plan string) {
	e.t.Helper()
	nodes, plan := e.ran(q)
	for _, n := range nodes {
		read := (n.Rows + n.Filtered + n.Rechecked) * n.Loops
		switch {
		case n.Type == "Seq Scan":
			return "scans " + n.Relation, plan
		case read > few:
			return fmt.Sprintf("reads %.0f rows in a %s", read, n.Type), plan
		}
	}
	return "", plan
}

// sqlite returns what is wrong with a plan, judged by its text. A SEARCH finds rows by an
// index. A SCAN walks a table or an index: that is fine for a sort order, where the limit
// stops it, but not for finding rows by equality. For ranges, either is accepted: SQLite
// keeps no histograms.
func (e *explainer) sqlite(q statement, filtered bool) (why, plan string) {
	e.t.Helper()
	plan = e.rows("EXPLAIN QUERY PLAN "+q.query, q.args...)
	steps := strings.Split(strings.TrimSpace(plan), "\n")
	found := slices.ContainsFunc(steps, func(s string) bool { return strings.Contains(s, "detail=SEARCH ") })
	switch {
	case filtered && !found:
		return "does not search by the filter", plan
	case !found && strings.Contains(plan, "USE TEMP B-TREE FOR ORDER BY"):
		return "sorts everything", plan
	}
	return "", plan
}
