package migration

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ariga.io/atlas/sql/migrate"
	entschema "entgo.io/ent/dialect/sql/schema"

	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	desiredsql "github.com/storekeeper/storekeeper/ent/migrate/desired"
	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
	"github.com/storekeeper/storekeeper/internal/migration/desired"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Subject is what a Problem is about.
type Subject string

// The subjects of problems.
const (
	Checksum   Subject = "checksum"   // migration files differ from their atlas.sum
	Migrations Subject = "migrations" // migrations do not lead to the ent schema
	Desired    Subject = "desired"    // the committed desired schema is out of date
	History    Subject = "history"    // the database does not have exactly these migrations
	Database   Subject = "database"   // the database differs from the ent schema
)

// Problem is a difference that Verify found.
type Problem struct {
	Subject Subject `json:"subject"`
	// Engine is postgres or sqlite.
	Engine string `json:"engine"`
	// Table and Column say where the difference is, if that is known.
	Table  string `json:"table,omitempty"`
	Column string `json:"column,omitempty"`
	Text   string `json:"text"`
}

// VerifyOptions configure Verify.
type VerifyOptions struct {
	// Dir is a folder like ent/migrate, whose migrations and desired schema are verified.
	// The default is those that are part of the program.
	Dir string
	// Dev says where to replay the migrations.
	Dev Dev
	// DB is a live database to verify too, unless it is nil. On PostgreSQL its role must
	// be allowed to create a schema, which is rolled back.
	DB *store.DB
}

// Verify compares the ent schema of this program with the migrations of both databases, the
// committed desired schema and a live database, and returns the differences. It changes
// nothing. The error says what could not be verified, such as PostgreSQL's migrations when
// there is no server to replay them on; differences found elsewhere are returned with it.
func Verify(ctx context.Context, opts VerifyOptions) ([]Problem, error) {
	return verify(ctx, entmigrate.Tables, opts)
}

func verify(ctx context.Context, tables []*entschema.Table, opts VerifyOptions) ([]Problem, error) {
	v := &verifier{tables: tables, dev: opts.Dev, migrations: migrations.Files, desired: desiredsql.Files, problems: []Problem{}}
	if opts.Dir != "" {
		v.migrations = os.DirFS(filepath.Join(opts.Dir, "migrations"))
		v.desired = os.DirFS(filepath.Join(opts.Dir, "desired"))
	}
	var failed []error
	for _, dialect := range desired.Dialects() {
		v.engine = desired.Folder(dialect)
		if err := v.source(ctx, dialect); err != nil {
			failed = append(failed, fmt.Errorf("verify the migrations for %s: %w", v.engine, err))
		}
	}
	if opts.DB != nil {
		v.engine = desired.Folder(opts.DB.Dialect())
		if err := v.live(ctx, opts.DB); err != nil {
			failed = append(failed, fmt.Errorf("verify the database %s: %w", opts.DB.Name(), err))
		}
	}
	return v.problems, errors.Join(failed...)
}

type verifier struct {
	tables     []*entschema.Table
	migrations fs.FS
	desired    fs.FS
	dev        Dev

	engine   string
	problems []Problem
}

func (v *verifier) add(problem Problem) {
	problem.Engine = v.engine
	v.problems = append(v.problems, problem)
}

// source verifies the committed files of the dialect.
func (v *verifier) source(ctx context.Context, dialect string) error {
	if err := v.desiredFile(ctx, dialect); err != nil {
		return err
	}
	_, err := openDirectory(v.migrations, dialect)
	if isChecksum(err) {
		v.add(Problem{Subject: Checksum, Text: err.Error()})
		return nil
	}
	if err != nil {
		return err
	}
	return v.replay(ctx, dialect)
}

func isChecksum(err error) bool {
	return errors.Is(err, migrate.ErrChecksumMismatch) ||
		errors.Is(err, migrate.ErrChecksumNotFound) ||
		errors.Is(err, migrate.ErrChecksumFormat)
}

func (v *verifier) desiredFile(ctx context.Context, dialect string) error {
	want, err := desired.SQL(ctx, dialect, v.tables)
	if err != nil {
		return err
	}
	name := desired.FileName(dialect)
	have, err := fs.ReadFile(v.desired, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the desired schema: %w", err)
	}
	if string(have) != want {
		v.add(Problem{Subject: Desired, Text: fmt.Sprintf(
			"%s is out of date in line %d: run `go generate ./...`", name, firstDifference(string(have), want))})
	}
	return nil
}

// firstDifference returns the number of the first line in which the texts differ, counted
// from one.
func firstDifference(a, b string) int {
	line := 1
	for i := 0; i < len(a) && i < len(b) && a[i] == b[i]; i++ {
		if a[i] == '\n' {
			line++
		}
	}
	return line
}

// replay compares the schema that the migrations lead to with the ent schema.
func (v *verifier) replay(ctx context.Context, dialect string) (err error) {
	db, err := v.dev.open(ctx, dialect)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close(ctx)) }()
	if _, err := Up(ctx, db.DB, Options{Files: v.migrations}); err != nil {
		v.add(Problem{Subject: Migrations, Text: err.Error()})
		return nil
	}
	return v.structure(ctx, db.DB, Migrations, "the migrations")
}

// live compares the database with the migrations and, if it has them all, with the
// schema.
func (v *verifier) live(ctx context.Context, db *store.DB) error {
	dir, err := openDirectory(v.migrations, db.Dialect())
	if isChecksum(err) {
		return nil // reported already
	}
	if err != nil {
		return err
	}
	state, err := readStatus(ctx, db, dir)
	if edited, ok := errors.AsType[*EditedError](err); ok {
		v.add(Problem{Subject: History, Text: edited.Error()})
		return nil
	}
	if err != nil {
		return err
	}
	if v.history(state) {
		return v.structure(ctx, db, Database, "the database")
	}
	return nil
}

// history reports whether the database has exactly these migrations.
func (v *verifier) history(state *State) bool {
	for _, pending := range state.Pending {
		v.add(Problem{Subject: History, Text: fmt.Sprintf("migration %s was not applied: run `storekeeper migrate up`", pending.Name)})
	}
	complete := len(state.Pending) == 0
	for _, applied := range state.Applied {
		if !applied.Known {
			complete = false
			v.add(Problem{Subject: History, Text: fmt.Sprintf(
				"migration %s_%s was applied by %s, but this program does not have it", applied.Version, applied.Description, applied.By)})
		}
	}
	return complete
}

// structure compares the tables of the database with the schema.
func (v *verifier) structure(ctx context.Context, db *store.DB, subject Subject, place string) error {
	changes, err := missing(ctx, db, v.tables)
	if err != nil {
		return err
	}
	for _, difference := range describeChanges(changes, place) {
		difference.Subject = subject
		v.add(difference)
	}
	return nil
}
