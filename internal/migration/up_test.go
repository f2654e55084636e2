package migration_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/ent"
	entmigrate "github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/phone"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

func TestUpFromEmpty(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		applied := up(t, db, migration.Options{})
		if len(applied) == 0 || applied[0].Description != "init" || !strings.Contains(applied[0].SQL, "CREATE TABLE") {
			t.Errorf("applied %v", names(applied))
		}
		want := []string{"atlas_schema_revisions"}
		for _, table := range entmigrate.Tables {
			want = append(want, table.Name)
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, tables(t, db)); diff != "" {
			t.Errorf("tables (-want +got):\n%s", diff)
		}
		if again := up(t, db, migration.Options{}); len(again) != 0 {
			t.Errorf("applied again: %v", names(again))
		}
	})
}

func TestUpStepsOnWithRows(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := shopHistory(t, db)
		up(t, db, h.options())
		var tea *ent.Category
		err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) (err error) {
			tea, err = tx.Category.Create().SetName("Tea").SetSlug("tea").Save(ctx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		h.add(t, "20300101000000_colour.sql", "ALTER TABLE categories ADD COLUMN colour varchar NOT NULL DEFAULT 'green';\n")
		if got := names(up(t, db, h.options())); !slices.Equal(got, []string{"20300101000000_colour.sql"}) {
			t.Errorf("applied %v", got)
		}
		want := []string{strconv.FormatInt(tea.ID, 10) + " Tea green"}
		if diff := cmp.Diff(want, query(t, db, "SELECT id, name, colour FROM categories")); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
	})
}

func TestDryRunWritesNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		planned := up(t, db, migration.Options{DryRun: true})
		if len(planned) == 0 || !strings.Contains(planned[0].SQL, "CREATE TABLE") {
			t.Errorf("planned %v", names(planned))
		}
		if got := tables(t, db); len(got) != 0 {
			t.Errorf("tables after a dry run: %v", got)
		}
		if applied := up(t, db, migration.Options{}); !slices.Equal(names(applied), names(planned)) {
			t.Errorf("planned %v, applied %v", names(planned), names(applied))
		}
		if planned := up(t, db, migration.Options{DryRun: true}); len(planned) != 0 {
			t.Errorf("still planned: %v", names(planned))
		}
	})
}

func TestChangedFilesAreRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct {
		apply func(t *testing.T, h *history)
		says  string
	}{
		"edited":   {func(t *testing.T, h *history) { t.Helper(); h.edit(t, "1_a.sql", "CREATE TABLE b (id int);\n") }, "1_a.sql was edited"},
		"added":    {func(t *testing.T, h *history) { t.Helper(); h.edit(t, "2_b.sql", "CREATE TABLE b (id int);\n") }, "2_b.sql was added"},
		"removed":  {func(t *testing.T, h *history) { t.Helper(); remove(t, h.dir+"/1_a.sql") }, "1_a.sql was removed"},
		"unsummed": {func(t *testing.T, h *history) { t.Helper(); remove(t, h.dir+"/atlas.sum") }, "checksum file not found"},
		"forged": {func(t *testing.T, h *history) {
			t.Helper()
			h.edit(t, "atlas.sum", "h1:AAAA\n1_a.sql h1:AAAA\n")
		}, "atlas.sum was edited"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, db *store.DB) {
				h := newHistory(t, db)
				h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
				change.apply(t, h)
				for _, dryRun := range []bool{false, true} {
					opts := h.options()
					opts.DryRun = dryRun
					_, err := migration.Up(t.Context(), db, opts)
					if err == nil || !strings.Contains(err.Error(), change.says) {
						t.Errorf("error %v, want one that says %q", err, change.says)
					}
				}
				if got := tables(t, db); len(got) != 0 {
					t.Errorf("tables: %v", got)
				}
			})
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// Editing a file and updating atlas.sum is detected by the history.
func TestEditedHistoryIsRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := newHistory(t, db)
		h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
		up(t, db, h.options())
		h.add(t, "1_a.sql", "CREATE TABLE a (id int, name text);\n")
		h.add(t, "2_b.sql", "CREATE TABLE b (id int);\n")
		_, err := migration.Up(t.Context(), db, h.options())
		edited, ok := errors.AsType[*migration.EditedError](err)
		if !ok || edited.Version != "1" {
			t.Errorf("error %v", err)
		}
	})
}

func TestFilesOutOfOrderAreRefused(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := newHistory(t, db)
		h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
		up(t, db, h.options())
		h.add(t, "3_c.sql", "CREATE TABLE c (id int);\n")
		up(t, db, h.options())
		storetest.SQL(t, db, "UPDATE atlas_schema_revisions SET hash = '' WHERE version = '3'") // it depends on the files before it
		h.add(t, "2_b.sql", "CREATE TABLE b (id int);\n")
		_, err := migration.Up(t.Context(), db, h.options())
		if _, ok := errors.AsType[*migrate.HistoryNonLinearError](err); !ok || !strings.Contains(err.Error(), "2_b.sql") {
			t.Errorf("error %v", err)
		}
	})
}

