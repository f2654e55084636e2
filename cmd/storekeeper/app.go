package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"
	"unicode"

	"golang.org/x/term"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Globals are the flags of every command. Each can be set by an environment
// variable too: STOREKEEPER_ and its name.
type Globals struct {
	DatabaseURL       string `name:"database-url" env:"STOREKEEPER_DATABASE_URL,DATABASE_URL" default:"sqlite://storekeeper.db" help:"sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE."`
	MaxConnections    int    `help:"Maximum number of connections to the database; 0 chooses by the number of processors." default:"0"`
	SQLiteSynchronous string `name:"sqlite-synchronous" enum:"full,normal" default:"full" help:"full survives a power failure without loss; normal is faster, but a power failure may lose the last commits."`
	Currency          string `default:"EUR" help:"ISO 4217 code of the shop's currency."`
	PublicURL         string `name:"public-url" placeholder:"URL" help:"Address of the shop for links to it, for example https://shop.example."`
	JSON              bool   `help:"Print JSON instead of text."`
	LogLevel          string `enum:"debug,info,warn,error" default:"info" help:"Lowest level that is logged: debug, info, warn or error."`
	LogFormat         string `enum:"auto,text,json" default:"auto" help:"auto, text or json; auto is text on a terminal and json otherwise."`
}

// defaultDatabaseURL is the default of Globals.DatabaseURL.
const defaultDatabaseURL = "sqlite://storekeeper.db"

// maxConnections is the maximum of --max-connections, more than any database needs.
const maxConnections = 1000

// app is what every command works with.
type app struct {
	flags    *Globals
	currency shop.Currency
	log      *slog.Logger
	in       io.Reader
	out      io.Writer
	errOut   io.Writer
	unknown  []string // variables that set no flag, see unknownVariables
}

func newApp(flags *Globals, stdin io.Reader, stdout, stderr io.Writer) (*app, error) {
	currency, err := shop.ParseCurrency(flags.Currency)
	if err != nil {
		return nil, flagError(err)
	}
	if flags.MaxConnections < 0 || flags.MaxConnections > maxConnections {
		return nil, fmt.Errorf("--max-connections: expected 0 to %d, got %d", maxConnections, flags.MaxConnections)
	}
	if err := checkPublicURL(flags.PublicURL); err != nil {
		return nil, err
	}
	log, err := newLogger(flags, stderr)
	if err != nil {
		return nil, err
	}
	return &app{flags: flags, currency: currency, log: log, in: stdin, out: stdout, errOut: stderr}, nil
}

// flagError names the flag for an error about a value of the same name.
func flagError(err error) error {
	if wrong, ok := errors.AsType[*shop.Error](err); ok && len(wrong.Fields) > 0 {
		return fmt.Errorf("--%s: %s", wrong.Fields[0].Location, wrong.Fields[0].Message)
	}
	return err
}

// period is a flag that is a duration.
type period struct {
	flag string
	is   time.Duration
}

// notNegative names the first flag that is less than 0.
func notNegative(flags ...period) error {
	for _, f := range flags {
		if f.is < 0 {
			return fmt.Errorf("%s: expected 0 or more, got %s", f.flag, f.is)
		}
	}
	return nil
}

// positive names the first flag that is 0 or less.
func positive(flags ...period) error {
	for _, f := range flags {
		if f.is <= 0 {
			return fmt.Errorf("%s: expected more than 0, got %s", f.flag, f.is)
		}
	}
	return nil
}

// checkPublicURL refuses a URL with which no link to the shop can begin. It has no path,
// because the admin UI is at / of its host.
func checkPublicURL(raw string) error {
	if raw == "" {
		return nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" ||
		!strings.EqualFold(strings.TrimSuffix(raw, "/"), u.Scheme+"://"+u.Host) {
		return errors.New("--public-url: expected SCHEME://HOST[:PORT] without a path, as https://shop.example")
	}
	return nil
}

func newLogger(flags *Globals, w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(flags.LogLevel)); err != nil {
		return nil, fmt.Errorf("--log-level: %w", err)
	}
	options := &slog.HandlerOptions{Level: level}
	if flags.LogFormat == "text" || flags.LogFormat == "auto" && isTerminal(w) {
		return slog.New(slog.NewTextHandler(w, options)), nil
	}
	options.ReplaceAttr = milliseconds
	return slog.New(slog.NewJSONHandler(w, options)), nil
}

// milliseconds writes durations, for which JSON has no type, as milliseconds: took becomes
// took_ms.
func milliseconds(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() != slog.KindDuration {
		return a
	}
	return slog.Float64(a.Key+"_ms", float64(a.Value.Duration())/float64(time.Millisecond))
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// print writes a result: as JSON when --json is given, otherwise with text. It returns an
// error when writing fails, as on a full disk: the result may be a link or a token that
// is never shown again.
func (a *app) print(value any, text func(w io.Writer)) error {
	var b bytes.Buffer
	if a.flags.JSON {
		enc := json.NewEncoder(&b)
		enc.SetIndent("", "  ")
		if err := enc.Encode(value); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	} else {
		text(&b)
	}
	if _, err := a.out.Write(b.Bytes()); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// when is a time as text shows it: by the clock of this machine, with its zone.
func when(t time.Time) string { return t.Local().Format(time.RFC3339) }

// plain makes a text that somebody has typed fit for a line on a terminal: it removes
// what would end the line or control the terminal.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
