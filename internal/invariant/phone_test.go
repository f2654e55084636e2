package invariant_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// The digits for searching follow the telephone number on every write path that changes it,
// and on no other, and are never longer than the number.
func TestPhoneDigits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := storetest.Context(t)
		var ids []int64
		kept := func(step string, want ...string) {
			t.Helper()
			for i, id := range ids {
				got := ""
				if c := db.Client.Customer.GetX(ctx, id); c.PhoneDigits != nil {
					if got = *c.PhoneDigits; got == "" {
						t.Errorf("%s: customer %d has an empty text", step, i)
					}
				}
				if got != want[i] {
					t.Errorf("%s: customer %d is found by %q, want %q", step, i, got, want[i])
				}
			}
		}
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			ids = nil
			create := func(email string) *ent.CustomerCreate { return tx.Customer.Create().SetName("J").SetEmail(email) }
			made, err := tx.Customer.CreateBulk(
				create("a@example.com").SetPhone("+49 (0)176 1-2"), create("b@example.com"), create("c@example.com").SetPhone("none"),
			).Save(ctx)
			for _, c := range made {
				ids = append(ids, c.ID)
			}
			return err
		})
		kept("created", "4917612", "", "")
		change := func(step string, update func(u *ent.CustomerUpdateOne), want ...string) {
			t.Helper()
			shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
				u := tx.Customer.UpdateOneID(ids[0])
				update(u)
				return u.Exec(ctx)
			})
			kept(step, want...)
		}
		change("renamed", func(u *ent.CustomerUpdateOne) { u.SetName("K") }, "4917612", "", "")
		change("changed", func(u *ent.CustomerUpdateOne) { u.SetPhone("0176/13") }, "17613", "", "")
		change("without digits", func(u *ent.CustomerUpdateOne) { u.SetPhone("ask") }, "", "", "")
		change("back", func(u *ent.CustomerUpdateOne) { u.SetPhone("1") }, "1", "", "")
		change("cleared", func(u *ent.CustomerUpdateOne) { u.ClearPhone() }, "", "", "")
		change("with another's", func(u *ent.CustomerUpdateOne) { u.SetPhone("12").SetPhoneDigits("34") }, "12", "", "")
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.Update().Where(customer.IDIn(ids[1:]...)).SetPhone("0056").Exec(ctx)
		})
		kept("many at once", "12", "56", "56")
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error { return tx.Customer.DeleteOneID(ids[0]).Exec(ctx) })
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.UpdateOneID(ids[0]).Where(customer.DeletedAtNotNil()).ClearDeletedAt().Exec(ctx)
		})
		kept("restored", "12", "56", "56")
		for _, write := range []func(tx *ent.Client) error{
			func(tx *ent.Client) error { return tx.Customer.UpdateOneID(ids[0]).SetPhoneDigits("7").Exec(ctx) },
			func(tx *ent.Client) error { return tx.Customer.Update().ClearPhoneDigits().Exec(ctx) },
			func(tx *ent.Client) error {
				return tx.Customer.Create().SetName("J").SetEmail("d@example.com").SetPhoneDigits("7").Exec(ctx)
			},
		} {
			err := db.Tx(ctx, func(_ context.Context, tx *ent.Client) error { return write(tx) })
			shoptest.Invalid(t, err, "phone_digits")
		}
		kept("refused", "12", "56", "56")
	})
}
