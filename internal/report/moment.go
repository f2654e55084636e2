package report

import (
	"fmt"
	"time"
)

// moment reads a time that an aggregate found, of which SQLite forgets that it
// is one.
type moment struct{ time.Time }

// Scan implements sql.Scanner.
func (m *moment) Scan(value any) error {
	switch v := value.(type) {
	case time.Time:
		m.Time = v.UTC()
		return nil
	case string:
		t, err := time.Parse(written, v)
		m.Time = t.UTC()
		return err //nolint:wrapcheck // says it all
	default:
		return fmt.Errorf("expected a time, got %T", value)
	}
}
