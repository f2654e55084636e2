package store_test

import (
	"net/url"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// bare returns the address of a database of the encoding that has the locale C.
func bare(t *testing.T, encoding string) string {
	t.Helper()
	server := storetest.EmptyURL(t, dialect.Postgres)
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path += "_bare"
	name := strings.TrimPrefix(u.Path, "/")
	storetest.Exec(t, server, "CREATE DATABASE "+name+" ENCODING '"+encoding+"' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
	t.Cleanup(func() { storetest.Exec(t, server, "DROP DATABASE "+name) })
	return u.String()
}

// A database that does not keep every text is refused, and it is said how to make one.
func TestEncoding(t *testing.T) {
	t.Parallel()
	_, err := store.Open(storetest.Context(t), store.Config{URL: bare(t, "LATIN1")})
	if err == nil || !strings.Contains(err.Error(), "LATIN1") || !strings.Contains(err.Error(), "ENCODING 'UTF8' LOCALE 'C.UTF-8'") {
		t.Errorf("%v", err)
	}
}

// A database of the locale C finds no müller by MÜLLER.
func TestKnowsLetters(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if knows, err := db.KnowsLetters(storetest.Context(t)); !knows || err != nil {
			t.Errorf("an ordinary database: %t, %v", knows, err)
		}
	})
	db := storetest.Open(t, store.Config{URL: bare(t, "UTF8")})
	if knows, err := db.KnowsLetters(storetest.Context(t)); knows || err != nil {
		t.Errorf("the locale C: %t, %v", knows, err)
	}
}
