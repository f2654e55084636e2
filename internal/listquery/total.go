package listquery

import (
	"context"
	stdsql "database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/definition"
)

// Database runs queries. It is an *ent.Client, inside a transaction or not.
type Database interface {
	Dialect() string
	Rows(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	Planned(ctx context.Context, query string, args ...any) (int64, error)
}

// Total counts the rows of all pages, and reports whether the number is an estimate. Up
// to maxCount the number is exact and costs no more than finding that many rows. Beyond
// that it is an estimate of at least maxCount+1: the planner's estimate on PostgreSQL, and
// maxCount+1 itself on SQLite. Nothing is counted if the rows that were fetched for the
// page, up to Limit, already show the total.
//
// Total runs SQL that ent's policies do not see, so it checks itself that the viewer may
// read the resource.
func (q *Query) Total(ctx context.Context, db Database, fetched int) (int64, bool, error) {
	if err := access.Check(ctx, access.Permission(q.resource.Permissions.Read)); err != nil {
		return 0, false, err
	}
	if total, ok := q.shown(fetched); ok {
		return total, false, nil
	}
	name := db.Dialect()
	query, args := q.count(name)
	total, err := scan(ctx, db, query, args)
	if err != nil {
		return 0, false, fmt.Errorf("count %s: %w", q.resource.Name, err)
	}
	switch {
	case total <= maxCount:
		return total, false, nil
	case total > maxCount+1: // by the size of the table
		return total, true, nil
	case name == dialect.Postgres:
		query, args := q.matching(name).Query()
		planned, err := db.Planned(ctx, query, args...)
		if err != nil {
			return 0, false, fmt.Errorf("estimate the number of %s: %w", q.resource.Name, err)
		}
		return max(planned, total), true, nil
	default:
		return total, true, nil
	}
}

// shown returns the total if the page is known to be the last one: the rows that it skips
// plus its own. With a cursor, the number of rows before the page is not known.
func (q *Query) shown(fetched int) (total int64, ok bool) {
	total = int64(q.offset + fetched)
	last := fetched <= q.size && (fetched > 0 || q.offset == 0)
	return total, last && q.position == nil && total <= maxCount
}

// count returns the statement that counts up to maxCount+1 rows, or returns an estimate
// above that where the size of the table tells that there are more.
//
// For a search, PostgreSQL would conclude from the limit that reading the table soon
// finds enough rows, and would compare text after text. A MATERIALIZED query is planned
// as if all of it was read, so it uses the trigram indexes unless most records match, but
// it still reads no more than is needed.
func (q *Query) count(name string) (query string, args []any) {
	matching := q.matching(name)
	if name == dialect.Postgres && len(q.search) > 0 {
		query, args = matching.Query()
		return fmt.Sprintf("WITH found AS MATERIALIZED (%s) SELECT COUNT(*) FROM (SELECT 1 FROM found LIMIT %d) AS matching",
			query, maxCount+1), args
	}
	query, args = sql.Dialect(name).Select(sql.Count("*")).From(matching.Limit(maxCount + 1).As("matching")).Query()
	if name == dialect.Postgres && q.everything() {
		query = fmt.Sprintf(countOrSize, certain, query, q.resource.Table)
	}
	return query, args
}

// certain is the size of a table, as far as PostgreSQL knows it, that leaves no doubt that
// there are more than maxCount rows.
const certain = 5 * maxCount

// countOrSize is a query that counts, if the size of the table is not above a limit. The
// size is what the planner takes it for: the pages that there are, with as many rows as
// they had at the last VACUUM or ANALYZE.
const countOrSize = `SELECT CASE WHEN size > %d THEN size ELSE (%s) END FROM (
  SELECT (reltuples / NULLIF(relpages, 0) * (pg_relation_size(oid) / current_setting('block_size')::bigint))::bigint AS size
  FROM pg_class WHERE oid = '"%s"'::regclass) AS known`

// everything reports whether the query matches all rows of a table of which nothing is
// deleted, so that its size says how many they are.
func (q *Query) everything() bool {
	conditions := len(q.scopes) + len(q.filters) + len(q.search)
	return conditions == 0 && !q.resource.SoftDelete && !q.resource.Offers(definition.Delete)
}

// matching selects the rows of all pages.
func (q *Query) matching(name string) *sql.Selector {
	b := sql.Dialect(name)
	s := b.SelectExpr(sql.Raw("1")).From(b.Table(q.resource.Table))
	restrict(s, q.conditions(s))
	return s
}

// scan reads the only number in the only row.
func scan(ctx context.Context, db Database, query string, args []any) (n int64, err error) {
	rows, err := db.Rows(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("query: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return 0, errors.Join(stdsql.ErrNoRows, rows.Err())
	}
	err = errors.Join(rows.Scan(&n), rows.Err())
	return n, err
}
