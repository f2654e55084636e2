package migration

import (
	"fmt"

	"ariga.io/atlas/sql/schema"
)

// warnAbout says what a person should look at before the changes are applied.
func warnAbout(changes []schema.Change) []string {
	warnings := []string{}
	for _, change := range changes {
		switch change := change.(type) {
		case *schema.DropTable:
			warnings = append(warnings, fmt.Sprintf("drops the table %s with all its rows", change.T.Name))
		case *schema.ModifyTable:
			for _, inner := range change.Changes {
				warnings = append(warnings, warnAboutColumn(change.T, inner)...)
			}
		}
	}
	return warnings
}

func warnAboutColumn(table *schema.Table, change schema.Change) []string {
	switch change := change.(type) {
	case *schema.DropColumn:
		return []string{fmt.Sprintf("drops the column %s.%s with its values", table.Name, change.C.Name)}
	case *schema.AddColumn:
		if !change.C.Type.Null && change.C.Default == nil {
			return []string{fmt.Sprintf("adds the required column %s.%s without a default: fails if the table has rows",
				table.Name, change.C.Name)}
		}
	case *schema.ModifyColumn:
		if change.Change.Is(schema.ChangeNull) && !change.To.Type.Null {
			return []string{fmt.Sprintf("makes the column %s.%s required: fails if a row has no value there",
				table.Name, change.To.Name)}
		}
	}
	return nil
}
