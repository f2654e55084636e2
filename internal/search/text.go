package search

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/pattern"
	"github.com/storekeeper/storekeeper/internal/store"
)

const (
	// The numbers of the latest records that are read one by one where no index helps: on
	// PostgreSQL for texts too short for trigrams, on SQLite for any text.
	newestPostgres = 10_000
	newestSQLite   = 100_000
	// ranked is how many records that contain a text PostgreSQL ranks to find the best.
	ranked = 300
	// When more than ranked records contain the text, those whose keys begin with it are
	// searched among the latest records. This is how many: beginning, or beginningShort for a
	// text that is too short for trigrams.
	beginning      = 5_000
	beginningShort = 2_000
)

// table is a table to search, with the column that identifies a record. The other column
// that is searched is its name_folded.
type table struct{ resource, key string }

// row is a record with its texts.
type row struct {
	id                int64
	key, name, folded string
}

func (t table) find(ctx context.Context, client *ent.Client, text string, limit int) ([]Hit, error) {
	b := &builder{table: t, dialect: client.Dialect()}
	if b.dialect == dialect.Postgres {
		b.postgres(text, limit)
	} else {
		b.sqlite(text, limit)
	}
	hits, err := b.hits(ctx, client, text)
	words := strings.Fields(text)
	if err != nil || len(words) < 2 || len(hits) >= limit {
		return hits, err
	}
	b = &builder{table: t, dialect: client.Dialect()}
	b.words(words, limit)
	scattered, err := b.hits(ctx, client, text)
	for i := range scattered {
		scattered[i].Rank = Words
	}
	return append(hits, scattered...), err
}

func query(ctx context.Context, client *ent.Client, text string, args ...any) ([]row, error) {
	read := func(rows *sql.Rows, r *row) error { return rows.Scan(&r.id, &r.key, &r.name, &r.folded) }
	return store.All(store.Replan(ctx), client, read, text, args...)
}

// builder builds a statement of several searches, each with its own limit. A search may
// find the same records as an earlier one, so its limit must leave room for them.
type builder struct {
	table

	dialect string
	with    string // WITH clause that the parts share
	parts   []string
	args    []any
}

// hits returns what the statement finds, the best first.
func (b *builder) hits(ctx context.Context, client *ent.Client, text string) ([]Hit, error) {
	rows, err := query(ctx, client, b.with+strings.Join(b.parts, " UNION ALL "), b.args...)
	if err != nil {
		return nil, err
	}
	hits, sought, words := make([]Hit, len(rows)), fold.Text(text), strings.Fields(strings.ToLower(text))
	for i, r := range rows {
		hits[i] = Hit{
			Resource: b.resource, ID: r.id, Title: r.name, Subtitle: r.key,
			Rank: rank(text, sought, r.key, r.folded), accents: accents(words, r.key, r.name),
		}
	}
	return best(hits), nil
}

