package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// codeSignal is what a shell adds to the number of the signal that ended a command.
const codeSignal = 128

// forwarded are the signals that are passed on to the command. They do not end testpg,
// which waits for the command and then stops the server.
var forwarded = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}

// runCommand runs the command with standard input and output passed through, and returns
// its exit code.
func runCommand(ctx context.Context, args, env []string) (int, error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, forwarded...)
	defer signal.Stop(signals)
	command := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // Running it is the purpose.
	command.Env = env
	command.Stdin = os.Stdin
	command.Stdout = os.Stdout
	command.Stderr = os.Stderr
	err := command.Start()
	if err != nil {
		return codeFailed, fmt.Errorf("run %s: %w", args[0], err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	for {
		select {
		case received := <-signals:
			_ = command.Process.Signal(received) // Too late if it just ended.
		case err = <-ended:
			return exitCode(command, err)
		}
	}
}

func exitCode(command *exec.Cmd, err error) (int, error) {
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return codeFailed, fmt.Errorf("run %s: %w", command.Path, err)
	}
	status, ok := command.ProcessState.Sys().(syscall.WaitStatus)
	if ok && status.Signaled() {
		return codeSignal + int(status.Signal()), nil
	}
	return command.ProcessState.ExitCode(), nil
}