func TestFailureLeavesNothingOfItsFile(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		h := newHistory(t, db)
		h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
		h.add(t, "2_b.sql", "CREATE TABLE b (id int);\n\n-- Not there.\nINSERT INTO nowhere VALUES (1);\nCREATE TABLE c (id int);\n")
		applied, err := migration.Up(t.Context(), db, h.options())
		if !slices.Equal(names(applied), []string{"1_a.sql"}) {
			t.Errorf("applied %v", names(applied))
		}
		failed, ok := errors.AsType[*migration.StatementError](err)
		if !ok {
			t.Fatalf("error %v", err)
		}
		want := migration.StatementError{File: "2_b.sql", Line: 4, Number: 2, Statement: "INSERT INTO nowhere VALUES (1);", Err: failed.Err}
		if *failed != want {
			t.Errorf("error %+v, want %+v", *failed, want)
		}
		for _, part := range []string{"2_b.sql", "line 4", "statement 2", "INSERT INTO nowhere", "nowhere"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
		if got := tables(t, db); !slices.Equal(got, []string{"a", "atlas_schema_revisions"}) {
			t.Errorf("tables %v", got)
		}
		if got := query(t, db, "SELECT version FROM atlas_schema_revisions"); !slices.Equal(got, []string{"1"}) {
			t.Errorf("history %v", got)
		}

		h.add(t, "2_b.sql", "CREATE TABLE b (id int);\nCREATE TABLE c (id int);\n")
		if got := names(up(t, db, h.options())); !slices.Equal(got, []string{"2_b.sql"}) {
			t.Errorf("applied after the fix: %v", got)
		}
	})
}

func TestUpRefusesStrangeDatabases(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, db *store.DB) {
		storetest.SQL(t, db, "CREATE TABLE accounts (id int)")
		_, err := migration.Up(t.Context(), db, migration.Options{})
		if err == nil || !strings.Contains(err.Error(), `table "accounts"`) {
			t.Errorf("error %v", err)
		}
		if got := tables(t, db); !slices.Equal(got, []string{"accounts"}) {
			t.Errorf("tables %v", got)
		}
	})
}

// The database of another program that migrates with Atlas is refused, whether its
// versions are before, among or after those of the shop.
func TestForeignHistoryIsRefused(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"20240101000000", "20261124000000", "20990101000000"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, db *store.DB) {
				h := newHistory(t, db)
				h.add(t, version+"_notes.sql", "CREATE TABLE notes (id int);\n")
				up(t, db, h.options())
				before := tables(t, db)
				_, looked := migration.Status(t.Context(), db)
				_, upped := migration.Up(t.Context(), db, migration.Options{})
				for _, err := range []error{looked, upped} {
					if _, ok := errors.AsType[*migration.ForeignError](err); !ok || !strings.Contains(err.Error(), version) {
						t.Errorf("error %v", err)
					}
				}
				if after := tables(t, db); !slices.Equal(after, before) {
					t.Errorf("tables %v", after)
				}
			})
		})
	}
}

// Extensions and other schemas do not make a database foreign.
func TestUpSharesAPostgresDatabase(t *testing.T) {
	t.Parallel()
	db := openDB(t, storetest.EmptyURL(t, dialect.Postgres))
	storetest.SQL(t, db, "CREATE SCHEMA other")
	storetest.SQL(t, db, "CREATE TABLE other.accounts (id int)")
	if applied := up(t, db, migration.Options{}); len(applied) == 0 {
		t.Error("nothing was applied")
	}
}

// Through a pooler without prepared statements, values are sent as text.
func TestUpInSimpleProtocol(t *testing.T) {
	t.Parallel()
	db := openDB(t, storetest.EmptyURL(t, dialect.Postgres)+"&default_query_exec_mode=simple_protocol")
	if applied := up(t, db, migration.Options{}); len(applied) == 0 {
		t.Error("nothing was applied")
	}
}

func TestUpRefusesAnotherSearchPath(t *testing.T) {
	t.Parallel()
	url := storetest.EmptyURL(t, dialect.Postgres)
	storetest.SQL(t, openDB(t, url), "CREATE SCHEMA other")
	_, err := migration.Up(t.Context(), openDB(t, url+"&search_path=other,public"), migration.Options{})
	if err == nil || !strings.Contains(err.Error(), "search_path") {
		t.Errorf("error %v", err)
	}
}

