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
type Rename struct {
	Table, Column, To string

	// Resource is what the API now calls the records of a table that is renamed, "" where
	// that is nothing that the trail or a permission would name.
	Resource string
}

var renamePattern = regexp.MustCompile(`^([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?=([a-z][a-z0-9_]*)$`)

// ParseRename parses TABLE.COLUMN=NAME or TABLE=NAME.
func ParseRename(text string) (Rename, error) {
	parts := renamePattern.FindStringSubmatch(text)
	if parts == nil {
		return Rename{}, fmt.Errorf("a renaming is written TABLE.COLUMN=NAME or TABLE=NAME, not %q", text)
	}
	return Rename{Table: parts[1], Column: parts[2], To: parts[3]}, nil
}

// change returns the statement that renames.
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

// mentions are statements for what names the records of a renamed table: the audit trail,
// and the permissions of roles and tokens.
func (r Rename) mentions(name string) []*migrate.Change {
	before := strings.ReplaceAll(r.Table, "_", "-")
	if r.Column != "" || r.Resource == "" || r.Resource == before {
		return nil
	}
	changes := []*migrate.Change{{
		Cmd:     fmt.Sprintf(`UPDATE "audit_entries" SET "resource" = '%s' WHERE "resource" = '%s'`, r.Resource, before),
		Comment: fmt.Sprintf("the audit trail calls %q %q", before, r.Resource),
	}}
	for _, table := range []string{"roles", "api_tokens"} {
		text, document := `"permissions"`, ""
		if name == dialect.Postgres {
			text, document = `"permissions"::text`, "::jsonb"
		}
		changes = append(changes, &migrate.Change{
			Cmd: fmt.Sprintf(`UPDATE "%[1]s" SET "permissions" = replace(%[2]s, '"%[4]s:', '"%[5]s:')%[3]s WHERE %[2]s LIKE '%%"%[4]s:%%'`,
				table, text, document, before, r.Resource),
			Comment: fmt.Sprintf("%s have the permissions of %q for %q", table, before, r.Resource),
		})
	}
	return changes
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
	for _, r := range renames {
		changes = append(changes, r.mentions(s.Dialect())...)
	}
	return changes, nil
}
