//go:build linux

package torture_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// orderClaim is an order as its checkout was answered.
type orderClaim struct {
	ID       int64      `json:"id"`
	Customer int64      `json:"customer_id"`
	Total    int64      `json:"total_amount"`
	Items    []itemSold `json:"items"`
}

type itemSold struct {
	ID       int64 `json:"id"`
	Product  int64 `json:"product_id"`
	Quantity int64 `json:"quantity"`
	Price    int64 `json:"price"`
}

func (c orderClaim) wrong(s *snapshot) string {
	o := s.orders[c.ID]
	if o == nil {
		return fmt.Sprintf("order %d is not there", c.ID)
	}
	got := orderClaim{ID: o.id, Customer: o.customer, Total: o.total}
	for _, i := range o.items {
		got.Items = append(got.Items, itemSold{i.id, i.product, i.quantity, i.price})
	}
	byID := func(a, b itemSold) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(got.Items, byID)
	slices.SortFunc(c.Items, byID)
	if got.Customer != c.Customer || got.Total != c.Total || !slices.Equal(got.Items, c.Items) {
		return fmt.Sprintf("order %d is %+v, answered as %+v", c.ID, got, c)
	}
	return ""
}

// movementClaim is a movement of stock as it was answered.
type movementClaim struct {
	ID      int64  `json:"id"`
	Product int64  `json:"product_id"`
	Change  int64  `json:"quantity_change"`
	Balance int64  `json:"balance_after"`
	Reason  string `json:"reason"`
	Note    string `json:"note"`
}

func (c movementClaim) wrong(s *snapshot) string {
	m := s.movements[c.ID]
	if m == nil {
		return fmt.Sprintf("movement %d is not there", c.ID)
	}
	got := movementClaim{m.id, m.product, m.change, m.balance, m.reason, m.note}
	if got != c {
		return fmt.Sprintf("movement %d is %+v, answered as %+v", c.ID, got, c)
	}
	return ""
}

// eventClaim is an entry of an order's timeline: a note, or a transition with
// its note.
type eventClaim struct {
	Order          int64
	Kind, To, Note string
}

func (c eventClaim) wrong(s *snapshot) string {
	if o := s.orders[c.Order]; o != nil {
		for _, e := range o.events {
			if (eventClaim{e.order, e.kind, e.to, e.note}) == c {
				return ""
			}
		}
	}
	return fmt.Sprintf("the timeline of order %d does not have %+v", c.Order, c)
}

// versionClaim says that a record has had a version.
type versionClaim struct {
	record
	version int64
}

func (c versionClaim) wrong(s *snapshot) string {
	got, ok := s.records[c.record]
	if !ok {
		return fmt.Sprintf("%s %d is not there", c.resource, c.id)
	}
	if got < c.version {
		return fmt.Sprintf("%s %d has version %d, answered with %d", c.resource, c.id, got, c.version)
	}
	return ""
}

// fieldsClaim says what an edit left a record with, for as long as it has the version.
type fieldsClaim struct {
	of     versionClaim
	fields map[string]any
}

func (c fieldsClaim) wrong(s *snapshot) string {
	if s.records[c.of.record] != c.of.version {
		return ""
	}
	for name, want := range c.fields {
		if got := s.fields[c.of.record][name]; got != fmt.Sprint(want) {
			return fmt.Sprintf("%s %d has the %s %q, an edit gave it %v", c.of.resource, c.of.id, name, got, want)
		}
	}
	return ""
}

// keyClaim says that the answer is stored under its key.
type keyClaim struct {
	key    string
	status int
	id     int64 // of what was made; 0 when the answer names nothing new
}

func (c keyClaim) wrong(s *snapshot) string {
	rows := s.keys[c.key]
	if len(rows) != 1 {
		return fmt.Sprintf("key %s is there %d times", c.key, len(rows))
	}
	var kept struct {
		Body struct {
			ID int64 `json:"id"`
		} `json:"body"`
	}
	if err := json.Unmarshal(rows[0].body, &kept); err != nil {
		return fmt.Sprintf("key %s remembers %q", c.key, rows[0].body)
	}
	if rows[0].status != c.status || c.id != 0 && kept.Body.ID != c.id {
		return fmt.Sprintf("key %s remembers status %d and record %d, answered were %d and %d",
			c.key, rows[0].status, kept.Body.ID, c.status, c.id)
	}
	return ""
}
