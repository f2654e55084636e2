// Package schema defines the entities of the shop. It is the single source of the client,
// the migrations, the API and the admin screens.
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/index"
)

// trigram is a GIN index that serves substring search (ILIKE) on PostgreSQL;
// the first migration creates the extension pg_trgm. SQLite gets a plain index
// under the same name.
func trigram(name, column string) ent.Index {
	return index.Fields(column).StorageKey(name).Annotations(trigrams()...)
}

// trigrams make an index one for substring search.
func trigrams() []schema.Annotation {
	return []schema.Annotation{
		entsql.IndexTypes(map[string]string{"postgres": "GIN"}),
		entsql.OpClass("gin_trgm_ops"),
	}
}

// counted is an index on a field in which many records may have the same value. It also
// holds the time of deletion, so that records that are not deleted are counted without
// reading the table.
func counted(column string) ent.Index {
	return index.Fields(column, "id", "deleted_at")
}
