// Package invariant holds the rules of the shop as bodies of ent hooks and
// interceptors, which ent/schema attaches to the entities. They hold on every
// write through the generated client, whoever writes.
//
// A rule that needs the old values refuses bulk updates, which cannot see them.
// A rule that needs several statements refuses to work outside a transaction
// and never opens one; where its first write must not stay without the others,
// they stand under a savepoint. SELECT … FOR UPDATE is for PostgreSQL alone:
// SQLite's transactions are immediate, hence one after another.
//
// What hooks cannot see (ent's Modify and ExecContext, and SQL past ent) is
// forbidden by lint outside the ledger and bulk loading, and CHECK, UNIQUE and
// FOREIGN KEY constraints stand behind.
package invariant
