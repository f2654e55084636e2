package invariant_test

import (
	"context"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func TestValidEmail(t *testing.T) {
	t.Parallel()
	label := strings.Repeat("a", 63)
	for _, good := range []string{
		"a@b.c", "jane.doe+tag@example.com", "JANE@EXAMPLE.COM", "o'neil@sub.example.co.uk", "x`{|}~^_@1-2.de", "a@" + label + "." + label,
	} {
		if err := invariant.ValidEmail(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "a", "@b.c", "a@", "a@b", "a@b.", "a@.b", "a@b..c", "a@b.c ", " a@b.c", "a b@c.d", "a@b c.d", "a@@b.c", "a@b.c\n", "a@b.c\r\nBcc: x@y.z",
		"a@-b.c", "a@b-.c", "a@" + label + "a.b", "<a@b.c>", "a,b@c.d", "jäne@example.com", "a@exämple.com", "a\x00@b.c", `"a"@b.c`, "a@[127.0.0.1]",
	} {
		if err := invariant.ValidEmail(bad); err == nil {
			t.Errorf("%q is taken for an address", bad)
		}
	}
}

// Addresses are stored trimmed and in lower case, and validated after that.
func TestLowerCaseEmail(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var c *ent.Customer
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) (err error) {
			c, err = tx.Customer.Create().SetName("J").SetEmail("\t Jane@Example.COM \n").Save(ctx)
			return err
		})
		if c.Email != "jane@example.com" {
			t.Errorf("created as %q", c.Email)
		}
		shoptest.Do(t, db, func(ctx context.Context, tx *ent.Client) error {
			return tx.Customer.Update().SetEmail("JD@example.com").Exec(ctx)
		})
		if c := db.Client.Customer.GetX(storetest.Context(t), c.ID); c.Email != "jd@example.com" {
			t.Errorf("updated to %q", c.Email)
		}
		for _, bad := range []string{" nobody ", "\u212a@example.com", "jane@\u0130.example"} { // the lower case of these letters is ASCII
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				return tx.Customer.UpdateOneID(c.ID).SetEmail(bad).Exec(ctx)
			})
			shoptest.Invalid(t, err, "email")
		}
	})
}
