package shop_test

import (
	"slices"
	"testing"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// The whole table, written out a second time: a change of the state machine has
// to be made twice.
func TestTransitions(t *testing.T) {
	t.Parallel()
	allowed := map[[2]shop.OrderStatus]bool{
		{"pending", "processing"}:   true,
		{"pending", "cancelled"}:    true,
		{"processing", "shipped"}:   true,
		{"processing", "cancelled"}: true,
		{"shipped", "delivered"}:    true,
	}
	for _, from := range shop.OrderStatuses {
		for _, to := range shop.OrderStatuses {
			want := allowed[[2]shop.OrderStatus{from, to}]
			if got := from.CanBecome(to); got != want {
				t.Errorf("%s to %s: got %v, want %v", from, to, got, want)
			}
			if got := slices.Contains(from.Next(), to); got != want {
				t.Errorf("%s leads to %v", from, from.Next())
			}
		}
	}
}

// Who asks for the next states cannot change the table through the answer.
func TestNextIsACopy(t *testing.T) {
	t.Parallel()
	next := shop.Pending.Next()
	next[0] = shop.Delivered
	if shop.Pending.CanBecome(shop.Delivered) {
		t.Error("the table changed")
	}
	if shop.Delivered.Next() == nil {
		t.Error("a final state has no list; JSON would show null")
	}
}

func TestManualReasons(t *testing.T) {
	t.Parallel()
	for _, reason := range shop.MovementReasons {
		automatic := reason == shop.Initial || reason == shop.Sale || reason == shop.Cancellation
		if reason.Manual() == automatic {
			t.Errorf("%s: manual = %v", reason, reason.Manual())
		}
	}
}
