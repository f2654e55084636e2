//go:build linux

package disk_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/programtest"
	"github.com/storekeeper/storekeeper/internal/store"
)

// roomy is a shop on a disk that will be full.
type roomy struct {
	t     *testing.T
	file  string
	token string
	*programtest.Server
}

func newRoomy(t *testing.T, dir string) *roomy {
	t.Helper()
	s := &roomy{t: t, file: filepath.Join(dir, "shop.db")}
	database := "sqlite://" + s.file
	programtest.Shop(t, database, "--products", "20", "--customers", "10", "--orders", "10")
	s.token = programtest.Token(t, database, "disk")
	s.Server = programtest.NewServer(t, database, "disk")
	return s
}

func (s *roomy) serve() {
	s.t.Helper()
	if err := s.Start(s.t.Context()); err != nil {
		s.t.Fatalf("%v\n%s", err, s.Logged())
	}
}

// ask sends a request that has to be answered.
func (s *roomy) ask(method, path string, body any) (status int, text string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	sent, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+s.Address+path, bytes.NewReader(sent))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := (&http.Client{}).Do(req)
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", method, path, err, s.Logged())
	}
	got, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(got)
}

// add creates a customer with a long note.
func (s *roomy) add(n int) (status int, text string) {
	return s.ask(http.MethodPost, "/api/v1/customers", map[string]any{
		"email": fmt.Sprintf("disk-%d@torture.test", n), "name": "Disk", "note": strings.Repeat("n", 9_000),
	})
}

// fill adds customers until one is refused for lack of space, and then some more. It
// returns those that were acknowledged.
func (s *roomy) fill() map[int]bool {
	s.t.Helper()
	kept := map[int]bool{}
	refusals := 0
	for n := 0; refusals < 5; n++ {
		status, text := s.add(n)
		switch {
		case status == http.StatusCreated: // after a refusal, too, where something smaller still fits
			kept[n] = true
		case status == http.StatusServiceUnavailable && strings.Contains(text, "the database is full") && strings.Contains(text, "nothing was written"):
			refusals++
		default:
			s.t.Fatalf("customer %d: %d %s\n%s", n, status, text, s.Logged())
		}
		if n > 5_000 {
			s.t.Fatal("the disk does not fill up")
		}
	}
	if len(kept) == 0 {
		s.t.Fatal("nothing was acknowledged before the disk was full")
	}
	return kept
}

// survives checks what must hold on a full disk: reads work, and the log names the file and
// says what to do.
func (s *roomy) survives(advice string) {
	s.t.Helper()
	for _, path := range []string{"/api/v1/products", "/api/v1/customers?sort=-id", "/api/v1/orders", "/api/v1/reports/summary", "/readyz"} {
		if status, text := s.ask(http.MethodGet, path, nil); status != http.StatusOK {
			s.t.Errorf("GET %s on a full disk: %d %s", path, status, text)
		}
	}
	log := string(s.Logged())
	if !strings.Contains(log, s.file) || !strings.Contains(log, advice) {
		s.t.Errorf("the log does not name %s and say %q:\n%s", s.file, advice, log)
	}
	if strings.Contains(log, "panic") || strings.Contains(log, "goroutine ") {
		s.t.Errorf("panic:\n%s", log)
	}
}

// whole checks that the file is valid, and has exactly what was acknowledged.
func (s *roomy) whole(kept map[int]bool) {
	s.t.Helper()
	db, err := sql.Open("sqlite", "file:"+s.file+"?_pragma=busy_timeout(10000)")
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(s.t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		s.t.Errorf("integrity: %s, %v", verdict, err)
	}
	found := map[int]bool{}
	err = store.Each(s.t.Context(), db, func(rows *sql.Rows) error {
		var email string
		var n int
		if err := rows.Scan(&email); err != nil {
			return err
		}
		_, err := fmt.Sscanf(email, "disk-%d@", &n)
		found[n] = true
		return err
	}, `SELECT email FROM customers WHERE email LIKE 'disk-%'`)
	if err != nil {
		s.t.Fatal(err)
	}
	for n := range kept {
		if !found[n] {
			s.t.Errorf("customer %d was acknowledged and is not there", n)
		}
	}
	for n := range found {
		if !kept[n] {
			s.t.Errorf("customer %d was refused and is there", n)
		}
	}
	programtest.Call(s.t, "sqlite://"+s.file, "reconcile")
}

// On a full disk writes are refused and reads work. Once there is space again, the same
// process writes again.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("mounting a small disk takes rights that this user does not have (%v); TestFileSizeLimit needs none", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s := newRoomy(t, dir)
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	s.serve()
	kept := s.fill()
	s.survives("make room")
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	for n := range 10 {
		if status, text := s.add(10_000 + n); status != http.StatusCreated {
			t.Fatalf("with room again: %d %s", status, text)
		}
		kept[10_000+n] = true
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	s.whole(kept)
}

// A limit on the size of files, or a quota, is handled like a full disk, and does not end
// the program.
func TestFileSizeLimit(t *testing.T) {
	t.Parallel()
	s := newRoomy(t, t.TempDir())
	program := s.Command
	s.Command = append([]string{"/bin/sh", "-c", `ulimit -f 4000 && exec "$@"`, "sh"}, program...) // 2,048,000 bytes
	s.serve()
	kept := s.fill()
	s.survives("limits on the size of files")
	if err := s.Stop(); err != nil {
		t.Log(err) // what it had no room to checkpoint stays in the log
	}
	s.Command = program
	s.serve()
	if status, text := s.add(10_000); status != http.StatusCreated {
		t.Errorf("without the limit: %d %s", status, text)
	}
	kept[10_000] = true
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	s.whole(kept)
}
