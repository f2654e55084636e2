package listquery

// Seal makes a cursor with a right checksum of any bytes, as a forger could.
func Seal(q *Query, values []byte) string {
	return q.seal(append(make([]byte, headerSize), values...))
}

// Position is where the query's page begins, as arguments of the SQL.
func Position(q *Query) []any { return q.position }

// MaxCount is the largest total that is counted.
const MaxCount = maxCount
