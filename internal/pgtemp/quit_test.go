//go:build unix

package pgtemp_test

import (
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

// An immediate shutdown takes the backends with it and keeps what was committed.
func TestQuitKeepsData(t *testing.T) {
	t.Parallel()

	server := startServer(t, pgtemp.Options{Durable: true})
	url := server.URL("postgres")

	exec(t, url, "CREATE TABLE kept (word text)")
	exec(t, url, "INSERT INTO kept VALUES ('quit')")

	idle := openTransaction(t, url)

	server.Quit()
	server.Quit()

	if server.PID() != 0 {
		t.Errorf("PID after Quit: %d", server.PID())
	}

	assertGone(t, idle)

	err := server.Restart(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	got := query(t, url, "SELECT string_agg(word, ' ') FROM kept")
	if got != "quit" {
		t.Errorf("kept %q", got)
	}
}
