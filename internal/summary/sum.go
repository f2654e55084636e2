package summary

import (
	"fmt"

	"entgo.io/ent/dialect"
)

// Unknown is the value of a sum that once reached this size. It stays unknown, even when
// something is taken away later, until the summaries are rebuilt; reports read the orders
// instead. Twice this size still fits an int64.
const Unknown int64 = 1<<62 - 1

// Exact is the SQL for the sum of amounts, which may be negative. On PostgreSQL it is a
// numeric. SQLite adds up two halves, so that no int64 is rounded and nothing overflows.
func Exact(name, amount string) string {
	if name == dialect.Postgres {
		return "SUM(" + amount + ")"
	}
	return fmt.Sprintf("(SUM((%[1]s) / 1000000000) * 1000000000 + SUM((%[1]s) %% 1000000000))", amount)
}

// Sum is the SQL for the sum of amounts, or Unknown.
func Sum(name, amount string) string {
	return fmt.Sprintf("CASE WHEN MAX(ABS(%[1]s)) >= %[2]d OR ABS(%[3]s) >= %[2]d THEN %[2]d ELSE CAST(%[3]s AS bigint) END",
		amount, Unknown, Exact(name, amount))
}

// grown is the SQL for the revenue in a table after an addition.
func grown(table string) string {
	return fmt.Sprintf("CASE WHEN %[1]s.revenue = %[2]d OR excluded.revenue = %[2]d OR ABS(%[1]s.revenue + excluded.revenue) >= %[2]d"+
		" THEN %[2]d ELSE %[1]s.revenue + excluded.revenue END", table, Unknown)
}

// revenue is the SQL for the revenue of rows of parts.
func (s statements) revenue() string { return Sum(s.dialect, "revenue") }

// differ is the condition on parts, some of them negative, that the sum of their revenues
// is not zero, as far as it is known.
func (s statements) differ() string {
	return fmt.Sprintf("%s <> 0 AND MAX(ABS(revenue)) < %d", Exact(s.dialect, "revenue"), Unknown)
}
