package personal

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/auditentry"
	"github.com/storekeeper/storekeeper/ent/cartitem"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/ent/inventorymovement"
	"github.com/storekeeper/storekeeper/ent/order"
	"github.com/storekeeper/storekeeper/ent/orderevent"
	"github.com/storekeeper/storekeeper/ent/orderitem"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/stock"
)

// The texts that replace personal data.
const (
	erasedName = "Erased customer"
	erasedText = "[erased]"
)

// erasedEmails matches the addresses that replace those of customers. Nobody can have
// such an address (RFC 2606).
var erasedEmails = regexp.MustCompile(`^erased-\d+-[a-z2-7]+@erased\.invalid$`)

// erasedEmail returns the address that replaces a customer's own. It is partly random, so
// that nobody can have entered it before.
func erasedEmail(c *ent.Customer) string {
	if erasedEmails.MatchString(c.Email) {
		return c.Email
	}
	return fmt.Sprintf("erased-%d-%s@erased.invalid", c.ID, strings.ToLower(rand.Text()))
}

// Erased is the result of an erasure.
type Erased struct {
	// Customer is the record after the erasure.
	Customer *ent.Customer
	// Email is the address that the customer had before.
	Email string
}

// Erase removes a customer's personal data from the shop. The customer may be deleted; the
// record remains, and stays deleted or not. Erasing again only removes what was added
// since. Errors: KindNotFound, KindForbidden; KindConflict with the orders that are not
// finished, because somebody has to know where to send them.
//
// A simultaneous checkout is either seen or refused. First the customer is locked against
// additions to the cart. Then the cart is emptied, which waits for a checkout that has
// claimed it. Open orders are looked up only after that, by a statement that begins later.
// A later checkout finds the cart empty. The orders are locked before they are read: a
// simultaneous note or transition either commits first, and is erased together with its
// audit entry, or comes later, like an edit of the customer.
func Erase(ctx context.Context, tx *ent.Client, id int64) (*Erased, error) {
	ctx, err := access.Allow(invariant.WithDeleted(ctx), access.CustomersErase)
	if err != nil {
		return nil, err
	}
	before, err := tx.Customer.Query().Where(customer.ID(id), invariant.Exclusive).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, shop.NotFound("customer", id)
	}
	if err != nil {
		return nil, fmt.Errorf("lock the customer: %w", err)
	}
	lines, err := tx.CartItem.Delete().Where(cartitem.CustomerID(id)).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("empty the cart: %w", err)
	}
	out := &Erased{Email: before.Email}
	orderIDs, err := tx.Order.Query().Where(order.CustomerID(id), invariant.Exclusive).Order(order.ByID()).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock the orders: %w", err)
	}
	if err := allFinished(ctx, tx, id); err != nil {
		return nil, err
	}
	addresses, err := eraseAddresses(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	notes, err := eraseNotes(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	entries := 0
	for _, some := range about(id, orderIDs) {
		n, err := eraseTrail(ctx, tx, some)
		if err != nil {
			return nil, err
		}
		entries += n
	}
	if isErased(before) {
		out.Customer = before
		if lines+addresses+notes+entries == 0 {
			return out, nil
		}
		return out, audit.Record(ctx, tx, audit.Erase, customers, id)
	}
	out.Customer, err = tx.Customer.UpdateOneID(id).
		Erase().
		SetEmail(erasedEmail(before)).SetName(erasedName).
		Save(audit.AsErasure(ctx, audit.Erase))
	if err != nil {
		return nil, fmt.Errorf("erase the customer: %w", err)
	}
	return out, nil
}

// isErased reports whether the record contains nothing personal any more.
func isErased(c *ent.Customer) bool {
	return c.Erased() && c.Email == erasedEmail(c) && c.Name == erasedName
}

// allFinished returns an error when the customer has orders that may still change.
func allFinished(ctx context.Context, tx *ent.Client, id int64) error {
	var open []shop.OrderStatus
	for _, s := range shop.OrderStatuses {
		if len(s.Next()) > 0 {
			open = append(open, s)
		}
	}
	found, err := tx.Order.Query().
		Where(order.CustomerID(id), order.StatusIn(open...)).
		Order(order.ByID()).
		All(ctx)
	if err != nil {
		return fmt.Errorf("look for open orders: %w", err)
	}
	if len(found) == 0 {
		return nil
	}
	refusal := &shop.Error{Kind: shop.KindConflict}
	names := make([]string, len(found))
	for i, o := range found {
		number := shop.OrderNumber(o.ID)
		refusal.Orders = append(refusal.Orders, shop.OrderError{ID: o.ID, Number: number, Status: o.Status})
		names[i] = fmt.Sprintf("#%d (%s)", number, o.Status)
	}
	refusal.Message = "the customer has open orders: deliver or cancel them first: " + strings.Join(names, ", ")
	return refusal
}

// eraseAddresses removes the delivery addresses of the customer's orders, and returns of
// how many orders.
func eraseAddresses(ctx context.Context, tx *ent.Client, id int64) (int, error) {
	n, err := tx.Order.Update().
		Where(order.DeliveryAddressNotNil(), order.CustomerID(id)).
		ClearDeliveryAddress().
		Save(invariant.Erasing(audit.AsErasure(ctx, audit.Erase)))
	if err != nil {
		return 0, fmt.Errorf("erase the delivery addresses: %w", err)
	}
	return n, nil
}

// eraseNotes replaces the notes that people wrote on the customer's orders and on their
// returns, and returns how many there were. Notes that the program writes itself contain
// nothing personal, and stay.
func eraseNotes(ctx context.Context, tx *ent.Client, id int64) (int, error) {
	n, err := tx.OrderEvent.Update().
		Where(
			orderevent.NoteNotNil(), orderevent.NoteNotIn(erasedText, invariant.AddressChanged),
			orderevent.Or(orderevent.KindNEQ(shop.EventReturn), orderevent.NoteContains(stock.BeforeNote)),
			orderevent.HasOrderWith(order.CustomerID(id)),
		).
		SetNote(erasedText).
		Save(invariant.Erasing(ctx))
	if err != nil {
		return 0, fmt.Errorf("erase the notes: %w", err)
	}
	moved, err := tx.InventoryMovement.Update().
		Where(
			inventorymovement.NoteNotNil(), inventorymovement.NoteNEQ(erasedText),
			inventorymovement.HasOrderItemWith(orderitem.HasOrderWith(order.CustomerID(id))),
		).
		SetNote(erasedText).
		Save(invariant.Erasing(ctx))
	if err != nil {
		return 0, fmt.Errorf("erase the notes of what came back: %w", err)
	}
	return n + moved, nil
}

// pageSize is the maximum number of audit entries that are read and changed at a time.
const pageSize = 500

// eraseTrail removes the personal values from the selected audit entries: those about the
// customer, the notes on their orders and the delivery addresses. It returns how many
// entries it changed. The trail still shows what was changed, by whom and when.
func eraseTrail(ctx context.Context, tx *ent.Client, these predicate.AuditEntry) (n int, err error) {
	for last := int64(0); ; {
		entries, err := tx.AuditEntry.Query().
			Where(these, auditentry.IDGT(last)).
			Order(auditentry.ByID()).
			Limit(pageSize).
			All(ctx)
		if err != nil {
			return n, fmt.Errorf("read the audit trail: %w", err)
		}
		var erased []erasedEntry
		for _, e := range entries {
			last = e.ID
			if withhold(e) {
				erased = append(erased, erasedEntry{ID: e.ID, Changes: e.Changes})
			}
		}
		if err := replaceChanges(ctx, tx, erased); err != nil {
			return n, fmt.Errorf("erase the audit trail: %w", err)
		}
		n += len(erased)
		if len(entries) < pageSize {
			return n, nil
		}
	}
}

// erasedEntry is an entry of the trail without personal values.
type erasedEntry struct {
	ID      int64         `json:"id"`
	Changes []shop.Change `json:"changes"`
}

// The statements that replace the changes in audit entries, which are passed as JSON. On
// PostgreSQL, changing the entries one by one would take a round trip for each. Unless
// the list is made a table, SQLite reads the whole trail, and the list for each entry of it.
const (
	postgresReplace = `
UPDATE audit_entries AS e SET changes = erased.changes
FROM json_to_recordset($1::json) AS erased (id bigint, changes jsonb) WHERE e.id = erased.id`
	sqliteReplace = `
WITH erased AS MATERIALIZED (SELECT value ->> 'id' AS id, value ->> 'changes' AS changes FROM json_each($1))
UPDATE audit_entries SET changes = erased.changes FROM erased WHERE audit_entries.id = erased.id`
)

func replaceChanges(ctx context.Context, tx *ent.Client, erased []erasedEntry) error {
	if len(erased) == 0 {
		return nil
	}
	list, err := json.Marshal(erased)
	if err != nil {
		return fmt.Errorf("encode the audit trail: %w", err)
	}
	replace := postgresReplace
	if tx.Dialect() == dialect.SQLite {
		replace = sqliteReplace
	}
	_, err = tx.ExecContext(ctx, replace, string(list)) //nolint:forbidigo // hooks do not let anybody change the trail
	return err
}

// withhold removes the personal values from an entry, and reports whether there were any.
func withhold(e *ent.AuditEntry) bool {
	found := false
	for i, c := range e.Changes {
		if c.Erased || c.Secret || !isPersonal(e.Resource, c.Field) {
			continue
		}
		e.Changes[i] = shop.Change{Field: c.Field, Before: shop.Null, After: shop.Null, Erased: true}
		found = true
	}
	return found
}

// isPersonal reports whether a field identifies the person, or may. For a customer that
// is every field but the mark of deletion, including fields that are added to the schema
// later.
func isPersonal(resource, field string) bool {
	if resource == orders {
		return field == orderevent.FieldNote || field == order.FieldDeliveryAddress
	}
	return field != customer.FieldDeletedAt
}
