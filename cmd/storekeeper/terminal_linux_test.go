package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"golang.org/x/sys/unix"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// terminal returns both ends of a terminal.
func terminal(t *testing.T) (keyboard, stdin *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keyboard.Close() })
	if err := unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	stdin, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	// Nobody closes it: a reader that outlives the test would continue with its file
	// descriptor, which would belong to another test's terminal by then.
	return keyboard, stdin
}

// shows reports whether a terminal echoes what is typed.
func shows(t *testing.T, terminal *os.File) bool {
	t.Helper()
	settings, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Error(err)
	}
	return settings.Lflag&unix.ECHO != 0
}

// asked waits until a password is asked for at the terminal.
func asked(ctx context.Context, t *testing.T, terminal *os.File) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for shows(t, terminal) && ctx.Err() == nil {
		<-tick.C
	}
}

// At a terminal a password is asked for, and must be valid: just pressing Enter removes
// nobody's password.
func TestPasswordAtTerminal(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.SQLite)
	ask := func(typed string, args ...string) (code int, shown string) {
		t.Helper()
		out := newOutput()
		args = append([]string{"--database-url", url, "staff"}, append(args, "--password-stdin")...)
		keyboard, stdin := terminal(t)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		var typing sync.WaitGroup
		typing.Go(func() {
			asked(ctx, t, stdin)
			if _, err := keyboard.WriteString(typed); err != nil {
				t.Error(err)
			}
		})
		code = runWith(ctx, args, stdin, out, out)
		cancel()
		typing.Wait()
		return code, out.String()
	}
	add := []string{"add", "--email", "kim@shop.test", "--name", "Kim", "--role", "owner"}
	reset := []string{"reset-password", "--email", "kim@shop.test"}
	for typed, says := range map[string]string{"\n": "holds no password", "correct horse \xff battery\n": errNoText.Error()} {
		if code, shown := ask(typed, add...); code != 1 || !strings.Contains(shown, says) {
			t.Errorf("add, %q: %d %s", typed, code, shown)
		}
	}
	code, shown := ask("correct horse battery\n", add...)
	if code != 0 || !strings.HasPrefix(shown, "Password: \nAdded") || strings.Contains(shown, "horse") {
		t.Fatal(code, shown)
	}
	if code, shown := ask("\n", reset...); code != 1 || !strings.Contains(shown, "holds no password") {
		t.Errorf("reset: %d %s", code, shown)
	}
	if _, list, _ := call(t, url, "--json", "staff", "list"); !strings.Contains(list, `"has_password": true`) {
		t.Errorf("the password is gone: %s", list)
	}
}

// Ctrl-C ends the password prompt at once, and the terminal echoes again.
func TestPasswordGivenUp(t *testing.T) {
	t.Parallel()
	keyboard, stdin := terminal(t)
	args := []string{
		"--database-url", storetest.URL(t, dialect.SQLite), "staff", "add",
		"--email", "kim@shop.test", "--name", "Kim", "--role", "owner", "--password-stdin",
	}
	ctx, interrupt := context.WithTimeout(t.Context(), 20*time.Second)
	defer interrupt()
	out, code := newOutput(), make(chan int, 1)
	go func() { code <- runWith(ctx, args, stdin, out, out) }()
	asked(ctx, t, stdin)
	interrupt()
	select {
	case got := <-code:
		if got != 1 || !shows(t, stdin) || !strings.Contains(out.String(), "canceled") {
			t.Errorf("%d, shows what is typed: %t, %s", got, shows(t, stdin), out)
		}
	case <-time.After(10 * time.Second):
		t.Error("it still waits for the password")
	}
	if _, err := keyboard.WriteString("\n"); err != nil {
		t.Error(err)
	}
}
