package migration

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/migrate"
)

// StatementError says which statement of which migration failed, and where it is.
type StatementError struct {
	File string
	// Line is where the statement begins, counted from one.
	Line int
	// Number is the position of the statement in the file, counted from one.
	Number    int
	Statement string
	Err       error
}

func (e *StatementError) Error() string {
	return fmt.Sprintf("migration %s, line %d, statement %d: %v\n\n%s", e.File, e.Line, e.Number, e.Err, indent(e.Statement))
}

func (e *StatementError) Unwrap() error { return e.Err }

func indent(text string) string {
	return "    " + strings.ReplaceAll(text, "\n", "\n    ")
}

// ErrPooled is the error for a database behind a pooler such as PgBouncer. The lock for
// migrating cannot be held there, because a pooler may use another connection for every
// transaction.
var ErrPooled = errors.New("a pooler such as PgBouncer is in front of the database: " +
	"migrate with a database URL that leads to PostgreSQL itself")

// EditedError says that the file's content differs from the one that was applied to the
// database.
type EditedError struct{ Version string }

func (e *EditedError) Error() string {
	return fmt.Sprintf("migration %s was applied to this database with other content than it has now, "+
		"or with other migrations before it: applied migrations must stay as they were", e.Version)
}

// ForeignError says that a database has tables that the program's migrations did not make.
type ForeignError struct{ Reason string }

func (e *ForeignError) Error() string {
	return fmt.Sprintf("this database is not empty: %s; look at the database URL", e.Reason)
}

// refuseForeign returns an error when the database has a history that contains none of the
// files. It is then the history of another program that also migrates with Atlas. Atlas
// itself would take all files as coming after that history, or before it.
func (d *directory) refuseForeign(revisions []*migrate.Revision) error {
	ours := func(r *migrate.Revision) bool { return d.sums[r.Version] != "" }
	if len(revisions) == 0 || slices.ContainsFunc(revisions, ours) {
		return nil
	}
	return &ForeignError{Reason: fmt.Sprintf("this program has none of the migrations in its history, which begins with %q",
		revisions[0].Version)}
}

// refuseEdited returns an EditedError when a file differs from what the history says was
// applied. Atlas leaves the sum empty for a version that was taken as the baseline.
func (d *directory) refuseEdited(revisions []*migrate.Revision) error {
	for _, revision := range revisions {
		sum, known := d.sums[revision.Version]
		done := revision.Applied == revision.Total
		if known && done && revision.Hash != "" && revision.Hash != sum {
			return &EditedError{Version: revision.Version}
		}
	}
	return nil
}

func explainPending(err error) error {
	if err == nil {
		return nil
	}
	if skipped, ok := errors.AsType[*migrate.HistoryNonLinearError](err); ok {
		return fmt.Errorf("migrations must be applied in order, but %s came in before one that this database already has: "+
			"give it a newer version: %w", fileNames(skipped.OutOfOrder), err)
	}
	if clean, ok := errors.AsType[*migrate.NotCleanError](err); ok {
		return &ForeignError{Reason: clean.Reason}
	}
	return fmt.Errorf("look for migrations to apply: %w", err)
}

func fileNames(files []migrate.File) string {
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = file.Name()
	}
	return strings.Join(names, ", ")
}

// explainExecution adds the position of the failed statement in the file.
func explainExecution(scanner migrate.Driver, file migrate.File, err error) error {
	failed, ok := errors.AsType[*migrate.StmtExecError](err)
	if !ok {
		return err
	}
	at := min(failed.Stmt.Pos, len(file.Bytes()))
	explained := &StatementError{
		File:      file.Name(),
		Line:      1 + bytes.Count(file.Bytes()[:at], []byte("\n")),
		Statement: failed.Stmt.Text,
		Err:       failed.Err,
	}
	if all, err := migrate.FileStmtDecls(scanner, file); err == nil {
		explained.Number = 1 + slices.IndexFunc(all, func(other *migrate.Stmt) bool { return other.Pos == failed.Stmt.Pos })
	}
	return explained
}

// inFile adds the name of the migration to an error, unless the error has it already.
func inFile(file migrate.File, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*StatementError](err); ok || file == nil {
		return err
	}
	return fmt.Errorf("migration %s: %w", file.Name(), err)
}