func (b *builder) arg(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

// add adds a search among all records.
func (b *builder) add(condition string, limit int) {
	b.addFrom(b.resource, condition+" AND deleted_at IS NULL", limit)
}

// addNewest adds a search among the latest records, which are read one by one. A range of
// ids is the fastest way to read them in SQLite, but PostgreSQL's planner cannot tell its
// size.
func (b *builder) addNewest(newest int, condition string, limit int) {
	if b.dialect != dialect.Postgres {
		b.add(fmt.Sprintf("id > (SELECT MAX(id) FROM %s) - %d AND %s", b.resource, newest, condition), limit)
		return
	}
	b.addFrom(b.newest(newest), condition, limit)
}

// newest returns a table of the latest records, for PostgreSQL.
func (b *builder) newest(n int) string {
	return fmt.Sprintf("(SELECT id, %s, name, %s, deleted_at FROM %s WHERE deleted_at IS NULL ORDER BY id DESC LIMIT %d) AS newest",
		b.key, folded, b.resource, n)
}

func (b *builder) addFrom(from, condition string, limit int) {
	b.parts = append(b.parts, fmt.Sprintf(
		"SELECT id, key, name, %[2]s FROM (SELECT id, %[1]s AS key, name, %[2]s FROM %[3]s WHERE %[4]s LIMIT %[5]d) AS part%[6]d",
		b.key, folded, from, condition, limit, len(b.parts)))
}

// is returns the condition that the column matches.
func (b *builder) is(column string, m pattern.Match) string {
	return column + m.Operator + b.arg(m.Pattern) + m.Escape
}

// contains returns the condition that key or name contain the text.
func (b *builder) contains(text string) string {
	return "(" + b.is(b.key, pattern.Contains(b.dialect, text)) + " OR " + b.is(folded, pattern.ContainsFolded(b.dialect, text)) + ")"
}

// folded is the column with the fold.Text of the name.
const folded = "name" + fold.Suffix

// postgres uses the trigram indexes if the text has whole trigrams: the trigrams of
// shorter texts, which include the blank before a word, may be in every record. Records
// that equal the text or begin with it are among those that contain it, unless there are
// too many of these to rank. So it looks names up that begin with the text, by the index of
// their order, and keys by the usual ways to write the text, and in that case also among the
// latest records: a trigram index must find all records with the right trigrams, in any
// order, before it can tell which begin with the text.
func (b *builder) postgres(text string, limit int) {
	b.add(b.key+" = ANY("+b.arg(variants(text))+")", limit)
	b.addRange(folded, fold.Text(text), 2*limit)
	from, most, among := b.resource, ranked, beginning
	if wordChars(fold.Text(text)) < 3 {
		from, most, among = b.newest(newestPostgres), 2*limit, beginningShort
	}
	b.with = fmt.Sprintf("WITH found AS MATERIALIZED (SELECT id, %s, name, %s FROM %s WHERE %s AND deleted_at IS NULL LIMIT %d) ",
		b.key, folded, from, b.contains(text), most)
	b.addFrom("found", "true", most)
	b.addNewest(among, fmt.Sprintf("(SELECT COUNT(*) FROM found) = %d AND %s", most, b.is(b.key, pattern.Begins(b.dialect, text))), 2*limit)
}

// sqlite finds the usual ways to write the text by index, and others among the latest
// records.
func (b *builder) sqlite(text string, limit int) {
	for _, v := range variants(text) {
		b.add(b.key+" = "+b.arg(v), limit)
	}
	for _, v := range variants(text) {
		b.addRange(b.key, v, 2*limit)
	}
	b.addRange(folded, fold.Text(text), 2*limit)
	b.addNewest(newestSQLite, b.contains(text), len(b.parts)*limit)
}

// addRange adds a search by an index for what begins with the text as it is. PostgreSQL
// uses the index for the sake of the order: without one it would conclude from the limit
// that reading the table soon finds enough.
func (b *builder) addRange(column, text string, limit int) {
	b.addFrom(b.resource, fmt.Sprintf("%[1]s >= %[2]s AND %[1]s < %[3]s AND deleted_at IS NULL ORDER BY %[1]s",
		column, b.arg(text), b.arg(text+string(rune(unicode.MaxRune)))), limit)
}

// words finds names that have all the words, in any order.
func (b *builder) words(words []string, limit int) {
	conditions := make([]string, len(words))
	longest := 0
	for i, word := range words {
		conditions[i] = b.is(folded, pattern.ContainsFolded(b.dialect, word))
		longest = max(longest, wordChars(fold.Text(word)))
	}
	b.matching(strings.Join(conditions, " AND "), longest >= 3, limit)
}

// matching finds records that meet a condition. The argument trigrams says whether an index
// can serve it. PostgreSQL plans a MATERIALIZED query as if all of it was read, and so uses
// the trigram index where the limit would otherwise make it read the table. Without
// trigrams, and on SQLite, it searches the latest records.
func (b *builder) matching(condition string, trigrams bool, limit int) {
	switch {
	case b.dialect != dialect.Postgres:
		b.addNewest(newestSQLite, condition, 2*limit)
	case !trigrams:
		b.addNewest(newestPostgres, condition, 2*limit)
	default:
		b.with = fmt.Sprintf("WITH found AS MATERIALIZED (SELECT id, %s, name, %s FROM %s WHERE %s AND deleted_at IS NULL) ",
			b.key, folded, b.resource, condition)
		b.addFrom("found", "true", ranked)
	}
}
