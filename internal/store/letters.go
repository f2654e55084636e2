package store

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
)

// KnowsLetters reports whether the database takes the capital and the small form of any
// letter for one, as searches need. PostgreSQL goes by the LC_CTYPE of the database: C
// knows the letters of ASCII alone, and a Turkish one takes I and i for two.
func (db *DB) KnowsLetters(ctx context.Context) (knows bool, err error) {
	if db.dialect != dialect.Postgres {
		return true, nil
	}
	if err := db.read.QueryRowContext(ctx, "SELECT 'ÉЖI' ILIKE 'éжi'").Scan(&knows); err != nil {
		return false, fmt.Errorf("ask whether the database knows letters: %w", err)
	}
	return knows, nil
}
