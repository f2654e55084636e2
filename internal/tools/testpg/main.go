// Testpg runs a command with a PostgreSQL server:
//
//	go run ./internal/tools/testpg -- go test -race ./...
//
// The command finds the server in STOREKEEPER_TEST_POSTGRES_URL. If that is already set and
// a server answers there, it is used. Otherwise testpg starts a throwaway server and stops
// it after the command. If PostgreSQL is not installed, testpg installs it first, as root
// on systems with apt-get. Without a server testpg fails and does not run the command:
// tests are never skipped for lack of a database.
//
// The exit code is that of the command; 128 plus the number of the signal if a signal ended
// it; 125 if testpg itself failed. (go run turns any of these into 1 and prints the code.)
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// codeFailed is the exit code of env, nohup and the like when they fail themselves.
const codeFailed = 125

var errNoCommand = errors.New("usage: testpg [-durable] -- command [argument ...]")

func main() {
	code, err := run(context.Background(), os.Args[1:], os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
	}
	os.Exit(code)
}

// run does the work of main and returns the exit code. Messages of testpg go to notes.
func run(ctx context.Context, args []string, notes io.Writer) (int, error) {
	flags := flag.NewFlagSet("testpg", flag.ContinueOnError)
	flags.SetOutput(notes)
	durable := flags.Bool("durable", false, "keep PostgreSQL's own durability in the server that is started")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return 0, nil
	}
	if err != nil {
		return codeFailed, fmt.Errorf("arguments: %w", err)
	}
	if flags.NArg() == 0 {
		return codeFailed, errNoCommand
	}
	return withServer(ctx, *durable, notes, func(url string) (int, error) {
		return runCommand(ctx, flags.Args(), append(os.Environ(), variable+"="+url))
	})
}
