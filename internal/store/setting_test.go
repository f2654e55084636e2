package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/pgtemp"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// Whatever settings the role has, text goes to the database and back as it is, also
// through a pooler, and transactions are not isolated further than is asked for.
func TestSettingsOfRole(t *testing.T) {
	t.Parallel()
	server := storetest.Own(t, pgtemp.Options{})
	for _, setting := range []string{
		"client_encoding = 'LATIN1'", "standard_conforming_strings = off", "default_transaction_isolation = 'serializable'",
	} {
		storetest.Exec(t, server.URL("postgres"), "ALTER ROLE postgres SET "+setting)
	}
	direct, pooled := server.URL("shop"), storetest.Bouncer(t, server, nil)
	undo := errors.New("undo")
	const name = `Łódź \ 'żółw' €`
	for _, url := range []string{direct, pooled} {
		for _, mode := range []string{"", "&default_query_exec_mode=simple_protocol", "&client_encoding=LATIN1"} {
			db := storetest.Open(t, store.Config{URL: url + mode})
			err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
				category, err := tx.Category.Create().SetName(name).SetSlug("cats").Save(ctx)
				if err != nil {
					return err
				}
				if is := tx.Category.GetX(ctx, category.ID).Name; is != name {
					t.Errorf("%s%s: %s", url, mode, is)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Errorf("%s%s: %v", url, mode, err)
			}
		}
	}
	for query, want := range map[string]string{"": "read committed", "&default_transaction_isolation=serializable": "serializable"} {
		db := storetest.Open(t, store.Config{URL: direct + query})
		var is string
		if err := db.SQL().QueryRowContext(t.Context(), "SHOW transaction_isolation").Scan(&is); err != nil || is != want {
			t.Errorf("%q: %s, want %s: %v", query, is, want, err)
		}
	}
}
