package adminapi

import (
	"strings"

	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// leading returns the columns by which an index of the table finds and orders rows: the
// primary key, unique columns and the first column of every B-tree. It derives them from
// the indexes themselves, so that a field is called fast only as long as its index
// exists. Indexes of other kinds, such as trigrams, do not count, because they do not
// order rows; nor do partial ones, unless they leave out only deleted rows, as lists do.
func leading(node *gen.Type, softDelete bool) map[string]bool {
	columns := map[string]bool{node.ID.StorageKey(): true}
	for _, f := range node.Fields {
		if f.Unique {
			columns[f.StorageKey()] = true
		}
	}
	for _, index := range node.Indexes {
		if len(index.Columns) > 0 && ordered(index, softDelete) {
			columns[index.Columns[0]] = true
		}
	}
	return columns
}

// naturalKey returns the required text field that is unique among records that are not
// deleted, by which people tell them apart. It returns "" when there is none or more than
// one. Fields that cannot be sorted by do not count, such as UUIDs: their values cannot be
// read from a record by name.
func naturalKey(e *entity, node *gen.Type) string {
	unique := map[string]bool{}
	for _, f := range node.Fields {
		unique[f.StorageKey()] = f.Unique
	}
	for _, index := range node.Indexes {
		if index.Unique && len(index.Columns) == 1 && ordered(index, e.SoftDelete) {
			unique[index.Columns[0]] = true
		}
	}
	keys := e.filter(func(m *member) bool {
		return unique[m.Column] && m.Required && m.Sortable && m.Type == definition.String
	})
	if len(keys) != 1 {
		return ""
	}
	return keys[0].Name
}

// ordered reports whether the index orders the rows of lists.
func ordered(index *gen.Index, softDelete bool) bool {
	a, annotated, err := annotation[entsql.IndexAnnotation](index.Annotations, entsql.IndexAnnotation{}.Name())
	if err != nil || !annotated {
		return err == nil
	}
	for _, kind := range a.Types {
		if !btree(kind) {
			return false
		}
	}
	if !btree(a.Type) || a.OpClass != "" || len(a.OpClassColumns) > 0 {
		return false
	}
	return a.Where == "" || softDelete && a.Where == deletedAt+" IS NULL"
}

func btree(kind string) bool { return kind == "" || strings.EqualFold(kind, "btree") }
