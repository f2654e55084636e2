package store

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
)

// KnowsLetters reports whether the database ignores the case of every letter, as searches
// for SKUs need. PostgreSQL follows the LC_CTYPE of the database: C only knows the letters
// of ASCII, and a Turkish locale treats I and i as different letters.
func (db *DB) KnowsLetters(ctx context.Context) (knows bool, err error) {
	if db.dialect != dialect.Postgres {
		return true, nil
	}
	if err := db.read.QueryRowContext(ctx, "SELECT 'ÉЖI' ILIKE 'éжi'").Scan(&knows); err != nil {
		return false, fmt.Errorf("ask whether the database knows letters: %w", err)
	}
	return knows, nil
}
