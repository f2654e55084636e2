package migration

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
	"github.com/storekeeper/storekeeper/internal/store"
)

// State says which migrations a database has and lacks.
type State struct {
	// Current is the newest version that was applied, "" for none.
	Current string `json:"current"`
	// Latest is the newest version that the program has.
	Latest string `json:"latest"`
	// Applied is the history, oldest first.
	Applied []Applied `json:"applied"`
	// Pending are the migrations that the database lacks, in order.
	Pending []File `json:"pending"`
}

// Applied is an entry of the history.
type Applied struct {
	Version     string    `json:"version"`
	Description string    `json:"description"`
	At          time.Time `json:"at"`
	// By is the program that applied the migration.
	By string `json:"by"`
	// Known is false for a version that this program does not have.
	Known bool `json:"known"`
	// Done is how many of Total statements were applied. It is less than Total only when a
	// file that runs outside of a transaction failed; Error says why.
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Error string `json:"error,omitempty"`
}

// Ahead reports whether a newer program migrated the database.
func (s *State) Ahead() bool { return s.Current > s.Latest }

// UpToDate reports whether the database has exactly the program's migrations.
func (s *State) UpToDate() bool { return len(s.Pending) == 0 && !s.Ahead() }

// Status reads the state of the database. It writes nothing and waits for nobody. Like
// Up, it returns an error when files were changed.
func Status(ctx context.Context, db *store.DB) (*State, error) {
	dir, err := openDirectory(migrations.Files, db.Dialect())
	if err != nil {
		return nil, err
	}
	return readStatus(ctx, db, dir)
}

// readStatus reads everything from one snapshot of the database, even while others
// migrate it.
func readStatus(ctx context.Context, db *store.DB, dir *directory) (*State, error) {
	tx, err := db.Probe().BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("read the history of migrations: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if db.Dialect() == dialect.Postgres {
		if err := checkSearchPath(ctx, tx); err != nil {
			return nil, err
		}
	}
	at := place{tx, db.Dialect(), dir}
	found, err := at.history().exists(ctx)
	if err != nil {
		return nil, err
	}
	if !found {
		return at.untouched(ctx)
	}
	revisions, err := at.history().ReadRevisions(ctx)
	if err != nil {
		return nil, err
	}
	pending, err := at.pending(ctx, revisions)
	if err != nil {
		return nil, err
	}
	return dir.state(revisions, pending), nil
}

// untouched returns the state of a database without history.
func (p place) untouched(ctx context.Context) (*State, error) {
	drv, err := openDriver(p.dialect, p.conn)
	if err != nil {
		return nil, err
	}
	if err := drv.CheckClean(ctx, p.history().Ident()); err != nil {
		return nil, explainPending(err)
	}
	pending, err := migrate.FilesFromLastCheckpoint(p.dir)
	if err != nil {
		return nil, fmt.Errorf("list the migrations: %w", err)
	}
	return p.dir.state(nil, pending), nil
}

func (d *directory) state(revisions []*migrate.Revision, pending []migrate.File) *State {
	state := &State{Latest: d.last(), Applied: []Applied{}, Pending: describeAll(pending)}
	for _, r := range revisions {
		_, known := d.sums[r.Version]
		state.Applied = append(state.Applied, Applied{
			Version: r.Version, Description: r.Description, At: r.ExecutedAt.UTC(), By: r.OperatorVersion,
			Known: known, Done: r.Applied, Total: r.Total, Error: r.Error,
		})
		if r.Applied == r.Total {
			state.Current = r.Version
		}
	}
	return state
}
