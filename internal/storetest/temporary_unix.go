//go:build unix

package storetest

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// afterExit waits for the end of its input, which is that of the test process
// however it comes about, then for the server ($2), and removes the directory.
const afterExit = `cat >/dev/null
tries=0
while kill -0 "$2" && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf "$1" || { sleep 1; rm -rf "$1"; }`

// removeAfterExit starts a shell that does so. The writing end of its input
// stays open as long as this process lives, and is not passed on to others.
func removeAfterExit(dir string, pid int) error {
	reader, writer, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("remove the server's directory later: %w", err)
	}
	defer func() { _ = reader.Close() }()
	helper := exec.Command("/bin/sh", "-c", afterExit, "sh", dir, strconv.Itoa(pid)) //nolint:gosec,noctx // outlives us
	helper.Stdin = reader
	helper.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for the tests
	if err := helper.Start(); err != nil {
		return fmt.Errorf("remove the server's directory later: %w", err)
	}
	keepOpen = writer
	return nil
}

// keepOpen is not to be collected, which would close it.
var keepOpen *os.File //nolint:unused // it is kept, not used
