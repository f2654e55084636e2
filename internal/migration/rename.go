package migration

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
)

// Rename is a column, or a table when Column is empty, that has another name in the
// schema than in the migrations. A diff alone sees something that goes, with its values,
// and something else that comes.
type Rename struct{ Table, Column, To string }

var renamePattern = regexp.MustCompile(`^([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?=([a-z][a-z0-9_]*)$`)

// ParseRename reads TABLE.COLUMN=NAME or TABLE=NAME.
func ParseRename(text string) (Rename, error) {
	parts := renamePattern.FindStringSubmatch(text)
	if parts == nil {
		return Rename{}, fmt.Errorf("a renaming is written TABLE.COLUMN=NAME or TABLE=NAME, not %q", text)
	}
	return Rename{Table: parts[1], Column: parts[2], To: parts[3]}, nil
}

// change is the statement that renames.
func (r Rename) change(name string) *migrate.Change {
	c := &migrate.Change{
		Cmd:     fmt.Sprintf(`ALTER TABLE %q RENAME TO %q`, r.Table, r.To),
		Comment: fmt.Sprintf(`rename %q table to %q`, r.Table, r.To),
	}
	if r.Column != "" {
		c.Cmd = fmt.Sprintf(`ALTER TABLE %q RENAME COLUMN %q TO %q`, r.Table, r.Column, r.To)
		c.Comment = fmt.Sprintf(`rename column %q of table %q to %q`, r.Column, r.Table, r.To)
	}
	if name == dialect.SQLite {
		c.Cmd = strings.ReplaceAll(c.Cmd, `"`, "`")
	}
	return c
}

// rename renames in the scratch database, so that the diff finds what has another name
// already, and returns the statements.
func (s *scratch) rename(ctx context.Context, renames []Rename) ([]*migrate.Change, error) {
	var changes []*migrate.Change
	for _, r := range renames {
		c := r.change(s.Dialect())
		if _, err := s.SQL().ExecContext(ctx, c.Cmd); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Comment, err)
		}
		changes = append(changes, c)
	}
	return changes, nil
}
