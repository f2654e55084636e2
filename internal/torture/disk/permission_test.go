//go:build linux

package disk_test

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/storekeeper/storekeeper/internal/programtest"
)

// nobody is the user that runs the program in these tests if the tests run as root, which
// no permission stops.
const nobody = 65534

// asUser makes a command run as a user to whom permissions apply.
func asUser(cmd *exec.Cmd) {
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
}

// give changes the owner of a file to that user.
func give(t *testing.T, path string) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	if err := os.Chown(path, nobody, nobody); err != nil {
		t.Fatal(err)
	}
}

// shelf creates a folder that the user can reach, with a shop in it.
func shelf(t *testing.T) (dir, file string) {
	t.Helper()
	parent, err := os.MkdirTemp("", "storekeeper-shelf-") //nolint:usetesting // t.TempDir is below a folder for its owner alone
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = os.Chmod(dir, 0o700)
		if err := os.RemoveAll(parent); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(parent, "shelf")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "shop.db")
	programtest.Call(t, "sqlite://"+file, "migrate", "up")
	give(t, dir)
	give(t, file)
	return dir, file
}

// A file with the wrong permissions stops every command with an error that names the file
// and says what to do, and is left unchanged.
func TestPermissions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		spoil  func(t *testing.T, dir, file string) (opened string)
		advice string
		absent string // what is said instead by commands that make no file
	}{
		{"the file is read-only", func(t *testing.T, _, file string) string {
			t.Helper()
			chmod(t, file, 0o400)
			return file
		}, "run chmod u+rw", ""},
		{"the file is closed", func(t *testing.T, _, file string) string {
			t.Helper()
			chmod(t, file, 0)
			return file
		}, "run chmod u+rw", ""},
		{"the folder is read-only", func(t *testing.T, dir, file string) string {
			t.Helper()
			chmod(t, dir, 0o500)
			return file
		}, "the user that storekeeper runs as", ""},
		{"the folder is closed", func(t *testing.T, dir, file string) string {
			t.Helper()
			chmod(t, dir, 0)
			return file
		}, "the user that storekeeper runs as", ""},
		{"the folder is read-only and the file missing", func(t *testing.T, dir, _ string) string {
			t.Helper()
			chmod(t, dir, 0o500)
			return filepath.Join(dir, "other.db")
		}, "the user that storekeeper runs as", "there is no such file"},
		{"the folder is missing", func(_ *testing.T, dir, _ string) string {
			return filepath.Join(dir, "none", "shop.db")
		}, "the folder must exist", "there is no such file"},
		{"the file is a folder", func(_ *testing.T, dir, _ string) string { return dir }, "is a directory", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir, file := shelf(t)
			before := content(t, file)
			opened := c.spoil(t, dir, file)
			for _, args := range [][]string{
				{"reconcile"},
				{"migrate", "up"},
				{"migrate", "status"},
				{"seed"},
				{"serve", "--listen", "127.0.0.1:0"},
				{"staff", "list"},
				{"token", "list"},
			} {
				cmd := programtest.Command(t.Context(), t, "sqlite://"+opened, args...)
				asUser(cmd)
				cmd.Dir = "/"
				out, err := cmd.CombinedOutput()
				if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 {
					t.Fatalf("%v: %v\n%s", args, err, out)
				}
				advice := c.advice
				if c.absent != "" && args[0] != "serve" && !slices.Equal(args, []string{"migrate", "up"}) {
					advice = c.absent
				}
				complaint(t, args, string(out), opened, advice)
			}
			chmod(t, dir, 0o700)
			chmod(t, file, 0o600)
			if !bytes.Equal(before, content(t, file)) {
				t.Error("the file was changed")
			}
			for _, left := range []string{"-wal", "-shm", "-journal"} {
				if info, err := os.Stat(file + left); err == nil && info.Size() > 0 {
					t.Errorf("%s%s is left, with %d bytes", file, left, info.Size())
				}
			}
		})
	}
}

// complaint checks that an error is short, names the file and says what to do.
func complaint(t *testing.T, args []string, text, file, advice string) {
	t.Helper()
	switch {
	case strings.Contains(text, "goroutine ") || strings.Contains(text, "panic"):
		t.Errorf("%v: panics:\n%s", args, text)
	case !strings.Contains(text, file):
		t.Errorf("%v: does not name %s:\n%s", args, file, text)
	case !strings.Contains(text, advice):
		t.Errorf("%v: does not say %q:\n%s", args, advice, text)
	}
}

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return sum[:]
}
