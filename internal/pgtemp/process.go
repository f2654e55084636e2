package pgtemp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// How long the descendants of an ended process may take to notice and to go,
// and then to be gone when they are killed.
const (
	orphanPatience = time.Second
	killPatience   = 5 * time.Second
)

// process is a started program with all its descendants. They inherit the
// writing end of a pipe, the lifeline, at the same descriptor; its reading end
// meets the end of file when the last of them has gone, whoever their parent is
// by then.
type process struct {
	cmd      *exec.Cmd
	lifeline os.FileInfo
	status   error         // how the program ended, once exited is closed
	exited   chan struct{} // closed when the program has ended and was reaped
	vanished chan struct{} // closed when its last descendant has gone too
}

// launch starts a command as the given user, in a process group of its own. On
// Linux it gets the last signal when this program ends.
func launch(cmd *exec.Cmd, owner *account, last syscall.Signal) (*process, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", cmd.Path, err)
	}
	lifeline, err := reader.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("run %s: %w", cmd.Path, err), reader.Close(), writer.Close())
	}
	cmd.ExtraFiles = []*os.File{writer}
	cmd.SysProcAttr = attributes(owner, last)
	p := &process{
		cmd:      cmd,
		lifeline: lifeline,
		exited:   make(chan struct{}),
		vanished: make(chan struct{}),
	}
	started := make(chan error)
	go p.run(started)
	err = errors.Join(<-started, writer.Close())
	go p.watch(reader)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", cmd.Path, err)
	}
	return p, nil
}

// run starts the command and waits for its end on one and the same thread.
// Linux sends the parent-death signal when the thread that forked the child
// ends, not when the program does. Go ends threads as it likes; this one is
// locked, and blocked, until the child is gone.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	p.status = p.cmd.Wait()
	close(p.exited)
}

func (p *process) watch(reader *os.File) {
	_, _ = io.Copy(io.Discard, reader)
	_ = reader.Close()
	close(p.vanished)
}

// signal reaches the program alone, and nothing if it was reaped already.
func (p *process) signal(sig syscall.Signal) {
	_ = p.cmd.Process.Signal(sig)
}

func (p *process) alive() bool {
	select {
	case <-p.exited:
		return false
	default:
		return true
	}
}

// killed reports whether an ended program was ended by a signal, without the
// chance to clean up.
func (p *process) killed() bool {
	return p.cmd.ProcessState.ExitCode() == -1
}

// ends reports whether the program ends before the patience or the context.
func (p *process) ends(ctx context.Context, patience time.Duration) bool {
	return closes(ctx, p.exited, patience)
}

// sweep follows an ended or killed program until its last descendant is gone.
// A backend of a killed server goes when it next waits for anything, which one
// that computes may not do for hours: on Linux such a one is killed. Sweep does
// not heed the end of the context, since what it leaves nobody else cleans up.
func (p *process) sweep(ctx context.Context) error {
	<-p.exited
	ctx = context.WithoutCancel(ctx)
	if closes(ctx, p.vanished, orphanPatience) {
		return nil
	}
	killHolders(p.lifeline)
	if closes(ctx, p.vanished, killPatience) {
		return nil
	}
	return fmt.Errorf("processes of the server are still running after process %d ended", p.cmd.Process.Pid)
}

func closes(ctx context.Context, event <-chan struct{}, patience time.Duration) bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-event:
		return true
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}
