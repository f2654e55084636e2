package pgtemp

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What a killed program left behind goes; what somebody holds, or is just being made,
// stays.
func TestOrphansAreRemoved(t *testing.T) {
	t.Parallel()

	parent := t.TempDir()
	prepare := func(name string, age time.Duration) logFile {
		dir := filepath.Join(parent, directoryPrefix+name)

		err := os.Mkdir(dir, 0o700)
		if err != nil {
			t.Fatal(err)
		}

		log, err := openLog(filepath.Join(dir, logName))
		if err != nil {
			t.Fatal(err)
		}

		then := time.Now().Add(-age)

		err = os.Chtimes(log.file.Name(), then, then)
		if err != nil {
			t.Fatal(err)
		}

		return log
	}

	held := prepare("held", time.Hour)
	defer func() { _ = held.close() }()

	for name, age := range map[string]time.Duration{"young": 0, "orphan": time.Hour} {
		log := prepare(name, age)

		err := log.close()
		if err != nil {
			t.Fatal(err)
		}
	}

	removeOrphans(parent)

	for name, want := range map[string]bool{"held": true, "young": true, "orphan": false} {
		_, err := os.Stat(filepath.Join(parent, directoryPrefix+name))
		if got := err == nil; got != want {
			t.Errorf("%s: it is there: %t, expected %t", name, got, want)
		}
	}
}
