package search_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/phone"
	"github.com/storekeeper/storekeeper/internal/search"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Numbers that an older server has written, changed or erased within the last day are found
// by their digits afterwards, more than one batch of them, and none of that is an edit. What
// is right, and what was changed long ago and has digits, is left alone.
func TestRenumber(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		ids := shoptest.Customers(t, db, 2_105)
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.UpdateOneID(ids[0]).SetPhone("+49 (0)176 123-456").Exec(ctx)
		})
		set := func(id int64, phone, digits, more string) {
			storetest.SQL(t, db, fmt.Sprintf("UPDATE customers SET phone = %s, phone_digits = %s%s WHERE id = %d", phone, digits, more, id))
		}
		storetest.SQL(t, db, fmt.Sprintf("UPDATE customers SET phone = '030 ' || id, phone_digits = NULL WHERE id > %d", ids[4]))
		set(ids[1], "'+49 30 23125'", "'1234567'", "") // changed
		set(ids[2], "NULL", "'1234567'", "")           // erased
		set(ids[3], "'call Kim'", "NULL", "")          // without digits
		set(ids[4], "'0176 5'", "'9'", ", updated_at = '2026-01-01 00:00:00+00:00'")
		set(ids[5], "'٠٣٠ ٢٣'", "NULL", ", updated_at = '2026-01-01 00:00:00+00:00'")
		renumber := func(want int) {
			t.Helper()
			if n, err := search.Renumber(ctx, db, shop.Now()); n != want || err != nil {
				t.Errorf("changed %d, %v, want %d", n, err, want)
			}
		}
		renumber(2_100 + 2)
		for _, c := range db.Client.Customer.Query().AllX(ctx) {
			var number, digits string
			if c.Phone != nil {
				number = *c.Phone
			}
			if c.PhoneDigits != nil {
				digits = *c.PhoneDigits
			}
			switch {
			case c.ID == ids[4] && digits == "9":
			case digits != phone.Digits(number), c.PhoneDigits != nil && digits == "", c.ID != ids[0] && c.Version != 1, c.Version > 2:
				t.Fatalf("%q is found by %q in version %d", number, digits, c.Version)
			}
		}
		renumber(0)
		storetest.SQL(t, db, "UPDATE customers SET phone_digits = '9'")
		if n, err := search.Renumber(ctx, db, shop.Now().Add(48*time.Hour)); n != 0 || err != nil {
			t.Error(n, err)
		}
	})
}
