package invariant_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Changing members in bulk is refused, because it would bypass the checks of each: the last
// owner could disappear, and the sessions of disabled members would remain. Members are
// never deleted.
func TestStaffHoles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := access.System(storetest.Context(t))
		err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
			want, _ := access.BuiltIn(access.RoleOwner)
			owner, err := tx.Role.Create().SetName(want.Name).SetLabel(want.Label).SetPermissions(want.Permissions).
				SetIsBuiltIn(true).Save(ctx)
			if err != nil {
				return err
			}
			return tx.Staff.Create().SetEmail("owner@example.com").SetName("Owner").SetRoleID(owner.ID).SetPasswordHash("hash").Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		before := db.Client.Staff.Query().OnlyX(ctx)
		for _, a := range []attempt{
			{"many disabled", func(ctx context.Context, tx *ent.Client) error {
				return tx.Staff.Update().SetIsActive(false).Exec(ctx)
			}},
			{"many renamed", func(ctx context.Context, tx *ent.Client) error {
				return tx.Staff.Update().Where(staff.ID(before.ID)).SetName("X").Exec(ctx)
			}},
			{"deleted", func(ctx context.Context, tx *ent.Client) error {
				return tx.Staff.DeleteOneID(before.ID).Exec(ctx)
			}},
			{"many deleted", func(ctx context.Context, tx *ent.Client) error {
				_, err := tx.Staff.Delete().Exec(ctx)
				return err
			}},
		} {
			if err := db.Tx(ctx, a.write); err == nil {
				t.Errorf("%s: was not refused", a.name)
			}
			if now := db.Client.Staff.Query().OnlyX(ctx); now.String() != before.String() {
				t.Errorf("%s: %v, was %v", a.name, now, before)
			}
		}
	})
}
