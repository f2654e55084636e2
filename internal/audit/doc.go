// Package audit is the trail of who did what. Hooks of the ent client write an AuditEntry
// for every change of a record, in the same transaction.
//
// # What is recorded
//
// Every entity is recorded, unless its schema has the annotation admin.Unaudited with a
// reason. So a new entity is in the trail without further code. ent.AuditedTypes and
// ent.UnauditedTypes list both kinds.
//
//   - What people edit: categories, products, customers, cart lines, staff, roles and
//     tokens, as create, update, delete and restore, with every field whose value changed.
//     There is one entry for each record, for bulk writes too. Fields that the program
//     maintains itself (admin.Untracked, such as the version) are left out, and so is an
//     update of nothing else.
//   - Orders, by operation: checkout (with the lines bought), transition, cancel, note,
//     return, address.
//   - Stock that a person moves, as an operation on the product: stock-adjust,
//     stock-receive, stock-count.
//   - Operations on an account that are no change of a field: invite, reset-password,
//     end-session.
//
// What is itself a record of events is not recorded. Order items and the movements of sales
// and cancellations are part of the entry of their order; the ledger and the timelines can
// be read where they are. Stored answers to requests and similar rows belong to the
// program. What a checkout takes out of a cart is in the entry of the checkout. Bulk
// loading (seed, copy) bypasses the hooks and is not recorded.
//
// Fields that are Sensitive() or hidden are secrets: the trail records that they were set,
// but not the value.
//
// # How
//
// Hook is in the first mixin of every entity, around all other hooks, so that what these
// refuse is not recorded. The fields are read after all of them have run, from the UPDATE
// that ent is about to send (ent.WithUpdateSeer). So they are what is stored, and a
// deletion that became an update is recorded as a deletion. On PostgreSQL the entries are
// part of that UPDATE and cost no round trip (see rider). Everything needs a transaction,
// and is refused without one.
//
// As names the operation of the writes in a context. Record writes an entry for an
// operation that writes to no audited entity.
package audit
