package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/idempotencykey"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/idempotency"
	"github.com/storekeeper/storekeeper/internal/personal"
)

// PersonalData is everything that the shop holds about a customer.
type PersonalData struct {
	Customer     Customer        `json:"customer"`
	Cart         Cart            `json:"cart"`
	Orders       []PersonalOrder `json:"orders"`
	AuditEntries []AuditEntry    `json:"audit_entries" doc:"audit entries about the customer and the orders"`
}

// PersonalOrder is an order with its timeline.
type PersonalOrder struct {
	Order
	Events []OrderEvent `json:"events"`
}

func registerPersonalData(api huma.API, s *Server) {
	get := needing(huma.Operation{
		OperationID: "get-personal-data",
		Path:        prefix + "/customers/{id}/personal-data",
		Summary:     "Get all data that is stored about a customer",
		Description: "The record, the cart, the orders with their items and timelines, and the audit entries about them. " +
			"Also for a deleted customer.",
		Tags:   []string{"Customers"},
		Errors: []int{http.StatusNotFound},
	}, access.DataExport)
	read(api, s, get, func(ctx context.Context, client *ent.Client, in *IDInput) (*Answer[PersonalData], error) {
		d, err := personal.Of(ctx, client, in.ID)
		if err != nil {
			return nil, err
		}
		return &Answer[PersonalData]{Body: s.personalData(d)}, nil
	})

	forget := needing(huma.Operation{
		OperationID: "erase-customer",
		Method:      http.MethodPost,
		Path:        prefix + "/customers/{id}/erase",
		Summary:     "Erase a customer's personal data",
		Description: "Replaces everything that identifies the person, in the record, in notes and addresses of the orders, in the audit " +
			"trail and in answers stored for an Idempotency-Key. Amounts and quantities are kept. This cannot be undone. " +
			"Refused while the customer has open orders.",
		Tags:   []string{"Customers"},
		Errors: []int{http.StatusNotFound},
	}, access.CustomersErase)
	customers := customerResource()
	customers.documentAnswer(&forget, http.StatusOK)
	write(api, s, forget, func(ctx context.Context, tx *ent.Client, in *IDInput) (*Answer[Customer], error) {
		done, err := personal.Erase(ctx, tx, in.ID)
		if err != nil {
			return nil, err
		}
		if err := eraseAnswers(ctx, tx, done); err != nil {
			return nil, err
		}
		return customers.answer(ctx, tx, done.Customer)
	})
}

func (s *Server) personalData(d *personal.Data) PersonalData {
	return PersonalData{
		Customer: renderCustomer(d.Customer), Cart: s.renderCart(d.Cart),
		Orders: rendered(d.Orders, func(o *ent.Order) PersonalOrder {
			shown := PersonalOrder{Order: renderOrder(o), Events: rendered(d.Events[o.ID], renderOrderEvent)}
			shown.OrderComputed = computeOrder(o.ID, o.Status, rendered(d.Items[o.ID], renderOrderLine))
			return shown
		}),
		AuditEntries: rendered(d.Entries, renderAuditEntry),
	}
}

// eraseAnswers removes the answers about a customer from those that are stored for
// repetitions.
//
// An answer is about the customer if its request went to a path below the customer or one
// of their orders, booked a return of one of the orders, created the customer, or was a
// bulk change, an import or an undo that included the customer, or if the answer contains
// the address. Paths are stored with the keys for this: new operations below these paths
// are covered without further code. Answers of erasures contain nothing.
func eraseAnswers(ctx context.Context, tx *ent.Client, done *personal.Erased) error {
	id := done.Customer.ID
	customers := prefix + "/customers"
	customer := fmt.Sprintf("%s/%d", customers, id)
	email, err := json.Marshal(done.Email)
	if err != nil {
		return fmt.Errorf("erase remembered answers: %w", err)
	}
	return idempotency.Erase(ctx, tx,
		idempotencykey.Or(idempotencykey.PathIsNil(), idempotencykey.PathNEQ(customer+"/erase")),
		idempotencykey.Or(
			idempotencykey.PathHasPrefix(customer+"/"),
			idempotencykey.And(idempotencykey.PathHasPrefix(prefix+"/orders/"), ofOrdersOf(id)),
			idempotencykey.And(idempotencykey.PathHasPrefix(prefix+"/products/"), ofReturnsOf(id)),
			idempotencykey.And(idempotencykey.Path(customers), bodyHolds(fmt.Sprintf(`"location":%q`, customer))),
			idempotencykey.And(idempotencykey.PathIn(customers+"/bulk", customers+"/import"), bodyHolds(fmt.Sprintf(`"id":%d,`, id))),
			idempotencykey.And(idempotencykey.Path(revertPath), bodyHolds(fmt.Sprintf(`"resource":"customers","record_id":%d,`, id))),
			bodyHolds(strings.Trim(string(email), `"`)),
		))
}

// bodyHolds selects the answers that contain a text, as it is written in JSON.
func bodyHolds(text string) predicate.IdempotencyKey {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			if body := s.C(idempotencykey.FieldBody); s.Dialect() == dialect.Postgres {
				b.WriteString("position(").Arg([]byte(text)).WriteString("::bytea IN ").Ident(body).WriteString(") > 0")
			} else {
				b.WriteString("instr(").Ident(body).WriteString(", ").Arg([]byte(text)).WriteString(") > 0")
			}
		}))
	}
}

// ofReturnsOf selects the answers that name one of the customer's orders, as movements do.
func ofReturnsOf(id int64) predicate.IdempotencyKey {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			const told = `'"order_id":' || CAST(orders.id AS text) || ','`
			body := s.C(idempotencykey.FieldBody)
			b.WriteString("EXISTS (SELECT 1 FROM orders WHERE customer_id = ").Arg(id).WriteString(" AND ")
			if s.Dialect() == dialect.Postgres {
				b.WriteString("position(convert_to(" + told + ", 'UTF8') IN ").Ident(body).WriteString(") > 0)")
			} else {
				b.WriteString("instr(").Ident(body).WriteString(", CAST(" + told + " AS blob)) > 0)")
			}
		}))
	}
}

// ofOrdersOf selects the answers to requests below one of the customer's orders.
func ofOrdersOf(id int64) predicate.IdempotencyKey {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("EXISTS (SELECT 1 FROM orders WHERE customer_id = ").Arg(id).WriteString(" AND ")
			b.Ident(s.C(idempotencykey.FieldPath)).WriteString(" LIKE '" + prefix + "/orders/' || CAST(orders.id AS text) || '/%')")
		}))
	}
}