// A migration that waits for a table, such as one that pg_dump reads, does not keep others
// from using it meanwhile.
func TestUpLetsOthersPass(t *testing.T) {
	t.Parallel()
	db, ctx := openDB(t, storetest.EmptyURL(t, dialect.Postgres)), storetest.Context(t)
	h := newHistory(t, db)
	h.add(t, "1_a.sql", "CREATE TABLE a (id int);\n")
	up(t, db, h.options())
	h.add(t, "2_b.sql", "ALTER TABLE a ADD COLUMN b int;\n")
	dump, err := db.SQL().BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = dump.Rollback() }()
	if _, err := dump.ExecContext(ctx, "SELECT id FROM a"); err != nil {
		t.Fatal(err)
	}
	migrated := make(chan error, 1)
	go func() {
		_, err := migration.Up(ctx, db, h.options())
		migrated <- err
	}()
	for len(query(t, db, "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'a'::regclass")) == 0 {
		if len(migrated) > 0 {
			t.Fatal(<-migrated)
		}
	}
	reading, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if _, err := db.SQL().ExecContext(reading, "SELECT id FROM a"); err != nil || len(migrated) > 0 {
		t.Errorf("read behind a migration that waits: %v", err)
	}
	if err := errors.Join(dump.Rollback(), <-migrated); err != nil {
		t.Error(err)
	}
	if got := query(t, db, "SELECT b FROM a"); len(got) != 0 {
		t.Error(got)
	}
}

// A statement_timeout, such as that of a role behind PgBouncer, does not apply to
// migrations, but to all other statements.
func TestUpTakesItsTime(t *testing.T) {
	t.Parallel()
	db := openDB(t, storetest.EmptyURL(t, dialect.Postgres)+"&statement_timeout=500")
	db.SQL().SetMaxOpenConns(1)
	h := newHistory(t, db)
	h.add(t, "1_a.sql", "SELECT pg_sleep(1);\n")
	h.add(t, "2_b.sql", "-- atlas:txmode none\n\nSELECT pg_sleep(1);\n")
	up(t, db, h.options())
	if got := query(t, db, "SHOW statement_timeout"); !slices.Equal(got, []string{"500ms"}) {
		t.Errorf("the limit is %v afterwards", got)
	}
}

// Replicas that start at the same time migrate once. They are real processes, so that only
// the database can coordinate them.
func TestConcurrentProcessesMigrateOnce(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := storetest.EmptyURL(t, name)
			var (
				group   sync.WaitGroup
				outputs [4]bytes.Buffer
			)
			for i := range outputs {
				group.Go(func() { runProcess(t, url, &outputs[i]) })
			}
			group.Wait()
			sum := 0
			for i := range outputs {
				applied, err := strconv.Atoi(strings.TrimSpace(outputs[i].String()))
				if err != nil {
					t.Errorf("output %q", outputs[i].String())
				}
				sum += applied
			}
			db := openDB(t, url)
			if all := len(query(t, db, "SELECT version FROM atlas_schema_revisions")); sum != all || all == 0 {
				t.Errorf("%d migrations were applied %d times", all, sum)
			}
		})
	}
}

func runProcess(t *testing.T, url string, output *bytes.Buffer) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Error(err)
		return
	}
	process := osexec.CommandContext(t.Context(), program)
	process.Env = append(os.Environ(), urlVariable+"="+url)
	process.Stdout, process.Stderr = output, output
	if err := process.Run(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
}

// Several pools in one process take turns to apply many files, and never apply the same
// one.
func TestConcurrentPoolsShareTheWork(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := storetest.EmptyURL(t, name)
			db := openDB(t, url)
			h, want := longHistory(t, db)
			var (
				group   sync.WaitGroup
				applied [4][]migration.File
				errs    [4]error
			)
			for i := range applied {
				pool := openDB(t, url)
				group.Go(func() { applied[i], errs[i] = migration.Up(context.Background(), pool, h.options()) })
			}
			group.Wait()
			if err := errors.Join(errs[:]...); err != nil {
				t.Fatal(err)
			}
			if n := len(slices.Concat(applied[:]...)); n != len(want) {
				t.Errorf("%d files were applied %d times", len(want), n)
			}
			if got := query(t, db, "SELECT n FROM steps ORDER BY n"); !slices.Equal(got, want) {
				t.Errorf("steps %v", got)
			}
		})
	}
}

// longHistory has ten files, each of which inserts its number.
func longHistory(t *testing.T, db *store.DB) (_ *history, numbers []string) {
	t.Helper()
	h := newHistory(t, db)
	h.add(t, "100_start.sql", "CREATE TABLE steps (n int);\nINSERT INTO steps VALUES (0);\n")
	numbers = []string{"0"}
	for i := 1; i < 10; i++ {
		n := strconv.Itoa(i)
		h.add(t, "10"+n+"_step.sql", "INSERT INTO steps VALUES ("+n+");\n")
		numbers = append(numbers, n)
	}
	return h, numbers
}

