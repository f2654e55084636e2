// Package transfer copies a whole shop from one database to another: from SQLite
// to PostgreSQL when it outgrows a file, back, or between two of a kind.
//
// It reads the source in one snapshot and writes the target in one transaction,
// past the hooks. It knows tables and columns from the generated schema, so that
// an entity that is added later is copied without a change here. Ids stay what
// they are, and new ones go on where the source's would have.
//
// Before it commits it reads back what it wrote and compares it with what it
// read, row by row, through a digest of each table. `storekeeper reconcile` on
// the target is the proof that the books still agree.
package transfer
