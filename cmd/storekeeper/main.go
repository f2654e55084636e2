// Command storekeeper is the back office of a shop: one binary that serves the API,
// migrates and fills the database, and checks that stock and totals agree with what they
// are computed from.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/heap"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

func main() {
	outliveLimits()
	unsetEmpty()
	if os.Getenv("GOGC") == "" {
		heap.KeepRoom()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // so that a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// unsetEmpty removes the program's variables that are empty. Compose files set such variables
// for values that are not set. An empty STOREKEEPER_DATABASE_URL would count as a value and
// hide DATABASE_URL.
func unsetEmpty() {
	for _, variable := range os.Environ() {
		name, own := strings.CutSuffix(variable, "=")
		if own && (name == "DATABASE_URL" || strings.HasPrefix(name, "STOREKEEPER_")) {
			_ = os.Unsetenv(name)
		}
	}
}

// run parses the arguments and runs the command. It returns the exit status: 0 for
// success, 1 for a failure or a finding (such as drift), 2 for wrong arguments.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	return runWith(ctx, args, os.Stdin, stdout, stderr)
}

func runWith(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var (
		cli       commands
		unwritten error // of the help
	)
	status := -1
	parser, err := kong.New(&cli,
		kong.Name("storekeeper"),
		kong.Description("The back office of a shop: catalog, stock and orders."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.Help(func(options kong.HelpOptions, ctx *kong.Context) error {
			if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
				unwritten = fmt.Errorf("print the help: %w", err)
			}
			return unwritten
		}),
		kong.DefaultEnvars("STOREKEEPER"),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { status = code }),
		kong.BindTo(access.System(ctx), (*context.Context)(nil)), // whoever may start the program acts as the system
		kong.KindMapper(reflect.String, kong.MapperFunc(textMapper)),
		kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(durationMapper)),
	)
	if err != nil {
		fmt.Fprintln(stderr, "storekeeper:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if status >= 0 { // --help has been answered
		return status
	}
	if unwritten != nil {
		fmt.Fprintln(stderr, "storekeeper:", unwritten)
		return 1
	}
	if err != nil {
		fmt.Fprintln(stderr, "storekeeper:", wrongArguments(err))
		fmt.Fprintln(stderr, "Run 'storekeeper --help' for the commands and flags.")
		return 2
	}
	app, err := newApp(&cli.Globals, stdin, stdout, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "storekeeper:", err)
		return 2
	}
	app.unknown = unknownVariables(command.Model, os.Environ())
	if err := command.Run(app); err != nil {
		if _, found := errors.AsType[*finding](err); !found {
			fmt.Fprintln(stderr, "storekeeper:", failure(ctx, command, err))
		}
		return 1
	}
	return 0
}

// The parts of kong's messages that wrongArguments changes.
var (
	ofVariable = regexp.MustCompile(`(?s) \(from envar (\w+)=".*"\)`)
	noValue    = regexp.MustCompile(`(?s)^(--[\w-]+): expected \w+ value but got (".*") \(([\w<> ]+)\)`)
)

// wrongArguments is the message for wrong arguments. Of a wrong environment variable it keeps
// the name alone: the value may be the URL of the database, with its password. It leaves out
// kong's suggestion -h, which is similar to any flag of one letter.
func wrongArguments(err error) string {
	text := strings.TrimSuffix(ofVariable.ReplaceAllString(err.Error(), " (from $$$1)"), `, did you mean "-h"?`)
	part := noValue.FindStringSubmatch(text)
	if part == nil {
		return text
	}
	flag, next, kind := part[1], part[2], part[3]
	if kind == "<EOL>" {
		return flag + ": expected a value"
	}
	return fmt.Sprintf("%[1]s: expected a value, got %[2]s; a value that begins with a hyphen is written as %[1]s=%[2]s", flag, next)
}

