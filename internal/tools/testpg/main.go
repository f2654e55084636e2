// Testpg runs a command with a PostgreSQL server at hand:
//
//	go run ./internal/tools/testpg -- go test -race ./...
//
// The command finds the server in STOREKEEPER_TEST_POSTGRES_URL. If that is set
// already and a server answers there, it is used. Otherwise a throwaway one is
// started and is stopped after the command. Where no PostgreSQL is installed
// and root runs this on a system with apt-get, it is installed first. If there
// is no server in the end, testpg fails and the command does not run: a test
// is never skipped for want of a database.
//
// The exit code is the command's; 128 and the signal's number if a signal ended
// it; 125 if testpg itself failed. (go run turns any of these into 1 and prints
// the code.)
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// codeFailed is what env, nohup and their like return when they fail themselves.
const codeFailed = 125

var errNoCommand = errors.New("usage: testpg [-durable] -- command [argument ...]")

func main() {
	code, err := run(context.Background(), os.Args[1:], os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
	}
	os.Exit(code)
}

// run does the work of main and returns the exit code. What testpg has to say
// goes to notes.
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
