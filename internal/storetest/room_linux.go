package storetest

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
)

// roomVariable names the file that prepare returned.
const roomVariable = "STOREKEEPER_TEST_WITHOUT_ROOM"

// WithoutRoom runs the test once more in another process, in which no file can grow beyond
// so many bytes. Prepare runs in this process; check runs in the other, with the result of
// prepare.
func WithoutRoom(t *testing.T, most uint64, prepare func() string, check func(file string)) {
	t.Helper()
	if file := os.Getenv(roomVariable); file != "" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			t.Fatal(err)
		}
		check(file)
		return
	}
	another := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$") //nolint:gosec // this program
	another.Env = append(os.Environ(), roomVariable+"="+prepare())
	if out, err := another.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
