package migration

import (
	"fmt"
	"strings"

	"ariga.io/atlas/sql/schema"
)

// describeChanges describes the differences between the tables of the place and the schema.
// The changes would turn the first into the second.
func describeChanges(changes []schema.Change, place string) []Problem {
	var problems []Problem
	for _, change := range changes {
		switch change := change.(type) {
		case *schema.AddTable:
			problems = append(problems, Problem{Table: change.T.Name, Text: missingFrom(place, "table "+change.T.Name)})
		case *schema.DropTable:
			problems = append(problems, Problem{Table: change.T.Name, Text: unknownIn(place, "table "+change.T.Name)})
		case *schema.ModifyTable:
			for _, inner := range change.Changes {
				problems = append(problems, describeInTable(change.T.Name, inner, place))
			}
		default:
			problems = append(problems, Problem{Text: fmt.Sprintf("%s differs from the schema: %T", place, change)})
		}
	}
	return problems
}

func missingFrom(place, thing string) string {
	return fmt.Sprintf("%s is missing from %s", thing, place)
}

func unknownIn(place, thing string) string {
	return fmt.Sprintf("%s is in %s, but not in the schema", thing, place)
}

func describeInTable(table string, change schema.Change, place string) Problem {
	column := func(name, format string, args ...any) Problem {
		return Problem{Table: table, Column: name, Text: fmt.Sprintf(format, args...)}
	}
	switch change := change.(type) {
	case *schema.AddColumn:
		return column(change.C.Name, "%s", missingFrom(place, "column "+table+"."+change.C.Name))
	case *schema.DropColumn:
		return column(change.C.Name, "%s", unknownIn(place, "column "+table+"."+change.C.Name))
	case *schema.ModifyColumn:
		return column(change.To.Name, "column %s.%s is %s in %s, but %s in the schema",
			table, change.To.Name, describeColumn(change.From), place, describeColumn(change.To))
	default:
		return Problem{Table: table, Text: describePart(table, change, place)}
	}
}

func describeColumn(c *schema.Column) string {
	words := []string{c.Type.Raw, "NOT NULL"}
	if c.Type.Null {
		words[1] = "NULL"
	}
	if name := collation(c); name != "" {
		words = append(words, "COLLATE "+name)
	}
	switch value := c.Default.(type) {
	case *schema.Literal:
		words = append(words, "DEFAULT "+value.V)
	case *schema.RawExpr:
		words = append(words, "DEFAULT "+value.X)
	}
	return strings.Join(words, " ")
}

// describePart describes a change of something that belongs to a table, but not to a
// single column.
func describePart(table string, change schema.Change, place string) string {
	of := func(kind, name string) string { return fmt.Sprintf("%s %s of table %s", kind, name, table) }
	differs := func(thing string) string { return fmt.Sprintf("%s differs between %s and the schema", thing, place) }
	switch change := change.(type) {
	case *schema.AddIndex:
		return missingFrom(place, of("index", change.I.Name))
	case *schema.DropIndex:
		return unknownIn(place, of("index", change.I.Name))
	case *schema.ModifyIndex:
		return differs(of("index", change.To.Name))
	case *schema.AddForeignKey:
		return missingFrom(place, of("foreign key", change.F.Symbol))
	case *schema.DropForeignKey:
		return unknownIn(place, of("foreign key", change.F.Symbol))
	case *schema.ModifyForeignKey:
		return differs(of("foreign key", change.To.Symbol))
	case *schema.AddCheck:
		return missingFrom(place, of("check", change.C.Name))
	case *schema.DropCheck:
		return unknownIn(place, of("check", change.C.Name))
	case *schema.ModifyCheck:
		return differs(of("check", change.To.Name))
	case *schema.AddPrimaryKey, *schema.DropPrimaryKey, *schema.ModifyPrimaryKey:
		return differs("the primary key of table " + table)
	default:
		return differs("table " + table)
	}
}
