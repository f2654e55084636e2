package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
)

type migrateCmd struct {
	Up     migrateUpCmd     `cmd:"" help:"Apply the pending migrations."`
	Status migrateStatusCmd `cmd:"" help:"Show which migrations are applied and pending."`
	Diff   migrateDiffCmd   `cmd:"" help:"Write the migrations that lead from the last ones to the ent schema, for both databases."`
	Verify migrateVerifyCmd `cmd:"" help:"Fail if schema, migrations and the database differ."`
}

type migrateUpCmd struct {
	DryRun bool `help:"Only print the SQL."`
}

// Run applies the pending migrations. When one fails, those applied before it are printed
// all the same.
func (c *migrateUpCmd) Run(ctx context.Context, a *app) error {
	with := a.withNewDB
	if c.DryRun {
		with = a.readDB
	}
	return with(ctx, func(db *store.DB) error {
		files, failed := migration.Up(ctx, db, migration.Options{DryRun: c.DryRun, Version: version()})
		if failed != nil {
			if len(files) == 0 {
				return failed
			}
			return errors.Join(failed, a.print(c.result(files), func(w io.Writer) { c.list(w, files) }))
		}
		state, err := migration.Status(ctx, db)
		if err == nil && !c.DryRun {
			err = a.refold(ctx, db, state)
		}
		if err != nil {
			return err
		}
		return a.print(c.result(files), func(w io.Writer) {
			switch {
			case state.Ahead():
				fmt.Fprintln(w, ahead(state))
			case len(files) == 0:
				fmt.Fprintln(w, "The database is up to date.")
			}
			c.list(w, files)
		})
	})
}

func (c *migrateUpCmd) list(w io.Writer, files []migration.File) {
	for _, file := range files {
		if c.DryRun {
			fmt.Fprintf(w, "-- %s\n%s\n", file.Name, file.SQL)
		} else {
			fmt.Fprintln(w, "applied", file.Name)
		}
	}
}

// result is the value that is printed as JSON. It includes the SQL only for a dry run.
func (c *migrateUpCmd) result(files []migration.File) any {
	if !c.DryRun {
		return orEmpty(files)
	}
	type planned struct {
		migration.File

		SQL string `json:"sql"`
	}
	plan := make([]planned, len(files))
	for i, file := range files {
		plan[i] = planned{file, file.SQL}
	}
	return plan
}

type migrateStatusCmd struct{}

// Run shows which migrations are applied and which are to come.
func (migrateStatusCmd) Run(ctx context.Context, a *app) error {
	return a.readDB(ctx, func(db *store.DB) error {
		state, err := migration.Status(ctx, db)
		if err != nil {
			return err
		}
		return a.print(state, func(w io.Writer) {
			for _, applied := range state.Applied {
				fmt.Fprintf(w, "applied  %s  %s  %s\n", applied.Version, when(applied.At), applied.Description)
			}
			for _, file := range state.Pending {
				fmt.Fprintf(w, "pending  %s\n", file.Name)
			}
			switch {
			case state.Ahead():
				fmt.Fprintln(w, ahead(state))
			case state.UpToDate():
				fmt.Fprintln(w, "The database is up to date.")
			default:
				fmt.Fprintln(w, "Run 'storekeeper migrate up' to apply what is pending.")
			}
		})
	})
}

// ahead says that a newer program has migrated the database.
func ahead(state *migration.State) string {
	return fmt.Sprintf("The database is ahead of this program, whose newest migration is %s.", state.Latest)
}

// orEmpty makes JSON print [] instead of null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

type migrateDiffCmd struct {
	Name   string   `arg:"" help:"What the migration does, for example add_barcode."`
	Rename []string `placeholder:"TABLE.COLUMN=NAME" help:"Column that was renamed, or a table with TABLE=NAME. Repeatable."`
	Dir    string   `default:"ent/migrate/migrations" env:"STOREKEEPER_MIGRATIONS_DIR" type:"existingdir" help:"Directory of the migrations."`
	DevURL string   `name:"dev-url" env:"STOREKEEPER_DEV_DATABASE_URL" help:"PostgreSQL server to replay migrations on; when empty, one is started from the installed binaries."`
}

