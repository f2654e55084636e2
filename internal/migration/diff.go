package migration

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"ariga.io/atlas/sql/migrate"
	entschema "entgo.io/ent/dialect/sql/schema"

	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/migration/desired"
)

// Draft is a migration that Diff wrote.
type Draft struct {
	File

	Database string `json:"database"` // postgres or sqlite
	Path     string `json:"path"`
	// Warnings say which of its changes destroy data, or may fail on tables with rows.
	Warnings []string `json:"warnings"`
}

// versionLayout is the layout of a version, which is a time in UTC.
const versionLayout = "20060102150405"

// namePattern matches valid names of migrations. The name is part of the file's name.
var namePattern = regexp.MustCompile(`^[a-z0-9]+([_-][a-z0-9]+)*$`)

// Diff compares the schema that the migrations in the directory lead to with the ent
// schema. If they differ it writes the next migration for both databases, under one
// version, with atlas.sum. It writes nothing for a database without a difference, and
// returns nothing if neither has one.
//
// Renames name the tables and columns that were renamed in the schema, so that they keep
// their values.
//
// The directory contains the directories "postgres" and "sqlite". The schema is the one
// that this program was compiled with.
func Diff(ctx context.Context, dir, name string, dev Dev, renames ...Rename) ([]Draft, error) {
	return diff(ctx, entmigrate.Tables, dir, name, time.Now(), dev, renames...)
}

func diff(
	ctx context.Context, tables []*entschema.Table, dir, name string, now time.Time, dev Dev, renames ...Rename,
) ([]Draft, error) {
	if !namePattern.MatchString(name) {
		return nil, fmt.Errorf("a migration is named by lower-case letters, digits and underscores, not %q", name)
	}
	version, err := nextVersion(dir, now)
	if err != nil {
		return nil, err
	}
	var drafts []Draft
	var plans []*migrate.Plan
	for _, dialect := range desired.Dialects() {
		plan, warnings, err := planNext(ctx, tables, dir, dialect, dev, renames)
		if err != nil {
			return nil, fmt.Errorf("diff for %s: %w", desired.Folder(dialect), err)
		}
		if len(plan.Changes) == 0 {
			continue
		}
		plan.Version, plan.Name = version, name
		plans = append(plans, plan)
		drafts = append(drafts, Draft{Database: desired.Folder(dialect), Warnings: warnings})
	}
	for i, plan := range plans { // only after all of them were made
		if err := drafts[i].write(dir, plan); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// nextVersion returns the time as a version, or, if the clock is behind, the number after
// the newest version of both directories.
func nextVersion(dir string, now time.Time) (string, error) {
	version := now.UTC().Format(versionLayout)
	for _, dialect := range desired.Dialects() {
		if err := os.MkdirAll(filepath.Join(dir, desired.Folder(dialect)), 0o755); err != nil { //nolint:gosec // source code
			return "", fmt.Errorf("migration directory: %w", err)
		}
		existing, err := openDirectory(os.DirFS(dir), dialect)
		if err != nil {
			return "", err
		}
		if version > existing.last() {
			continue
		}
		last, err := strconv.ParseInt(existing.last(), 10, 64)
		if err != nil {
			return "", fmt.Errorf("the newest migration for %s: version %q is not a time", desired.Folder(dialect), existing.last())
		}
		version = strconv.FormatInt(last+1, 10)
	}
	return version, nil
}

// planNext plans the changes that the dialect's migrations lack.
func planNext(
	ctx context.Context, tables []*entschema.Table, dir, dialect string, dev Dev, renames []Rename,
) (_ *migrate.Plan, warnings []string, err error) {
	db, err := dev.open(ctx, dialect)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, db.close(ctx)) }()
	if _, err := Up(ctx, db.DB, Options{Files: os.DirFS(dir)}); err != nil {
		return nil, nil, fmt.Errorf("replay the migrations: %w", err)
	}
	renamed, err := db.rename(ctx, renames)
	if err != nil {
		return nil, nil, err
	}
	changes, err := missing(ctx, db.DB, tables)
	if err != nil {
		return nil, nil, err
	}
	drv, err := openDriver(dialect, db.SQL())
	if err != nil {
		return nil, nil, err
	}
	plan, err := drv.PlanChanges(ctx, "", changes, func(o *migrate.PlanOptions) {
		unqualified := ""
		o.SchemaQualifier, o.Indent = &unqualified, "  "
	})
	if err != nil {
		return nil, nil, fmt.Errorf("plan the changes: %w", err)
	}
	extensions, err := db.missingExtensions(ctx, tables)
	if err != nil {
		return nil, nil, err
	}
	plan.Changes = slices.Concat(extensions, renamed, plan.Changes)
	return plan, warnAbout(dialect, changes), nil
}

// missingExtensions returns changes that create the extensions that no migration creates
// yet.
func (s *scratch) missingExtensions(ctx context.Context, tables []*entschema.Table) ([]*migrate.Change, error) {
	var changes []*migrate.Change
	for _, extension := range desired.Extensions(s.Dialect(), tables) {
		var one int
		err := s.SQL().QueryRowContext(ctx, "SELECT 1 FROM pg_extension WHERE extname = $1", extension).Scan(&one)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("look for the extension %s: %w", extension, err)
		}
		if err != nil {
			changes = append(changes, &migrate.Change{
				Cmd:     desired.CreateExtension(extension),
				Comment: fmt.Sprintf("create extension %q", extension),
			})
		}
	}
	return changes, nil
}

func (d *Draft) write(dir string, plan *migrate.Plan) error {
	path := filepath.Join(dir, d.Database)
	local, err := migrate.NewLocalDir(path)
	if err != nil {
		return fmt.Errorf("write the migration for %s: %w", d.Database, err)
	}
	file, err := migrate.DefaultFormatter.FormatFile(plan)
	if err != nil {
		return fmt.Errorf("write the migration for %s: %w", d.Database, err)
	}
	if err := migrate.NewPlanner(nil, local).WritePlan(plan); err != nil {
		return fmt.Errorf("write the migration for %s: %w", d.Database, err)
	}
	d.File, d.Path = describe(file), filepath.Join(path, file.Name())
	return nil
}
