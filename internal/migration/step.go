package migration

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/schema"
	"entgo.io/ent/dialect"
)

// step applies the next migration, or returns nil if there is none.
func (s *session) step(ctx context.Context) (file migrate.File, err error) {
	if s.dialect == dialect.Postgres {
		if file, err = s.stepOutside(ctx); err != nil || file != nil {
			return file, err
		}
	}
	err = s.transaction(ctx, func(tx schema.ExecQuerier) error {
		at := place{tx, s.dialect, s.dir}
		// On SQLite the lock is held only from this point on.
		if file, err = at.next(ctx); err != nil || file == nil {
			return err
		}
		if _, err := runsOutside(file, s.dialect); err != nil {
			return err
		}
		return at.execute(ctx, file)
	})
	if err != nil {
		return nil, inFile(file, err)
	}
	return file, nil
}

// stepOutside applies the next migration if it must not run in a transaction. Otherwise
// it returns nil.
func (s *session) stepOutside(ctx context.Context) (migrate.File, error) {
	at := place{s.conn, s.dialect, s.dir}
	file, err := at.next(ctx)
	if err != nil || file == nil {
		return nil, err
	}
	outside, err := runsOutside(file, s.dialect)
	if err != nil || !outside {
		return nil, inFile(file, err)
	}
	if err := s.unlimited(ctx, func() error { return at.execute(ctx, file) }); err != nil {
		return nil, inFile(file, err)
	}
	return file, nil
}

// runsOutside reports whether the file has the directive atlas:txmode none, with which
// Atlas runs a file without a transaction.
func runsOutside(file migrate.File, name string) (bool, error) {
	local, ok := file.(*migrate.LocalFile)
	if !ok {
		return false, nil
	}
	modes := local.Directive("txmode")
	switch {
	case len(modes) == 0, slices.Equal(modes, []string{"file"}):
		return false, nil
	case !slices.Equal(modes, []string{"none"}):
		return false, fmt.Errorf("atlas:txmode is %q, not file or none", modes)
	case name != dialect.Postgres:
		return false, errors.New("atlas:txmode none is for PostgreSQL only")
	default:
		return true, nil
	}
}

// place is a connection or a transaction in which migrations are read or applied.
type place struct {
	conn    schema.ExecQuerier
	dialect string
	dir     *directory
}

func (p place) history() history { return history{p.conn, p.dialect} }

// executor returns Atlas's executor for the place, and the driver that it uses.
func (p place) executor() (*migrate.Executor, *driver, error) {
	drv, err := openDriver(p.dialect, p.conn)
	if err != nil {
		return nil, nil, err
	}
	ex, err := migrate.NewExecutor(drv, p.dir, p.history(), migrate.WithOperatorVersion(p.dir.by))
	if err != nil {
		return nil, nil, fmt.Errorf("prepare to migrate: %w", err)
	}
	return ex, drv, nil
}

// next returns the first pending migration, or nil.
func (p place) next(ctx context.Context) (migrate.File, error) {
	revisions, err := p.history().ReadRevisions(ctx)
	if err != nil {
		return nil, err
	}
	pending, err := p.pending(ctx, revisions)
	if err != nil || len(pending) == 0 {
		return nil, err
	}
	return pending[0], nil
}

// pending returns the migrations that a database with these revisions lacks.
func (p place) pending(ctx context.Context, revisions []*migrate.Revision) ([]migrate.File, error) {
	if err := errors.Join(p.dir.refuseForeign(revisions), p.dir.refuseEdited(revisions)); err != nil {
		return nil, err
	}
	ex, _, err := p.executor()
	if err != nil {
		return nil, err
	}
	pending, err := ex.Pending(ctx)
	if errors.Is(err, migrate.ErrNoPendingFiles) {
		return nil, nil
	}
	return pending, explainPending(err)
}

func (p place) execute(ctx context.Context, file migrate.File) error {
	ex, drv, err := p.executor()
	if err != nil {
		return err
	}
	if err := p.resume(ctx, file); err != nil {
		return err
	}
	if err := ex.Execute(ctx, file); err != nil {
		return explainExecution(drv, file, err)
	}
	return nil
}

// resume prepares the history for a file of which some statements were applied and the
// others were corrected since. It records the checksum and the number of statements of the
// current content.
func (p place) resume(ctx context.Context, file migrate.File) error {
	revision, err := p.history().ReadRevision(ctx, file.Version())
	if errors.Is(err, migrate.ErrRevisionNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	stmts, err := file.Stmts()
	if err != nil {
		return fmt.Errorf("read its statements: %w", err)
	}
	revision.Hash, revision.Total = p.dir.sums[file.Version()], len(stmts)
	return p.history().WriteRevision(ctx, revision)
}
