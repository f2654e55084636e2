package migration

import (
	"context"
	"io/fs"

	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
	"github.com/storekeeper/storekeeper/internal/migration/desired"
	"github.com/storekeeper/storekeeper/internal/store"
)

// For tests of schemas that are not the shop's.
var (
	DiffTables   = diff
	VerifyTables = verify
)

// StatusOf is Status with other migrations than the program's.
func StatusOf(ctx context.Context, db *store.DB, files fs.FS) (*State, error) {
	dir, err := openDirectory(files, db.Dialect())
	if err != nil {
		return nil, err
	}
	return readStatus(ctx, db, dir)
}

// VerifyLive is the part of Verify that checks a live database.
func VerifyLive(ctx context.Context, db *store.DB) ([]Problem, error) {
	v := &verifier{tables: entmigrate.Tables, migrations: migrations.Files, engine: desired.Folder(db.Dialect())}
	err := v.live(ctx, db)
	return v.problems, err
}
