// Package migration brings databases to the schema of this program, and verifies that
// they have it.
//
// The migrations are SQL files in ent/migrate/migrations, one directory for
// each database, with atlas.sum over their content; they are part of the
// program. Up applies them with Atlas's executor and keeps their history in the
// table of Atlas's own command line, so that either can go on where the other
// stopped. What holds:
//
//   - A file is applied as a whole or not at all, unless it says
//     "-- atlas:txmode none", which PostgreSQL needs for building an index
//     without blocking writers.
//   - Programs that migrate the same database at the same moment wait for each
//     other, and each file is applied once.
//   - Files that were changed since atlas.sum was written are refused, and so
//     is a database to which another content of a file was applied.
//   - On SQLite a table may be rebuilt: foreign keys are not enforced meanwhile,
//     and checked before the file is committed.
//
// Diff writes the next migration of both databases from the ent schema. Verify
// compares the schema, the migrations, the SQL in ent/migrate/desired and a
// live database with each other.
package migration
