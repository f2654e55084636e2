package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// maxPasswordLine is the most bytes read for a password. It is more than any password
// has.
const maxPasswordLine = 4096

// passwordIf reads one line with a password from standard input when asked is true, and
// returns "" otherwise. A terminal does not show what is typed.
func (a *app) passwordIf(ctx context.Context, asked bool) (string, error) {
	if !asked {
		return "", nil
	}
	line, err := a.readPassword(ctx)
	switch {
	case err != nil:
		return "", fmt.Errorf("read the password: %w", err)
	case line == "":
		return "", errors.New("--password-stdin: standard input holds no password")
	case !isText(line):
		return "", fmt.Errorf("--password-stdin: %w", errNoText)
	default:
		return line, nil
	}
}

// readPassword reads until the line or the context ends. Afterwards the terminal shows
// again what is typed.
func (a *app) readPassword(ctx context.Context) (string, error) {
	read, leave := a.readLine, func() error { return nil }
	if file, ok := a.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		terminal := int(file.Fd())
		shown, err := term.GetState(terminal)
		if err != nil {
			return "", err //nolint:wrapcheck // passwordIf says what it was for
		}
		read = func() (string, error) { return a.readHidden(terminal) }
		leave = func() error {
			fmt.Fprintln(a.errOut)
			return term.Restore(terminal, shown)
		}
	}
	var line string
	ended := make(chan error, 1)
	go func() {
		var err error
		line, err = read()
		ended <- err
	}()
	select {
	case err := <-ended:
		return line, err
	case <-ctx.Done():
		return "", errors.Join(context.Cause(ctx), leave())
	}
}

func (a *app) readHidden(terminal int) (string, error) {
	fmt.Fprint(a.errOut, "Password: ")
	line, err := term.ReadPassword(terminal)
	fmt.Fprintln(a.errOut)
	return string(line), err
}

func (a *app) readLine() (string, error) {
	line, err := bufio.NewReader(io.LimitReader(a.in, maxPasswordLine)).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}
