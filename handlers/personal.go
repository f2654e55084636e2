package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/idempotencykey"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/personal"
)

// PersonalData is everything that the shop holds about a customer.
type PersonalData struct {
	Customer     Customer        `json:"customer"`
	Cart         Cart            `json:"cart"`
	Orders       []PersonalOrder `json:"orders"`
	AuditEntries []AuditEntry    `json:"audit_entries" doc:"what the audit trail tells of the customer and the orders"`
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
		Summary:     "Get everything that is held about a customer",
		Description: "The record, the cart, the orders with their items and timelines, and what the audit trail tells of these. " +
			"A deleted customer's too.",
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
		Description: "Replaces what identifies the person, in the record, in notes on the orders, in the audit trail and in remembered " +
			"answers, and keeps the numbers. There is no way back. Refused while orders are open.",
		Tags:   []string{"Customers"},
		Errors: []int{http.StatusNotFound},
	}, access.CustomersErase)
	write(api, s, forget, func(ctx context.Context, tx *ent.Client, in *IDInput) (*Answer[Customer], error) {
		done, err := personal.Erase(ctx, tx, in.ID)
		if err != nil {
			return nil, err
		}
		if err := eraseAnswers(ctx, tx, done); err != nil {
			return nil, err
		}
		customers := customerResource()
		return customers.answer(ctx, tx, done.Customer)
	})
}

func (s *Server) personalData(d *personal.Data) PersonalData {
	return PersonalData{
		Customer: renderCustomer(d.Customer), Cart: s.renderCart(d.Cart),
		Orders: rendered(d.Orders, func(o *ent.Order) PersonalOrder {
			shown := PersonalOrder{Order: renderOrder(o), Events: rendered(d.Events[o.ID], renderOrderEvent)}
			shown.OrderComputed = computeOrder(o.ID, o.Status, d.Items[o.ID])
			return shown
		}),
		AuditEntries: rendered(d.Entries, renderAuditEntry),
	}
}

// eraseAnswers takes the answers about a customer out of what is remembered for
// repetitions, with the fingerprints of the requests, which were made of personal
// data. The keys stay, so that a repetition still has no second effect: it is
// told that its answer is gone.
//
// An answer is about the customer when its request went to a path below the
// customer or one of the orders, when it created the customer, when it was a bulk
// change or an import of customers with this one among them, or when the address is
// in it. Paths are kept with the keys because of that: an operation that is added
// below these is covered without a line of code. Answers of erasures hold nothing.
func eraseAnswers(ctx context.Context, tx *ent.Client, done *personal.Erased) error {
	var ids []int64
	for last := int64(0); ; {
		keys, err := tx.IdempotencyKey.Query().
			Where(idempotencykey.IDGT(last), idempotencykey.BodyNotNil()).
			Order(idempotencykey.ByID()).Limit(answerPage).All(ctx)
		if err != nil {
			return fmt.Errorf("look through remembered answers: %w", err)
		}
		for _, k := range keys {
			if last = k.ID; concerns(k, done) {
				ids = append(ids, k.ID)
			}
		}
		if len(keys) < answerPage {
			break
		}
	}
	for chunk := range slices.Chunk(ids, answerPage) {
		err := tx.IdempotencyKey.Update().Where(idempotencykey.IDIn(chunk...)).
			SetFingerprint([]byte{}).ClearBody().SetStatus(0).Exec(ctx)
		if err != nil {
			return fmt.Errorf("erase remembered answers: %w", err)
		}
	}
	return nil
}

// answerPage bounds the answers that are in memory at a time.
const answerPage = 500

// concerns reports whether a remembered answer is about the customer.
func concerns(k *ent.IdempotencyKey, done *personal.Erased) bool {
	customer := fmt.Sprintf("%s/customers/%d", prefix, done.Customer.ID)
	path := text(k.Path)
	switch {
	case path == customer+"/erase":
		return false
	case strings.HasPrefix(path, customer+"/"):
		return true
	case path == prefix+"/customers":
		var kept remembered
		return json.Unmarshal(k.Body, &kept) != nil || kept.Location == customer || mentions(k.Body, done.Email)
	case path == prefix+"/customers/bulk", path == prefix+"/customers/import":
		return bytes.Contains(k.Body, fmt.Appendf(nil, `"id":%d,`, done.Customer.ID)) || mentions(k.Body, done.Email)
	}
	if rest, ok := strings.CutPrefix(path, prefix+"/orders/"); ok {
		number, _, _ := strings.Cut(rest, "/")
		id, err := strconv.ParseInt(number, 10, 64)
		if err == nil && slices.Contains(done.Orders, id) {
			return true
		}
	}
	return mentions(k.Body, done.Email)
}

// mentions reports whether the text is in a body as JSON writes it.
func mentions(body []byte, text string) bool {
	encoded, err := json.Marshal(text)
	return err != nil || bytes.Contains(body, bytes.Trim(encoded, `"`))
}
