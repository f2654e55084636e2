package report

import (
	"fmt"
	"time"
)

// moment scans a time from an aggregate, for which SQLite does not report the type.
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
		return err //nolint:wrapcheck // the cause is clear
	default:
		return fmt.Errorf("expected a time, got %T", value)
	}
}
