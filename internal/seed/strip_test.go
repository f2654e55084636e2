package seed_test

import (
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// definitions returns all indexes and constraints of a PostgreSQL database.
func definitions(t *testing.T, db *store.DB) []string {
	t.Helper()
	rows, err := db.SQL().QueryContext(storetest.Context(t), `
		SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
		UNION ALL
		SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
		FROM pg_constraint WHERE connamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// Everything that is dropped for the load comes back as it was.
func TestIndexesAndConstraintsComeBack(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	before := definitions(t, db)
	if len(before) < 60 {
		t.Fatalf("only %d indexes and constraints", len(before))
	}
	built := int64(0)
	o := small()
	o.Progress = func(stage string, _, total int64) {
		if stage == "indexes" {
			built = total
		}
	}
	run(t, db, o)
	if diff := cmp.Diff(before, definitions(t, db)); diff != "" {
		t.Error("(-before +after):\n" + diff)
	}
	if built < 30 {
		t.Errorf("%d indexes and constraints were built after the load", built)
	}
}

// A role that does not own the tables seeds without dropping anything.
func TestRoleThatOwnsNothing(t *testing.T) {
	t.Parallel()
	address := storetest.URL(t, "postgres")
	owner, err := store.Open(storetest.Context(t), store.Config{URL: address})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { owner.Close() })
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	role := "clerk_" + parsed.Path[1:] // tests share the server, and roles belong to the server
	storetest.SQL(t, owner, "CREATE ROLE "+role)
	storetest.SQL(t, owner, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "+role)
	storetest.SQL(t, owner, "GRANT SELECT, USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA public TO "+role)
	t.Cleanup(func() {
		for _, statement := range []string{"DROP OWNED BY " + role, "DROP ROLE " + role} {
			if _, err := owner.SQL().Exec(statement); err != nil {
				t.Error(err)
			}
		}
	})
	query := parsed.Query()
	query.Set("role", role)
	parsed.RawQuery = query.Encode()
	clerk, err := store.Open(storetest.Context(t), store.Config{URL: parsed.String()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { clerk.Close() })
	o := small()
	o.Progress = func(stage string, _, _ int64) {
		if stage == "indexes" {
			t.Error("dropped what it does not own")
		}
	}
	if _, err := seed.Run(storetest.Context(t), clerk, o); err != nil {
		t.Fatal(err)
	}
	var user string
	if err := clerk.SQL().QueryRowContext(storetest.Context(t), "SELECT current_user").Scan(&user); err != nil || user != role {
		t.Errorf("ran as %s, %v", user, err)
	}
}
