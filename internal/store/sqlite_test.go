package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// openLite opens an empty SQLite database.
func openLite(t *testing.T) *sql.DB {
	t.Helper()
	db := storetest.Open(t, store.Config{URL: "sqlite://" + filepath.Join(t.TempDir(), "shop.db")})
	return db.SQL()
}

func must(t *testing.T, db interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}, text string, args ...any,
) {
	t.Helper()
	if _, err := db.ExecContext(storetest.Context(t), text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// Queries of one text may be read at the same time in a transaction, whose only
// connection has the text prepared once.
func TestQueryWithinItself(t *testing.T) {
	t.Parallel()
	db := openLite(t)
	must(t, db, "CREATE TABLE n (i integer)")
	must(t, db, "INSERT INTO n VALUES (1), (2), (3)")
	tx, err := db.BeginTx(storetest.Context(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	var walk func(depth int) int
	walk = func(depth int) int {
		rows, err := tx.QueryContext(storetest.Context(t), "SELECT i FROM n WHERE i <= ? ORDER BY i", 4-depth)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		seen := 0
		for i := 1; rows.Next(); i++ {
			var got int
			if err := rows.Scan(&got); err != nil || got != i {
				t.Fatalf("row %d at depth %d: %d, %v", i, depth, got, err)
			}
			seen++
			if depth < 3 {
				seen += walk(depth + 1)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return seen
	}
	if seen := walk(1); seen != 3+3*2+3*2*1 {
		t.Errorf("%d rows", seen)
	}
}

// A prepared statement follows its table when that changes, starts anew after
// it was left halfway or failed, and has no arguments of its last use.
func TestStatementsAreUsedAgain(t *testing.T) {
	t.Parallel()
	db := openLite(t)
	must(t, db, "CREATE TABLE n (i integer CHECK (i > 0), text text)")
	for i := range 3 {
		must(t, db, "INSERT INTO n (i, text) VALUES (?, ?)", i+1, fmt.Sprint("row ", i))
	}
	if _, err := db.ExecContext(storetest.Context(t), "INSERT INTO n (i, text) VALUES (?, ?)", 0, "refused"); err == nil {
		t.Error("the CHECK let 0 pass")
	}
	must(t, db, "INSERT INTO n (i, text) VALUES (?, ?)", 4, nil)
	for _, c := range []struct {
		from int
		want string
	}{{1, "row 0"}, {4, ""}, {2, "row 1"}} {
		var got sql.NullString // QueryRow leaves the rows that follow
		err := db.QueryRowContext(storetest.Context(t), "SELECT text FROM n WHERE i >= ? ORDER BY i", c.from).Scan(&got)
		if err != nil || got.String != c.want {
			t.Errorf("from %d: %v, %v", c.from, got, err)
		}
	}
	count := func() (n int) {
		t.Helper()
		if err := db.QueryRowContext(storetest.Context(t), "SELECT count(*) FROM (SELECT * FROM n)").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := count()
	must(t, db, "ALTER TABLE n ADD COLUMN more text")
	must(t, db, "UPDATE n SET more = 'more' WHERE i = ?", 1)
	must(t, db, "INSERT INTO n (i, text) VALUES (?, ?)", 5, "five")
	if after := count(); before != 4 || after != 5 {
		t.Errorf("%d rows, then %d", before, after)
	}
	must(t, db, "DROP TABLE n")
	if _, err := db.ExecContext(storetest.Context(t), "INSERT INTO n (i, text) VALUES (?, ?)", 6, "gone"); err == nil {
		t.Error("a row went into a table that is gone")
	}
}

// A statement that a canceled context ended works for the next caller.
func TestStatementAfterCancellation(t *testing.T) {
	t.Parallel()
	db := openLite(t)
	const slow = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n`
	for range 3 {
		ctx, cancel := context.WithCancel(storetest.Context(t))
		started := make(chan struct{})
		go func() {
			<-started
			cancel()
		}()
		close(started)
		var n int
		if err := db.QueryRowContext(ctx, slow, 1<<40).Scan(&n); err == nil {
			t.Fatal("counted to the end of time")
		}
		if err := db.QueryRowContext(storetest.Context(t), slow, 10).Scan(&n); err != nil || n != 10 {
			t.Fatalf("%d, %v", n, err)
		}
	}
}

// Texts without number, as lists with filters make them, are all served.
func TestManyStatements(t *testing.T) {
	t.Parallel()
	db := openLite(t)
	for range 2 {
		for i := range 700 {
			var got int
			if err := db.QueryRowContext(storetest.Context(t), fmt.Sprintf("SELECT %d + ?", i), 1).Scan(&got); err != nil || got != i+1 {
				t.Fatalf("%d: %d, %v", i, got, err)
			}
		}
	}
}

// A database of which all connections are taken, as by an import and by reports,
// answers, and tells where it stands between the migrations.
func TestPingWhileBusy(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := storetest.Context(t)
			db, err := store.Open(ctx, store.Config{URL: storetest.URL(t, name), MaxConns: 2})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			for _, pool := range []*sql.DB{db.SQL(), db.ReadSQL()} {
				for pool.Stats().InUse < pool.Stats().MaxOpenConnections {
					conn, err := pool.Conn(ctx)
					if err != nil {
						t.Fatal(err)
					}
					t.Cleanup(func() { _ = conn.Close() })
				}
			}
			soon, cancel := context.WithTimeout(ctx, 5*time.Second)
			defer cancel()
			if err := db.Ping(soon); err != nil {
				t.Error(err)
			}
			if _, err := migration.Status(soon, db); err != nil {
				t.Error(err)
			}
		})
	}
}
