//go:build unix

package pgtemp_test

import (
	"context"
	"errors"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

func TestStopLeavesNothing(t *testing.T) {
	t.Parallel()
	server := startServer(t, pgtemp.Options{})
	processes := []int{server.PID(), openTransaction(t, server.URL("postgres"))}
	for range 2 {
		if err := server.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, pid := range processes {
		if !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			t.Errorf("process %d is there after Stop", pid)
		}
	}
	_, err := os.Stat(server.LogFile())
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log after Stop: %v", err)
	}
}

// openTransaction leaves a client in the middle of its work and returns the
// process id of its backend.
func openTransaction(t *testing.T, url string) int {
	t.Helper()
	conn := connect(t, url)
	_, err := conn.Exec(t.Context(), "BEGIN; CREATE TABLE t (n int)")
	if err != nil {
		t.Fatal(err)
	}
	return backendOf(t, conn)
}

func backendOf(t *testing.T, conn *pgx.Conn) int {
	t.Helper()
	var pid int
	if err := conn.QueryRow(t.Context(), "SELECT pg_backend_pid()").Scan(&pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestStoppedServerIsDown(t *testing.T) {
	t.Parallel()
	server := startServer(t, pgtemp.Options{})

	// Without any time for an orderly shutdown, it is done the other way.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := server.Stop(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if server.PID() != 0 {
		t.Errorf("PID after Stop: %d", server.PID())
	}
	_, err = pgx.Connect(t.Context(), server.URL("postgres"))
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("connect after Stop: %v", err)
	}
	err = server.Restart(t.Context())
	if !errors.Is(err, pgtemp.ErrStopped) {
		t.Errorf("Restart after Stop: %v", err)
	}
	server.Kill()
}

func TestTwoServersAtOnce(t *testing.T) {
	t.Parallel()
	var tests, torture *pgtemp.Server
	var started sync.WaitGroup
	started.Go(func() { tests = startServer(t, pgtemp.Options{}) })
	started.Go(func() {
		torture = startServer(t, pgtemp.Options{
			Durable:        true,
			MaxConnections: 30,
			Settings:       map[string]string{"storekeeper.note": `it's a back\slash`, "log_min_duration_statement": "0"},
		})
	})
	started.Wait()
	if tests == nil || torture == nil {
		t.FailNow()
	}
	for _, expect := range []struct {
		server        *pgtemp.Server
		setting, want string
	}{
		{tests, "fsync", "off"},
		{tests, "synchronous_commit", "off"},
		{tests, "full_page_writes", "off"},
		{tests, "max_connections", "200"},
		{tests, "server_encoding", "UTF8"},
		{tests, "listen_addresses", "127.0.0.1"},
		{tests, "unix_socket_directories", ""},
		{tests, "timezone", "UTC"},
		{torture, "fsync", "on"},
		{torture, "synchronous_commit", "on"},
		{torture, "full_page_writes", "on"},
		{torture, "max_connections", "30"},
		{torture, "storekeeper.note", `it's a back\slash`},
		{torture, "log_min_duration_statement", "0"},
	} {
		got := query(t, expect.server.URL("postgres"), "SELECT current_setting('"+expect.setting+"')")
		if got != expect.want {
			t.Errorf("%s is %q, want %q", expect.setting, got, expect.want)
		}
	}

	// Text sorts by code point, whatever the locale.
	sorted := query(t, tests.URL("postgres"), `SELECT string_agg(w, '' ORDER BY w) FROM unnest('{é,b,Z,a,ß}'::text[]) w`)
	if sorted != "Zabßé" {
		t.Errorf("text sorts as %s", sorted)
	}

	// Each has its own password.
	_, err := pgx.Connect(t.Context(), strings.Replace(tests.URL("postgres"), portOf(tests), portOf(torture), 1))
	if err == nil || !strings.Contains(err.Error(), "password authentication failed") {
		t.Errorf("the password of the other server: %v", err)
	}
}