// renamesOf reads what only has another name, with the resources that renamed tables are.
func renamesOf(texts []string) ([]migration.Rename, error) {
	renames := make([]migration.Rename, len(texts))
	for i, text := range texts {
		var err error
		if renames[i], err = migration.ParseRename(text); err != nil {
			return nil, err
		}
		for _, t := range ent.AuditedTypes {
			if t.Table == renames[i].To && renames[i].Column == "" {
				renames[i].Resource = t.Resource
			}
		}
	}
	return renames, nil
}

// Run writes the next migration for both databases.
func (c *migrateDiffCmd) Run(ctx context.Context, a *app) error {
	renames, err := renamesOf(c.Rename)
	if err != nil {
		return err
	}
	drafts, err := migration.Diff(ctx, c.Dir, c.Name, migration.Dev{PostgresURL: c.DevURL}, renames...)
	if err != nil {
		return err
	}
	return a.print(orEmpty(drafts), func(w io.Writer) { c.list(w, drafts) })
}

// list says what was written, what to look at, and how to take it back.
func (c *migrateDiffCmd) list(w io.Writer, drafts []migration.Draft) {
	if len(drafts) == 0 {
		fmt.Fprintln(w, "Nothing to write: the migrations lead to the schema, as `go generate ./...` read it last.")
	}
	careful := false
	for i := range drafts {
		fmt.Fprintln(w, "wrote", drafts[i].Path)
		for _, warning := range drafts[i].Warnings {
			careful = true
			fmt.Fprintln(w, "  careful:", warning)
		}
	}
	if careful {
		fmt.Fprintf(w, "To write them anew, take them back first: git restore %[1]s && git clean -fd %[1]s\n", c.Dir)
	}
}

type migrateVerifyCmd struct {
	Dir    string `type:"existingdir" help:"Directory like ent/migrate to verify; when empty, the migrations in the program."`
	DevURL string `name:"dev-url" env:"STOREKEEPER_DEV_DATABASE_URL" help:"PostgreSQL server to replay migrations on; when empty, one is started from the installed binaries."`
	Live   bool   `negatable:"" default:"true" help:"Also verify the database, not only the files."`
}

// Run reports every difference and fails when there is one. The database is verified when
// it exists; only a database at the default URL may be missing.
func (c *migrateVerifyCmd) Run(ctx context.Context, a *app) error {
	options := migration.VerifyOptions{Dir: c.Dir, Dev: migration.Dev{PostgresURL: c.DevURL}}
	missing, err := store.Missing(a.flags.DatabaseURL)
	if err != nil {
		return err
	}
	if !c.Live || missing != "" && a.flags.DatabaseURL == defaultDatabaseURL {
		return c.report(ctx, a, options)
	}
	return a.readDB(ctx, func(db *store.DB) error {
		options.DB = db
		return c.report(ctx, a, options)
	})
}

// report prints the problems that were found, even when something could not be verified.
func (c *migrateVerifyCmd) report(ctx context.Context, a *app, options migration.VerifyOptions) error {
	problems, unverified := migration.Verify(ctx, options)
	err := a.print(orEmpty(problems), func(w io.Writer) {
		for i := range problems {
			fmt.Fprintln(w, problemLine(&problems[i]))
		}
		switch {
		case len(problems) > 0 || unverified != nil:
		case options.DB != nil:
			fmt.Fprintf(w, "Schema, migrations and the database %s agree.\n", options.DB.Name())
		default:
			fmt.Fprintln(w, "Schema and migrations agree.")
		}
	})
	if err == nil && unverified == nil && len(problems) > 0 {
		err = &finding{"schema, migrations and database differ"}
	}
	return errors.Join(err, unverified)
}

// problemLine describes the problem in one line.
func problemLine(p *migration.Problem) string {
	where := p.Table
	if p.Column != "" {
		where += "." + p.Column
	}
	if where != "" {
		where = " " + where
	}
	return fmt.Sprintf("%s, %s%s: %s", p.Engine, p.Subject, where, p.Text)
}
