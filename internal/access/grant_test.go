package access_test

import (
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// An operation begins if the viewer holds its permission. It has what the table gives it
// and nothing else, for as long as its context is used.
func TestAllow(t *testing.T) {
	t.Parallel()
	every := append(access.All(), access.StockInitial, access.StockSale, access.StockCancellation, access.StockReturn)
	for _, name := range access.Entities() {
		e, _ := access.Of(name)
		every = append(every, e.Read, e.Create, e.Update, e.Delete)
	}
	for _, p := range access.All() {
		outer := access.With(t.Context(), clerk(p))
		ctx, err := access.Allow(outer, p)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		gives := map[access.Permission]bool{p: true, access.Anyone: true}
		for _, q := range access.Grants()[p] {
			gives[q] = true
		}
		for _, q := range every {
			if allowed := access.Check(ctx, q) == nil; allowed != gives[q] {
				t.Errorf("%s gives %s: %t", p, q, allowed)
			}
			if own := q == p || q == access.Anyone; (access.Check(outer, q) == nil) != own {
				t.Errorf("%s: outside of the operation %s is allowed: %t", p, q, !own)
			}
		}
		if _, err := access.Allow(access.With(t.Context(), clerk()), p); shop.KindOf(err) != shop.KindForbidden {
			t.Errorf("%s begins for who lacks it: %v", p, err)
		}
		if _, err := access.Allow(t.Context(), p); shop.KindOf(err) != shop.KindUnauthenticated {
			t.Errorf("%s begins for nobody: %v", p, err)
		}
	}
}

// Nested operations add up. They end when the context gets another viewer.
func TestAllowNests(t *testing.T) {
	t.Parallel()
	ctx, err := access.Allow(access.With(t.Context(), clerk(access.CheckoutCreate)), access.CheckoutCreate)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := access.Allow(ctx, "orders:create")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []access.Permission{access.StockSale, "orders:create", "order-events:create"} {
		if err := access.Check(inner, p); err != nil {
			t.Error(err)
		}
	}
	if access.Check(ctx, "order-events:create") == nil {
		t.Error("the outer operation has what the inner one was given")
	}
	if access.Check(access.With(inner, clerk()), access.StockSale) == nil {
		t.Error("another viewer has what the operation of the first was given")
	}
}

// The first of several permissions that the viewer holds begins the operation.
func TestAllowAny(t *testing.T) {
	t.Parallel()
	ctx, err := access.AllowAny(access.With(t.Context(), clerk(access.OrdersCancel)), access.OrdersTransition, access.OrdersCancel)
	if err != nil || access.Check(ctx, access.StockCancellation) != nil || access.Check(ctx, access.OrdersTransition) == nil {
		t.Errorf("%v", err)
	}
	_, err = access.AllowAny(access.With(t.Context(), clerk(access.OrdersNote)), access.OrdersTransition, access.OrdersCancel)
	if shop.KindOf(err) != shop.KindForbidden {
		t.Errorf("%v", err)
	}
}