func portOf(server *pgtemp.Server) string {
	_, rest, _ := strings.Cut(server.URL(""), "@")
	address, _, _ := strings.Cut(rest, "/")
	_, port, _ := strings.Cut(address, ":")
	return ":" + port
}

// What was committed is there after a restart, after a crash, which leaves a backend behind
// that does not notice, and after an immediate shutdown, which takes the backends with it.
func TestRestartKillAndQuitKeepData(t *testing.T) {
	t.Parallel()
	server := startServer(t, pgtemp.Options{Durable: true})
	url := server.URL("postgres")
	exec(t, url, "CREATE TABLE kept (word text)")
	for _, end := range []struct {
		word string
		by   func()
	}{{"restart", nil}, {"kill", server.Kill}, {"quit", server.Quit}} {
		exec(t, url, "INSERT INTO kept VALUES ('"+end.word+"')")
		before, backend := server.PID(), 0
		if end.by != nil {
			backend = compute(t, url)
			end.by()
			end.by()
			if server.PID() != 0 {
				t.Errorf("PID after %s: %d", end.word, server.PID())
			}
			if end.word == "quit" {
				assertGone(t, backend)
			}
		}
		if err := server.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		if backend != 0 {
			assertGone(t, backend)
		}
		if server.PID() == before || server.PID() == 0 || server.URL("postgres") != url {
			t.Errorf("after %s: PID %d was %d, URL %s was %s", end.word, server.PID(), before, server.URL("postgres"), url)
		}
	}
	if got := query(t, url, "SELECT string_agg(word, ' ') FROM kept"); got != "restart kill quit" {
		t.Errorf("kept %q", got)
	}

	// Stop also cleans up after a crash.
	server.Kill()
}

// compute keeps a backend busy with work in which it never looks around, and
// returns its process id once it is at it.
func compute(t *testing.T, url string) int {
	t.Helper()
	conn := connect(t, url)
	pid := backendOf(t, conn)
	go func() { _, _ = conn.Exec(t.Context(), "DO 'BEGIN LOOP END LOOP; END'") }()
	const running = "SELECT count(*)::text FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'"
	eventually(t, "the backend is at it", func() bool { return query(t, url, running) == "1" })
	return pid
}

func TestTakenPortIsLeftAlone(t *testing.T) {
	t.Parallel()
	var config net.ListenConfig
	taken, err := config.Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	address, ok := taken.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatalf("%v is not a TCP address", taken.Addr())
	}
	go hangUp(taken)
	dir := openDirectory(t)
	server, err := pgtemp.StartOn(t.Context(), pgtemp.Options{Dir: dir}, address.Port, address.Port)
	if err != nil {
		t.Fatal(err)
	}
	defer stopServer(t, server, dir)
	if got := query(t, server.URL("postgres"), "SELECT 'hello'"); got != "hello" {
		t.Errorf("it answers %q", got)
	}
}

func hangUp(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		_ = conn.Close()
	}
}

func TestInterruptedStartLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := openDirectory(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := pgtemp.Start(ctx, pgtemp.Options{Dir: dir})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Start with too little time: %v", err)
	}
	assertEmpty(t, dir)
}

func TestRefusedSettingShowsTheLog(t *testing.T) {
	t.Parallel()
	dir := openDirectory(t)
	_, err := pgtemp.Start(t.Context(), pgtemp.Options{Dir: dir, Settings: map[string]string{"work_mem": "plenty"}})
	if err == nil || !strings.Contains(err.Error(), `invalid value for parameter "work_mem": "plenty"`) {
		t.Errorf("Start with a setting PostgreSQL refuses: %v", err)
	}
	assertEmpty(t, dir)
}

func TestDirectoryOutOfReach(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root starts servers as another user")
	}
	dir := openDirectory(t)
	err := os.Chmod(dir, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pgtemp.Start(t.Context(), pgtemp.Options{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "may be unable to enter "+dir) {
		t.Errorf("Start in a directory of root: %v", err)
	}
	assertEmpty(t, dir)
}
