package storetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/storekeeper/storekeeper/ent/migrate/migrations"
)

// serverVariable names the PostgreSQL server to test on.
const serverVariable = "STOREKEEPER_TEST_POSTGRES_URL"

// server is a PostgreSQL server on which databases are made.
type server struct {
	address  *url.URL
	admin    *pgxpool.Pool
	template func() (string, error) // makes the template on the first call
}

func startedServer(t testing.TB) *server {
	t.Helper()
	s, err := theServer()
	if err != nil {
		t.Fatalf("storetest: tests need PostgreSQL: install its server, or name one in %s: %v", serverVariable, err)
	}
	return s
}

// theServer returns the server that all tests of the process share.
var theServer = sync.OnceValues(func() (*server, error) {
	address := os.Getenv(serverVariable)
	if address == "" {
		started, err := startTemporary()
		if err != nil {
			return nil, err
		}
		address = started
	}
	return connect(address)
})

func connect(address string) (*server, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the URL is malformed") // the cause would show the password
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	config.MaxConns = 4
	admin, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, err
	}
	s := &server{address: parsed, admin: admin}
	s.template = sync.OnceValues(func() (string, error) { return s.makeTemplate(context.Background()) })
	return s, nil
}

// database makes a copy of the template for the test, and returns its URL.
func (s *server) database(t testing.TB, template string) string {
	t.Helper()
	name := "storekeeper_test_" + strings.ToLower(rand.Text())
	if err := s.exec(context.Background(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatal("storetest: create a database: ", err)
	}
	t.Cleanup(func() {
		if err := s.exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error("storetest: drop the database: ", err)
		}
	})
	return s.url(name)
}

func (s *server) url(database string) string {
	u := *s.address
	u.Path = "/" + database
	return u.String()
}

func (s *server) exec(ctx context.Context, statement string) error {
	_, err := s.admin.Exec(ctx, statement)
	return err
}

// makeTemplate makes sure that there is a migrated database, named after the migrations,
// and returns its name. Test processes that use the same server share it. The first one
// makes it, under another name until it is complete.
func (s *server) makeTemplate(ctx context.Context) (string, error) {
	sum, err := sumOfMigrations()
	if err != nil {
		return "", err
	}
	name := "storekeeper_template_" + sum
	lock, err := s.admin.Acquire(ctx)
	if err != nil {
		return "", err
	}
	defer lock.Release()
	if _, err := lock.Exec(ctx, "SELECT pg_advisory_lock(hashtext($1))", name); err != nil {
		return "", err
	}
	defer func() { _, _ = lock.Exec(ctx, "SELECT pg_advisory_unlock(hashtext($1))", name) }()
	var one int
	err = lock.QueryRow(ctx, "SELECT 1 FROM pg_database WHERE datname = $1", name).Scan(&one)
	if !errors.Is(err, pgx.ErrNoRows) {
		return name, err
	}
	return name, s.buildTemplate(ctx, name)
}

func (s *server) buildTemplate(ctx context.Context, name string) error {
	building := name + "_building"
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + building + " WITH (FORCE)",
		"CREATE DATABASE " + building + " TEMPLATE template0",
	} {
		if err := s.exec(ctx, statement); err != nil {
			return err
		}
	}
	if err := migrate(ctx, s.url(building)); err != nil {
		return err
	}
	for _, statement := range []string{
		"ALTER DATABASE " + building + " WITH ALLOW_CONNECTIONS false", // a database with connections cannot be copied
		"ALTER DATABASE " + building + " RENAME TO " + name,
	} {
		if err := s.exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// sumOfMigrations returns a hash of the migrations.
func sumOfMigrations() (string, error) {
	sums, err := fs.ReadFile(migrations.Files, "postgres/atlas.sum")
	hash := sha256.Sum256(sums)
	return hex.EncodeToString(hash[:8]), err
}
