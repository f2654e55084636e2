package storetest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

// Replicated is the test's own PostgreSQL server and a standby that follows it, both with
// the migrated database "shop".
type Replicated struct {
	Primary, Standby *pgtemp.Server
	// URL is the URL of the database on the primary, ReadURL on the standby.
	URL, ReadURL string
}

// Replicate starts a primary and a standby, which stop at the end of the test. It takes
// some seconds.
func Replicate(t testing.TB) *Replicated {
	t.Helper()
	r := &Replicated{Primary: Own(t, pgtemp.Options{
		// A standby receives only WAL that the primary has written to its file.
		Settings: map[string]string{"synchronous_commit": "on"}, MaxConnections: 100,
	})}
	r.URL = r.Primary.URL("shop")
	standby, err := r.Primary.Standby(context.Background(), pgtemp.Options{})
	if err != nil {
		t.Fatal("storetest: ", err)
	}
	t.Cleanup(func() { stop(t, standby) })
	r.Standby, r.ReadURL = standby, standby.URL("shop")
	return r
}

// Own starts a server of the test's own, with the migrated database "shop", for tests that
// stop it or put a proxy in front of it.
func Own(t testing.TB, options pgtemp.Options) *pgtemp.Server {
	t.Helper()
	ctx := context.Background()
	server, err := pgtemp.Start(ctx, options)
	if err != nil {
		t.Fatal("storetest: ", err)
	}
	t.Cleanup(func() { stop(t, server) })
	Exec(t, server.URL("postgres"), "CREATE DATABASE shop TEMPLATE template0")
	if err := migrate(ctx, server.URL("shop")); err != nil {
		t.Fatal("storetest: ", err)
	}
	return server
}

// Exec runs a statement on a server over its own connection, without package store.
func Exec(t testing.TB, url, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal("storetest: ", err)
	}
	_, err = conn.Exec(ctx, statement)
	if closed := conn.Close(ctx); err == nil {
		err = closed
	}
	if err != nil {
		t.Fatalf("storetest: %s: %v", statement, err)
	}
}

func stop(t testing.TB, server interface {
	Stop(ctx context.Context) error
},
) {
	t.Helper()
	if err := server.Stop(context.Background()); err != nil {
		t.Error("storetest: ", err)
	}
}

// Bouncer starts PgBouncer in front of a server until the end of the test, and returns the
// URL of the database "shop" through it. It fails the test if PgBouncer is not installed.
func Bouncer(t testing.TB, server *pgtemp.Server, settings map[string]string) string {
	t.Helper()
	bouncer, err := server.Bouncer(context.Background(), pgtemp.BouncerOptions{Settings: settings})
	if err != nil {
		t.Fatal("storetest: ", err)
	}
	t.Cleanup(func() { stop(t, bouncer) })
	return bouncer.URL("shop")
}
