// Package transfer copies a whole shop from one database to another: from SQLite to
// PostgreSQL when it outgrows a file, back, or between two databases of one kind.
//
// It reads the source in one snapshot and writes the target in one transaction, bypassing
// hooks. It takes tables and columns from the generated schema, so new entities are copied
// without a change here. Ids stay the same, and new ids continue after those of the source.
//
// Before it commits, it reads back what it wrote and compares a digest of each table with
// that of the source. `storekeeper reconcile` on the target proves that the books still
// agree.
package transfer
