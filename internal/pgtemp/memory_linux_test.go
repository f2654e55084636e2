package pgtemp_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

// What a killed program left behind goes; what somebody holds, or is just being made,
// stays.
func TestOrphansAreRemoved(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	prepare := func(name string, age time.Duration) (release func() error) {
		dir := filepath.Join(parent, pgtemp.DirectoryPrefix+name)
		err := os.Mkdir(dir, 0o700)
		if err != nil {
			t.Fatal(err)
		}
		log := filepath.Join(dir, pgtemp.LogName)
		release, err = pgtemp.HoldLog(log)
		if err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		err = os.Chtimes(log, then, then)
		if err != nil {
			t.Fatal(err)
		}
		return release
	}
	release := prepare("held", time.Hour)
	defer func() { _ = release() }()
	for name, age := range map[string]time.Duration{"young": 0, "orphan": time.Hour} {
		if err := prepare(name, age)(); err != nil {
			t.Fatal(err)
		}
	}
	pgtemp.RemoveOrphans(parent)
	for name, want := range map[string]bool{"held": true, "young": true, "orphan": false} {
		_, err := os.Stat(filepath.Join(parent, pgtemp.DirectoryPrefix+name))
		if got := err == nil; got != want {
			t.Errorf("%s: it is there: %t, expected %t", name, got, want)
		}
	}
}