// failure is the message for an error. After a signal it names the signal and keeps only
// the first line: the errors of connections and locks that follow say nothing about the
// database.
func failure(ctx context.Context, command *kong.Context, err error) string {
	if wrong := wrongFlags(command, err); wrong != "" {
		return wrong
	}
	switch {
	case ctx.Err() == nil && store.Forbidden(err):
		return err.Error() + "\nThe role of the database URL may not do this: make it the owner of the database (docs/operations.md)."
	case ctx.Err() == nil: // each address once, though pgx tries it with TLS and without
		return strings.Join(slices.Compact(strings.Split(err.Error(), "\n")), "\n")
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Sprintf("%v: %s", context.Cause(ctx), first)
}

// wrongFlags is the message for an error about values that were given as flags of the
// command. It is empty for any other error.
func wrongFlags(command *kong.Context, err error) string {
	refused, ok := errors.AsType[*shop.Error](err)
	if !ok || len(refused.Fields) == 0 {
		return ""
	}
	said := make([]string, len(refused.Fields))
	for i, f := range refused.Fields {
		name := strings.TrimSuffix(f.Location, "_id")
		at := slices.IndexFunc(command.Flags(), func(flag *kong.Flag) bool { return flag.Name == name || flag.Name == name+"-stdin" })
		if at < 0 {
			return ""
		}
		said[i] = fmt.Sprintf("--%s: %s", command.Flags()[at].Name, f.Message)
	}
	return strings.Join(said, "\n")
}

// textMapper refuses text that no field of the shop can hold, as the API does, and values
// that a flag does not know. kong's own mapper would turn invalid UTF-8 into U+FFFD, and its
// own check of known values would not name the variable that has the wrong one.
func textMapper(c *kong.DecodeContext, target reflect.Value) error {
	if text, ok := c.Scan.Peek().Value.(string); ok {
		if !isText(text) {
			return errNoText
		}
		if known := c.Value.EnumSlice(); c.Value.Enum != "" && !slices.Contains(known, text) {
			return fmt.Errorf("expected one of %s, got %q", strings.Join(known, ", "), text)
		}
	}
	return c.Scan.PopValueInto("string", target.Addr().Interface()) //nolint:wrapcheck // kong names the flag
}

// durationMapper says how a duration is written. kong's own mapper shows the value twice.
func durationMapper(c *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := c.Scan.PopValueInto("duration", &text); err != nil {
		return err //nolint:wrapcheck // kong names the flag
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("expected a duration with its unit, such as 500ms, 30s, 5m or 12h, got %q", text)
	}
	target.SetInt(int64(d))
	return nil
}

var errNoText = errors.New("must not contain NUL or invalid UTF-8")

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// commands are the commands and flags of the command line.
type commands struct {
	Globals

	Serve     serveCmd     `cmd:"" help:"Serve the API and the admin screens."`
	Migrate   migrateCmd   `cmd:"" help:"Migrate the database to the schema of this version."`
	Seed      seedCmd      `cmd:"" help:"Fill an empty shop with realistic data."`
	Reconcile reconcileCmd `cmd:"" help:"Check that stock, ledger and orders agree."`
	Summarise summariseCmd `cmd:"" help:"Bring the summaries of reports up to date."`
	Backup    backupCmd    `cmd:"" help:"Copy an SQLite database to a file, even while a server uses it."`
	Copy      copyCmd      `cmd:"" help:"Copy a shop from one database to another, SQLite or PostgreSQL."`
	Shopify   shopifyCmd   `cmd:"" help:"Turn exports of Shopify into files to import."`
	Staff     staffCmd     `cmd:"" help:"Manage staff accounts."`
	Token     tokenCmd     `cmd:"" help:"Manage API tokens."`
	OpenAPI   openAPICmd   `cmd:"" name:"openapi" help:"Print the OpenAPI document."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
}

// finding is an error that ends a command with status 1 and says why.
type finding struct{ what string }

func (f *finding) Error() string { return f.what }
