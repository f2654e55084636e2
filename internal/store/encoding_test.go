package store_test

import (
	"net/url"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A database that does not keep every text is refused, and it is said how to make one.
func TestEncoding(t *testing.T) {
	t.Parallel()
	server := storetest.EmptyURL(t, dialect.Postgres)
	latin, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	latin.Path += "_latin1"
	name := strings.TrimPrefix(latin.Path, "/")
	storetest.Exec(t, server, "CREATE DATABASE "+name+" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
	t.Cleanup(func() { storetest.Exec(t, server, "DROP DATABASE "+name) })
	_, err = store.Open(storetest.Context(t), store.Config{URL: latin.String()})
	if err == nil || !strings.Contains(err.Error(), "LATIN1") || !strings.Contains(err.Error(), "ENCODING 'UTF8'") {
		t.Errorf("%v", err)
	}
}
