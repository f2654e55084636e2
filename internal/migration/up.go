package migration

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Options configure Up. The zero value applies every migration of the program.
type Options struct {
	// DryRun makes Up return what would be applied, and write nothing.
	DryRun bool
	// LockTimeout limits the wait for another program that is migrating the database or
	// using a table. The default is ten minutes.
	LockTimeout time.Duration
	// Files are the migrations, in the directories "postgres" and "sqlite". The default is
	// those of the program.
	Files fs.FS
	// Version of the program, for the history.
	Version string
}

// Up applies the migrations that the database lacks, in order, each in its own
// transaction together with its entry in the history, and returns those that it applied.
// When there are none it writes nothing.
//
// Several programs may call it on one database at the same time. When a migration fails,
// nothing of its file remains; the files before it stay applied and are returned. The
// error is a *StatementError when a statement failed.
func Up(ctx context.Context, db *store.DB, opts Options) (applied []File, err error) {
	files := opts.Files
	if files == nil {
		files = migrations.Files
	}
	dir, err := openDirectory(files, db.Dialect())
	if err != nil {
		return nil, err
	}
	if opts.Version != "" {
		dir.by += " " + opts.Version
	}
	state, err := readStatus(ctx, db, dir)
	if err != nil {
		return nil, err
	}
	if opts.DryRun || len(state.Pending) == 0 {
		return state.Pending, nil
	}
	s, err := openSession(ctx, db, dir, cmp.Or(opts.LockTimeout, 10*time.Minute))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	for {
		file, err := s.step(ctx)
		if err != nil || file == nil {
			return applied, err
		}
		applied = append(applied, describe(file))
	}
}
