// Package audit is the trail of who did what: it writes an AuditEntry for every
// change of a record, in the same transaction, by hooks of the ent client.
//
// # What is recorded
//
// Every entity is, unless its schema is annotated with admin.Unaudited and says
// why: an entity that is added later is in the trail without a line of code.
// ent.AuditedTypes and ent.UnauditedTypes list both kinds.
//
//   - What people edit: categories, products, customers, cart lines, and the
//     staff with its roles and tokens, as create, update, delete and restore,
//     with every field that has another value afterwards. One entry a record,
//     also of bulk writes. Time of the last edit, version and other fields that
//     the program keeps by itself (admin.Untracked) are left out, and so is an
//     update of nothing else.
//   - Orders, by the operation: checkout (with the lines bought), transition,
//     cancel, note, return, address.
//   - Stock that a person moves, as an operation on the product: stock-adjust,
//     stock-receive, stock-count.
//   - What is done to an account beside its fields: invite, reset-password,
//     end-session.
//
// What is a trail itself is not told twice: order items and the movements of
// sales and cancellations stand in the entry of their order, and those of the
// ledger and of the timeline can be read where they are. Remembered answers and
// the like are the program's own. What a checkout takes out of a cart is in the
// entry of the checkout. Bulk loading (seed, copy) writes past the hooks and is
// not recorded.
//
// Fields that are Sensitive() or hidden are secrets: the trail says that they
// were set and never to what.
//
// # How
//
// Hook is in the first mixin of every entity, around all other hooks: what they
// refuse is not recorded. The fields are read where all of them have run, from
// the UPDATE that ent is about to make (ent.WithUpdateSeer), so that they are
// what is stored: a deletion that became an update is recorded as the deletion
// that it is. On PostgreSQL the entries are part of that UPDATE and cost no round
// trip (see rider). Everything needs a transaction, and is refused without one.
//
// As gives the writes of an operation its name, Record writes an entry for an
// operation that is no write.
package audit
