//go:build linux

package disk_test

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/programtest"
)

const pageSize = 4096

// Whatever page of the file is damaged, a command either does not need it or reports that
// the file is damaged, a server answers every request, and a restored backup is a whole
// shop again.
func TestDamagedFile(t *testing.T) {
	t.Parallel()
	seed := programtest.Seed(t)
	t.Logf("TORTURE_SEED=%d", seed)
	rng := rand.New(rand.NewPCG(seed, 2))
	s := newRoomy(t, t.TempDir())
	programtest.Call(t, "sqlite://"+s.file, "backup", s.file+".backup")
	whole, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	pages := len(whole) / pageSize
	told := 0
	for range 24 {
		page := 1 + rng.IntN(pages-1)
		damaged := bytes.Clone(whole)
		for i := range pageSize {
			damaged[page*pageSize+i] = byte(rng.IntN(256))
		}
		if says(t, damaged, "reconcile") {
			told++
		}
	}
	if told == 0 {
		t.Error("no damage was noticed")
	}
	for name, damaged := range map[string][]byte{
		"no header":  append(bytes.Repeat([]byte("x"), 100), whole[100:]...),
		"half of it": whole[:len(whole)/2/pageSize*pageSize],
	} {
		if !says(t, damaged, "reconcile") || !says(t, damaged, "serve", "--listen", "127.0.0.1:0") {
			t.Errorf("%s: was not noticed", name)
		}
	}
	s.serveDamaged(whole, rng)

	if err := os.Rename(s.file+".backup", s.file); err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{"-wal", "-shm"} {
		_ = os.Remove(s.file + old)
	}
	s.serve()
	if status, text := s.add(1); status != http.StatusCreated {
		t.Errorf("after the backup was restored: %d %s", status, text)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	s.whole(map[int]bool{1: true})
}

// says runs a command on a damaged file, and reports whether it complained. If so, the
// message must be a good one.
func says(t *testing.T, damaged []byte, args ...string) bool {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shop.db")
	if err := os.WriteFile(file, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := programtest.Command(t.Context(), t, "sqlite://"+file, args...).CombinedOutput()
	if err == nil {
		return false
	}
	if args[0] == "reconcile" && !strings.Contains(string(out), "storekeeper:") { // it found drift, which is a finding
		if strings.Contains(string(out), "goroutine ") {
			t.Errorf("panics:\n%s", out)
		}
		return true
	}
	complaint(t, args, string(out), file, "restore the last backup")
	return true
}

// serveDamaged damages half of the pages after the first one while nothing runs, and then
// sends the server every request.
func (s *roomy) serveDamaged(whole []byte, rng *rand.Rand) {
	s.t.Helper()
	damaged := bytes.Clone(whole)
	for page := 30; page < len(whole)/pageSize; page++ {
		if rng.IntN(2) == 0 {
			for i := range pageSize {
				damaged[page*pageSize+i] = byte(rng.IntN(256))
			}
		}
	}
	for _, old := range []string{"-wal", "-shm"} {
		_ = os.Remove(s.file + old)
	}
	if err := os.WriteFile(s.file, damaged, 0o600); err != nil {
		s.t.Fatal(err)
	}
	if err := s.Launch(); err != nil {
		s.t.Fatal(err)
	}
	for deadline := time.After(20 * time.Second); !s.Ready(s.t.Context()); {
		select {
		case <-deadline:
			s.t.Fatalf("neither ready nor ended:\n%s", s.Logged())
		case <-s.Ended(): // the damage concerns what it needs to start
			complaint(s.t, []string{"serve"}, string(s.Logged()), s.file, "restore the last backup")
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	failures := 0
	for _, path := range []string{
		"/products", "/products?sort=-price", "/products?q=a", "/customers", "/customers?q=a", "/orders", "/order-items", "/inventory-movements",
		"/audit-entries", "/categories", "/reports/summary", "/reports/sales", "/search?q=a", "/products/1/stock-movements", "/orders/1/timeline",
	} {
		status, text := s.ask(http.MethodGet, "/api/v1"+path, nil)
		switch {
		case status >= http.StatusInternalServerError && strings.Contains(text, `"code"`):
			failures++
		case status >= http.StatusInternalServerError:
			s.t.Errorf("GET %s: %d %s", path, status, text)
		}
	}
	log := string(s.Logged())
	if failures > 0 && (!strings.Contains(log, "restore the last backup") || strings.Contains(log, "goroutine ")) {
		s.t.Errorf("%d requests failed, the log says:\n%s", failures, log)
	}
	if err := s.Kill(); err != nil {
		s.t.Errorf("%v\n%s", err, s.Logged())
	}
}
