// Package invariant holds the rules of the shop as ent hooks and interceptors, which
// ent/schema attaches to the entities. They apply to every write through the generated
// client.
//
// A rule that needs the old values refuses bulk updates, because these do not provide them.
// A rule that needs several statements refuses to run outside a transaction and never
// begins one. If its first write must not remain when a later one fails, it uses a
// savepoint. SELECT … FOR UPDATE is used on PostgreSQL only: on SQLite, transactions that
// write run one after another.
//
// Lint forbids what hooks cannot see (ent's Modify and ExecContext, and SQL that bypasses
// ent) everywhere except in the ledger and in bulk loading. CHECK, UNIQUE and FOREIGN KEY
// constraints back the rules.
package invariant
