package store_test

import (
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A URL that is not understood is not repeated, because of its password; what was
// expected is said.
func TestURLNotUnderstood(t *testing.T) {
	t.Parallel()
	primary := storetest.URL(t, dialect.Postgres)
	for _, url := range []string{
		"host=db user=shop password=TopSecret1 dbname=shop",
		"shop/TopSecret1@host/db",
		"shop:TopSecret1@host/db",
		"TopSecret1",
		"sqlite:postgres://shop:TopSecret1@host/db",
		"sqlite://postgres://shop:TopSecret1@host/db",
		"sqlite://file?key=TopSecret1",
		"sqlite://file%TopSecret1",
		"postgres:shop:TopSecret1@host/db",
		"postgres:host=db password=TopSecret1",
		"postgresx://shop:TopSecret1@host/db",
		"postgres://shop:p@TopSecret1@host/db",
		"postgres://shop:p@/TopSecret1@host/db",
		"postgres://shop:p?@TopSecret1@host/db",
		"postgres://shop:1/TopSecret1@host/db",
		"postgres://shop:TopSecret1/x@host/db",
		"postgres://shop:p@host:TopSecret1/db",
		"postgres://shop:%TopSecret1@host/db",
		"postgres://shop@host/db?connect_timeout=TopSecret1",
		"postgres://shop@host/db?TopSecret1",
	} {
		for _, cfg := range []store.Config{{URL: url}, {URL: primary, Standby: store.Standby{URL: url}}} {
			db, err := store.Open(storetest.Context(t), cfg)
			if err == nil {
				t.Errorf("%s: opened", url)
				_ = db.Close()
				continue
			}
			if text := err.Error(); strings.Contains(text, "TopSecret1") || !strings.Contains(text, "database URL: expected ") {
				t.Errorf("%s: %v", url, err)
			}
		}
	}
	_, err := store.Open(storetest.Context(t), store.Config{URL: "postgres://shop@host/db?sslmode=verify-full&sslrootcert=/nowhere/ca.pem"})
	if err == nil || !strings.Contains(err.Error(), "/nowhere/ca.pem") {
		t.Errorf("a certificate that is not there: %v", err)
	}
	_, err = store.Open(storetest.Context(t), store.Config{URL: "postgres://shop:TopSecret1@host/db?sslmode=requir"})
	if err == nil || !strings.Contains(err.Error(), "verify-full") || strings.Contains(err.Error(), "TopSecret1") {
		t.Errorf("a misspelled sslmode: %v", err)
	}
}

// An @ belongs where it is percent-encoded, or in what follows the question mark.
func TestURLWithSpecialCharacters(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"postgres://shop:p%40s%2Fs@127.0.0.1:1/db",
		"postgres://127.0.0.1:1/db?user=shop@server&application_name=a@b",
		"postgres://shop@127.0.0.1:1/d%40b?application_name=a@b",
	} {
		_, err := store.Open(storetest.Context(t), store.Config{URL: url})
		if !store.Unreachable(err) {
			t.Errorf("%s: %v", url, err)
		}
	}
}
