//go:build linux

package programtest

import (
	"context"
	"os/exec"
	"runtime"
	"syscall"
)

// child is a process that was started, and that ends with this one.
type child struct {
	*exec.Cmd

	ended chan struct{}
	err   error // the result, once it has ended
}

// launch starts a process. The kernel kills it when the thread that started it ends, so
// that thread is used for nothing else.
func launch(cmd *exec.Cmd) (*child, error) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
	c := &child{Cmd: cmd, ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			c.err = cmd.Wait()
			close(c.ended)
		}
	}()
	return c, <-started
}

// command returns a command that no context ends; the test ends it.
func command(name string, args ...string) *exec.Cmd {
	return exec.CommandContext(context.Background(), name, args...)
}
