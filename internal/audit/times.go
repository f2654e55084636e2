package audit

import (
	"fmt"
	"time"

	"github.com/storekeeper/storekeeper/ent"
)

// keepTimes converts the times of a mutation to the form in which both databases store
// them: UTC, in microseconds. A schema may say Default(time.Now), and SQLite would store
// the zone and the nanoseconds too, as text that does not sort in the order of time.
func keepTimes(t *ent.AuditedType, m ent.Mutation) error {
	for i := range t.Fields {
		if !t.Fields[i].Time {
			continue
		}
		name := t.Fields[i].Column
		value, _ := m.Field(name)
		at, given := value.(time.Time)
		if !given || at.Location() == time.UTC && at.Nanosecond()%1000 == 0 {
			continue
		}
		if err := m.SetField(name, at.UTC().Truncate(time.Microsecond)); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	}
	return nil
}
