//go:build linux

package programtest

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// workshop is the directory of the built program, "" before the build.
var workshop string

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "storekeeper-program-")
	if err != nil {
		return "", err
	}
	workshop = dir
	if err := os.Chmod(dir, 0o755); err != nil { // children may run as other users
		return "", err
	}
	path := filepath.Join(dir, "storekeeper")
	out, err := command("go", "build", "-buildvcs=false", "-o", path,
		"github.com/storekeeper/storekeeper/cmd/storekeeper").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// Main runs the tests of a package and removes the program. Call it from TestMain.
func Main(m *testing.M) int {
	code := m.Run()
	if workshop != "" {
		_ = os.RemoveAll(workshop)
	}
	return code
}

// Binary returns the path of the program, which is built once for all tests of a package.
func Binary(t *testing.T) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Command returns a command of the program on a database.
func Command(ctx context.Context, t *testing.T, database string, args ...string) *exec.Cmd {
	t.Helper()
	return exec.CommandContext(ctx, Binary(t), append([]string{"--database-url", database}, args...)...)
}

// Call runs a command of the program to its end and returns what it prints. It fails the
// test when the command fails.
func Call(t *testing.T, database string, args ...string) string {
	t.Helper()
	return run(t, Command(t.Context(), t, database, args...))
}

// The owner of the shops that Shop makes.
const (
	OwnerEmail    = "owner@torture.test"
	OwnerPassword = "torture-owner-please"
)

// Shop migrates the database, fills it as the flags of the command seed say, and adds an
// owner.
func Shop(t *testing.T, database string, seed ...string) {
	t.Helper()
	Call(t, database, "migrate", "up")
	Call(t, database, append([]string{"seed"}, seed...)...)
	owner := Command(t.Context(), t, database,
		"staff", "add", "--email", OwnerEmail, "--name", "Owner", "--role", "owner", "--password-stdin")
	owner.Stdin = strings.NewReader(OwnerPassword + "\n")
	run(t, owner)
}

// Token returns a new API token of the owner.
func Token(t *testing.T, database, name string) string {
	t.Helper()
	return strings.TrimSpace(Call(t, database, "token", "add", "--staff", OwnerEmail, "--name", name))
}

// Seed returns the seed for the random choices of a test: TORTURE_SEED, or a new one. The
// test should log it.
func Seed(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("TORTURE_SEED")
	if text == "" {
		return rand.Uint64()
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("TORTURE_SEED: %v", err)
	}
	return n
}

func run(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s%s", cmd.Args, err, &stdout, &stderr)
	}
	return stdout.String()
}