// upBefore migrates the shop up to, but not including, a migration.
func upBefore(t *testing.T, db *store.DB, first string) {
	t.Helper()
	h := shopHistory(t, db)
	all, err := filepath.Glob(filepath.Join(h.dir, "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		if filepath.Base(file) >= first {
			remove(t, file)
		}
	}
	h.sum(t)
	up(t, db, h.options())
}

// Telephone numbers that were stored before the migration are found by the same digits that
// the program would store for them.
func TestUpToPhoneDigits(t *testing.T) {
	t.Parallel()
	const first = "20261129040118_phone_digits.sql"
	numbers := []string{
		"", "0", "00", "000", "+", "+0", "none", "ask for Ann", "+49 176 123-456", "0049 176 123456", "(0049) 0176 123456", "0176 123456", "(0)176 123456",
		"+49 (0)176 123456", "49 (0)176 123456", "+49(0) 176", "((0)0)12", "(0)(0)0012", "+1 (415) 555-0123 ext. 12", "1-415-555-0123", "Tel: +44 020 7946", "12+34",
		"0176 1 + 0170 2", "+ +49 0+0 1", "++0+0+", "+4200", "+42000123", "+4", "+42", "+28 00", "+²", "ž+49\u00a00176–1", "+49\n0176\t1", "\u202a+49 0176\u202c",
		"%_'\"\\*?[]^-", "+%0_1", "12345678901234567890123456789012345678901234567890", "+0000000000000000000000000000000000000000000000001",
	}
	for code := range 1000 { // all country codes, and codes that are none
		numbers = append(numbers, fmt.Sprintf("+%d 0%d", code, code), fmt.Sprintf("00%d00", code), fmt.Sprintf("%03d(0)0", code))
	}
	onBoth(t, func(t *testing.T, db *store.DB) {
		upBefore(t, db, first)
		const at = "'2026-01-01 00:00:00+00:00'"
		insert := "INSERT INTO customers (id, created_at, updated_at, email, name, phone) VALUES ($1, " + at + ", " + at + ", $2, 'C', $3)"
		for i, number := range numbers {
			var given any = number
			if i == 0 {
				given = nil
			}
			storetest.SQL(t, db, insert, i, fmt.Sprintf("c%d@example.com", i), given)
		}
		if got := names(up(t, db, migration.Options{})); len(got) == 0 || got[0] != first {
			t.Errorf("applied %v", got)
		}
		for i, line := range query(t, db, "SELECT phone_digits FROM customers ORDER BY id") {
			want := phone.Digits(numbers[i])
			if want == "" {
				want = "<nil>"
			}
			if line != want {
				t.Errorf("%q: %s, want %s", numbers[i], line, want)
			}
		}
		if changed := query(t, db, "SELECT count(*) FROM customers WHERE version <> 1 OR updated_at <> created_at"); changed[0] != "0" {
			t.Errorf("%s customers look edited", changed[0])
		}
	})
}

// Customers and orders from before the migration have no address. An order that has not
// been shipped can get one.
func TestUpToDeliveryAddresses(t *testing.T) {
	t.Parallel()
	const first = "20261128104610_delivery_addresses.sql"
	onBoth(t, func(t *testing.T, db *store.DB) {
		upBefore(t, db, first)
		const at = "'2026-01-01 00:00:00+00:00'"
		storetest.SQL(t, db, "INSERT INTO customers (id, created_at, updated_at, email, name, note) VALUES (1, "+at+", "+at+", 'c@example.com', 'C', 'N')")
		storetest.SQL(t, db, `INSERT INTO orders (id, created_at, updated_at, status, total_amount, currency, placed_at, customer_id)
			VALUES (1, `+at+", "+at+", 'pending', 0, 'EUR', "+at+", 1)")

		if got := names(up(t, db, migration.Options{})); len(got) == 0 || got[0] != first {
			t.Errorf("applied %v", got)
		}
		const rows = `SELECT c.email, c.note, c.address IS NULL, o.status, o.delivery_address, o.version
			FROM customers c JOIN orders o ON o.customer_id = c.id`
		if got := query(t, db, rows)[0]; got != "c@example.com N true pending <nil> 1" && got != "c@example.com N 1 pending <nil> 1" {
			t.Error(got)
		}
		err := db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			return tx.Order.UpdateOneID(1).SetDeliveryAddress("1 Home Street").Exec(ctx)
		})
		if got := query(t, db, rows)[0]; err != nil || !strings.HasSuffix(got, "pending 1 Home Street 2") {
			t.Error(got, err)
		}
	})
}
