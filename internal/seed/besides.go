package seed

import (
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/migrate"
)

// besides are the columns that somebody has added to the schema and that every row needs:
// required ones that neither the named columns nor the database's defaults fill. What
// is in them is made up.
func besides(table string, named []string) ([]*schema.Column, error) {
	t, ok := tableNamed(table)
	if !ok {
		return nil, nil
	}
	return missing(t, named)
}

func tableNamed(name string) (*schema.Table, bool) {
	at := slices.IndexFunc(migrate.Tables, func(t *schema.Table) bool { return t.Name == name })
	if at < 0 {
		return nil, false
	}
	return migrate.Tables[at], true
}

// folded returns which of the columns are texts whose folded texts the table keeps, and where.
func folded(table string, columns []string) (texts []int, in []string) {
	for _, t := range ent.FoldedTexts {
		if at := slices.Index(columns, t.Column); t.Table == table && at >= 0 {
			texts, in = append(texts, at), append(in, t.Folded)
		}
	}
	return texts, in
}

func missing(table *schema.Table, named []string) ([]*schema.Column, error) {
	var columns []*schema.Column
	for _, c := range table.Columns {
		if c.Nullable || c.Default != nil || c.Increment || slices.Contains(named, c.Name) {
			continue
		}
		for _, key := range table.ForeignKeys {
			if slices.Contains(key.Columns, c) {
				return nil, fmt.Errorf("seed: %s.%s has to refer to one of the %s, and nothing says to which: fill it in internal/seed, "+
					"or make the field Optional()", table.Name, c.Name, key.RefTable.Name)
			}
		}
		columns = append(columns, c)
	}
	return columns, nil
}

// madeUp is a value that the column may have, another one for each id where its type has
// as many. It is the same for the same row in every shop.
func madeUp(c *schema.Column, id int64, created any) any {
	const small = 100 // the smallest type of numbers has as many
	switch {
	case c.Type == field.TypeBool:
		return id%2 == 0
	case c.Type == field.TypeTime:
		return created
	case c.Type == field.TypeEnum && len(c.Enums) > 0:
		return c.Enums[int(id)%len(c.Enums)]
	case c.Type == field.TypeJSON:
		return "null" // which every Go type reads
	case c.Type == field.TypeUUID:
		return fmt.Sprintf("00000000-0000-4000-8000-%012d", id)
	case c.Type == field.TypeBytes:
		return []byte{}
	case c.Type.Float():
		return float64(id % small)
	case c.Type == field.TypeInt8, c.Type == field.TypeInt16, c.Type == field.TypeUint8, c.Type == field.TypeUint16:
		return id % small
	case c.Type.Integer():
		return id
	default:
		return words(c, id)
	}
}

// words is a text, or as much of its number as there is room for.
func words(c *schema.Column, id int64) string {
	text := fmt.Sprintf("%s-%d", strings.ReplaceAll(c.Name, "_", "-"), id)
	if c.Size == 0 || int64(len(text)) <= c.Size {
		return text
	}
	digits := fmt.Sprintf("%0*d", c.Size, id)
	return digits[int64(len(digits))-c.Size:]
}
