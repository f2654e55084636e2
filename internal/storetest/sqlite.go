package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
)

// migratedFile returns the URL of a copy of the migrated file.
func migratedFile(t testing.TB) string {
	t.Helper()
	content, err := migratedContent()
	if err != nil {
		t.Fatal("storetest: template file: ", err)
	}
	path := filepath.Join(t.TempDir(), "shop.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal("storetest: ", err)
	}
	return fileURL(path)
}

// migratedContent returns the content of an SQLite file with all migrations. It is made
// once.
var migratedContent = sync.OnceValues(func() (_ []byte, err error) {
	dir, err := os.MkdirTemp("", "storekeeper-storetest-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "template.db")
	if err := migrate(context.Background(), fileURL(path)); err != nil {
		return nil, err
	}
	return os.ReadFile(path) //nolint:gosec // made above
})

func migrate(ctx context.Context, databaseURL string) (err error) {
	db, err := store.Open(ctx, config(databaseURL))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = migration.Up(ctx, db, migration.Options{})
	return err
}
