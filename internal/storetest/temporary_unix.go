//go:build unix

package storetest

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// afterExit waits for the end of its input, which comes when the test process ends in any
// way, then for the server ($2), and removes the directory ($1).
const afterExit = `cat >/dev/null
tries=0
while kill -0 "$2" && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf "$1" || { sleep 1; rm -rf "$1"; }`

// removeAfterExit starts a shell that runs afterExit. The writing end of its input stays
// open as long as this process lives, and other processes do not inherit it.
func removeAfterExit(dir string, pid int) error {
	reader, writer, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("remove the server's directory later: %w", err)
	}
	defer func() { _ = reader.Close() }()
	helper := exec.Command("/bin/sh", "-c", afterExit, "sh", dir, strconv.Itoa(pid)) //nolint:gosec,noctx // outlives us
	helper.Stdin = reader
	helper.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C must only end the tests
	if err := helper.Start(); err != nil {
		return fmt.Errorf("remove the server's directory later: %w", err)
	}
	keepOpen = writer
	return nil
}

// keepOpen holds the pipe, so that the garbage collector does not close it.
var keepOpen *os.File //nolint:unused // it is kept, not used
