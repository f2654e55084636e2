package migration

import (
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
	"entgo.io/ent/dialect"
)

// warnAbout returns warnings about changes that a person should check before they are
// applied to a database of the named dialect.
func warnAbout(name string, changes []schema.Change) []string {
	warnings := []string{}
	for _, change := range changes {
		switch change := change.(type) {
		case *schema.DropTable:
			warnings = append(warnings, fmt.Sprintf("drops the table %s with all its rows: "+
				"where only its name is another one, say so by --rename %[1]s=NAME", change.T.Name))
		case *schema.ModifyTable:
			for _, inner := range change.Changes {
				warnings = append(warnings, warnAboutColumn(name, change.T, inner)...)
				warnings = append(warnings, warnAboutIndex(change, inner)...)
			}
		}
	}
	return warnings
}

func warnAboutColumn(name string, table *schema.Table, change schema.Change) []string {
	switch change := change.(type) {
	case *schema.DropColumn:
		return []string{fmt.Sprintf("drops the column %s.%s with its values: "+
			"where only its name is another one, say so by --rename %[1]s.%[2]s=NAME", table.Name, change.C.Name)}
	case *schema.AddColumn:
		if !change.C.Type.Null && change.C.Default == nil {
			return []string{fmt.Sprintf("adds the required column %s.%s without a default: fails if the table has rows; "+
				"entsql.Default says what they get", table.Name, change.C.Name)}
		}
	case *schema.ModifyColumn:
		var warnings []string
		filled := name == dialect.SQLite && change.To.Default != nil // the copied table gets it in place of null
		if change.Change.Is(schema.ChangeNull) && !change.To.Type.Null && !filled {
			warnings = append(warnings, fmt.Sprintf("makes the column %s.%s required: fails if a row has no value there",
				table.Name, change.To.Name))
		}
		if change.Change.Is(schema.ChangeType) {
			warnings = append(warnings, warnAboutType(table, change)...)
		}
		return warnings
	}
	return nil
}

// warnAboutType warns of a type that cannot hold every value of the previous one.
// PostgreSQL may round such values or fail; SQLite may keep values that cannot be read any
// more. Only PostgreSQL limits the length of a text, so SQLite may have no migration to
// warn of.
func warnAboutType(table *schema.Table, change *schema.ModifyColumn) []string {
	after, text := change.To.Type.Type.(*schema.StringType)
	before, was := change.From.Type.Type.(*schema.StringType)
	switch {
	case !text || !was:
		return []string{fmt.Sprintf("changes the type of the column %s.%s: see what becomes of its values", table.Name, change.To.Name)}
	case after.Size == 0 || before.Size > 0 && before.Size <= after.Size:
		return nil
	default:
		return []string{fmt.Sprintf("shortens the column %s.%s to %d characters: fails if a row has more, and SQLite keeps them: "+
			"see for both what becomes of them", table.Name, change.To.Name, after.Size)}
	}
}

func warnAboutIndex(in *schema.ModifyTable, change schema.Change) []string {
	var index *schema.Index
	switch change := change.(type) {
	case *schema.AddIndex:
		index = change.I
	case *schema.ModifyIndex:
		if change.Change.Is(schema.ChangeUnique) {
			index = change.To
		}
	}
	if index == nil || !index.Unique || startsEmpty(in, index) || replaces(in, index) {
		return nil
	}
	return []string{fmt.Sprintf("adds the unique index %s to the table %s: fails if two rows have the same values there",
		index.Name, in.T.Name)}
}

// replaces reports whether the index only has another name than one that goes, as it does
// where a column or its table was renamed.
func replaces(in *schema.ModifyTable, index *schema.Index) bool {
	return slices.ContainsFunc(in.Changes, func(change schema.Change) bool {
		dropped, ok := change.(*schema.DropIndex)
		return ok && dropped.I.Unique && condition(dropped.I) == condition(index) &&
			slices.EqualFunc(dropped.I.Parts, index.Parts, func(a, b *schema.IndexPart) bool {
				return a.C != nil && b.C != nil && a.C.Name == b.C.Name
			})
	})
}

// condition is that of a partial index, without the parentheses that PostgreSQL adds.
func condition(index *schema.Index) string {
	for _, attr := range index.Attrs {
		switch a := attr.(type) {
		case *postgres.IndexPredicate:
			return strings.Trim(a.P, "()")
		case *sqlite.IndexPredicate:
			return strings.Trim(a.P, "()")
		}
	}
	return ""
}

// startsEmpty reports whether a column of the index is new, and so null in all rows.
func startsEmpty(in *schema.ModifyTable, index *schema.Index) bool {
	return slices.ContainsFunc(in.Changes, func(change schema.Change) bool {
		added, ok := change.(*schema.AddColumn)
		return ok && added.C.Type.Null && added.C.Default == nil &&
			slices.ContainsFunc(index.Parts, func(part *schema.IndexPart) bool { return part.C != nil && part.C.Name == added.C.Name })
	})
}
