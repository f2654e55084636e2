package listquery

// Seal makes a cursor with a correct checksum from any bytes, as a forger could.
func Seal(q *Query, values []byte) string {
	return q.seal(append(make([]byte, headerSize), values...))
}

// Position returns the position at which the query's page begins, as arguments of the
// SQL.
func Position(q *Query) []any { return q.position }

// MaxCount is the largest total that is counted.
const MaxCount = maxCount
