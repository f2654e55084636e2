// Package migration brings databases to the schema of this program, and verifies that they
// have it.
//
// The migrations are SQL files in ent/migrate/migrations, one directory for each database,
// with checksums in atlas.sum. They are embedded in the program. Up applies them with
// Atlas's executor and records them in the table that Atlas's command line uses, so that
// either can continue where the other stopped. It guarantees:
//
//   - A file is applied completely or not at all, unless it contains "-- atlas:txmode
//     none", which PostgreSQL needs for building an index without blocking writers.
//   - Programs that migrate one database at the same time wait for each other, and each
//     file is applied once.
//   - Files that were changed after atlas.sum was written are refused, and so is a database
//     on which another content of a file was applied.
//   - On SQLite a table may be rebuilt: foreign keys are not enforced meanwhile, and are
//     checked before the file is committed.
//
// Diff writes the next migration of both databases from the ent schema. Verify compares the
// schema, the migrations, the SQL in ent/migrate/desired and a live database with each
// other.
package migration
