//go:build unix

package pgtemp_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

// A standby follows its primary, through its own restart and crash too, and both
// leave nothing.
func TestStandbyFollows(t *testing.T) {
	t.Parallel()
	primary := startServer(t, pgtemp.Options{MaxConnections: 20, Settings: map[string]string{"synchronous_commit": "on"}})
	dir := openDirectory(t)
	standby, err := primary.Standby(t.Context(), pgtemp.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stopServer(t, standby, dir) })
	here, there := primary.URL("postgres"), standby.URL("postgres")
	exec(t, here, "CREATE TABLE kept (word text)")
	follows := func(word string) {
		t.Helper()
		exec(t, here, "INSERT INTO kept VALUES ('"+word+"')")
		eventually(t, "the standby has "+word, func() bool {
			return query(t, there, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'kept'") == "1" &&
				query(t, there, "SELECT count(*)::text FROM kept WHERE word = '"+word+"'") == "1"
		})
	}
	follows("streamed")
	err = standby.Restart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	follows("restarted")
	standby.Kill()
	err = standby.Restart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	follows("recovered")
	_, err = connect(t, there).Exec(t.Context(), "INSERT INTO kept VALUES ('written')")
	if err == nil {
		t.Error("the standby was written to")
	}
	standby.Kill() // Stop cleans up after that, too.
}

// PgBouncer pools by transaction in front of a server, lets in who knows the
// server's password, and leaves nothing.
func TestBouncerPools(t *testing.T) {
	t.Parallel()
	server := startServer(t, pgtemp.Options{})
	dir := openDirectory(t)
	bouncer, err := server.Bouncer(t.Context(), pgtemp.BouncerOptions{Dir: dir, Settings: map[string]string{"default_pool_size": "1"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 2 {
			if err := bouncer.Stop(context.WithoutCancel(t.Context())); err != nil {
				t.Error(err)
			}
		}
		assertEmpty(t, dir)
	})
	url := bouncer.URL("postgres") + "&default_query_exec_mode=simple_protocol"
	one, two := connect(t, url), connect(t, url)
	if backendOf(t, one) != backendOf(t, two) {
		t.Error("two clients have not shared the one connection")
	}
}
