package main

import (
	"bytes"
	"context"
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

	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Globals are the flags of every command. Each can be set by an environment
// variable too: STOREKEEPER_ and its name.
type Globals struct {
	DatabaseURL       string `name:"database-url" env:"STOREKEEPER_DATABASE_URL,DATABASE_URL" default:"sqlite://storekeeper.db" help:"sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE."`
	MaxConnections    int    `help:"Most connections to the database; 0 chooses by the number of processors." default:"0"`
	SQLiteSynchronous string `name:"sqlite-synchronous" enum:"full,normal" default:"full" help:"full survives a power loss whole; normal is faster and may lose the last commits in one."`
	Currency          string `default:"EUR" help:"ISO 4217 code of the shop's currency."`
	PublicURL         string `name:"public-url" placeholder:"URL" help:"Where people find the shop, as https://shop.example, for links to it."`
	JSON              bool   `help:"Print JSON instead of text."`
	LogLevel          string `enum:"debug,info,warn,error" default:"info" help:"Least level that is logged: debug, info, warn or error."`
	LogFormat         string `enum:"auto,text,json" default:"auto" help:"auto is text on a terminal and json otherwise."`
}

// defaultDatabaseURL is the default of Globals.DatabaseURL.
const defaultDatabaseURL = "sqlite://storekeeper.db"

// maxConnections is more than any database has use for.
const maxConnections = 1000

// app is what every command works with.
type app struct {
	flags    *Globals
	currency shop.Currency
	log      *slog.Logger
	in       io.Reader
	out      io.Writer
	errOut   io.Writer
}

func newApp(flags *Globals, stdin io.Reader, stdout, stderr io.Writer) (*app, error) {
	currency, err := shop.ParseCurrency(flags.Currency)
	if err != nil {
		return nil, fmt.Errorf("--currency: %w", err)
	}
	if flags.MaxConnections < 0 || flags.MaxConnections > maxConnections {
		return nil, fmt.Errorf("--max-connections: expected 0 to %d", maxConnections)
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

// checkPublicURL refuses what no link to the shop can begin with. There is no path
// in it: the admin screens are at / of their host.
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

// milliseconds writes durations, which JSON has no form of, as milliseconds: took becomes
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

// config is the configuration of the database at url, with the settings of the flags.
func (a *app) config(url string) store.Config {
	return store.Config{
		URL:         url,
		MaxConns:    a.flags.MaxConnections,
		RelaxedSync: a.flags.SQLiteSynchronous == "normal",
	}
}

// withDB runs fn on the database that the flags name. A missing SQLite file is an error.
func (a *app) withDB(ctx context.Context, fn func(db *store.DB) error) error {
	return a.withURL(ctx, a.flags.DatabaseURL, fn)
}

// withShop runs fn on the database that the flags name. It returns an error when
// migrations are pending, and logs a warning when a newer program has migrated the
// database.
func (a *app) withShop(ctx context.Context, fn func(db *store.DB) error) error {
	return a.withState(ctx, func(db *store.DB, _ *migration.State) error { return fn(db) })
}

// withState is withShop for commands that need the state of the migrations too.
func (a *app) withState(ctx context.Context, fn func(db *store.DB, status *migration.State) error) error {
	return a.withDB(ctx, func(db *store.DB) error {
		status, err := a.migrated(ctx, db)
		if err != nil {
			return err
		}
		return fn(db, status)
	})
}

// readShop is withShop for commands that only read.
func (a *app) readShop(ctx context.Context, fn func(db *store.DB) error) error {
	return a.readDB(ctx, func(db *store.DB) error {
		if _, err := a.migrated(ctx, db); err != nil {
			return err
		}
		return fn(db)
	})
}

// migrated returns the state of the migrations. The error says so when the database is
// not migrated far enough for this program.
func (a *app) migrated(ctx context.Context, db *store.DB) (*migration.State, error) {
	status, err := migration.Status(ctx, db)
	if err != nil {
		return nil, err
	}
	if len(status.Pending) > 0 {
		return nil, errors.New("the database is not migrated: run 'storekeeper migrate up'")
	}
	a.warnAhead(ctx, status)
	return status, nil
}

// withOwnShop is withShop for commands that fill tables. It refuses a database that a
// newer program has migrated, which may have to be filled differently.
func (a *app) withOwnShop(ctx context.Context, fn func(db *store.DB) error) error {
	return a.withState(ctx, func(db *store.DB, status *migration.State) error {
		if status.Ahead() {
			return errors.New(ahead(status) + " Use the newer one.")
		}
		return fn(db)
	})
}

func (a *app) warnAhead(ctx context.Context, status *migration.State) {
	if status.Ahead() {
		a.log.WarnContext(ctx, "a newer program has migrated the database: this one does not know all of it",
			"database", status.Current, "program", status.Latest)
	}
}

// readDB is withDB for commands that only read: an SQLite file is left as it is.
func (a *app) readDB(ctx context.Context, fn func(db *store.DB) error) error {
	return a.readURL(ctx, a.flags.DatabaseURL, fn)
}

// readURL is readDB for another database.
func (a *app) readURL(ctx context.Context, url string, fn func(db *store.DB) error) error {
	cfg := a.config(url)
	cfg.ReadOnly = true
	return a.there(ctx, cfg, fn)
}

// withURL is withDB for another database.
func (a *app) withURL(ctx context.Context, url string, fn func(db *store.DB) error) error {
	return a.there(ctx, a.config(url), fn)
}

// there runs fn on a database that exists. It never creates an SQLite file, because the
// name may be mistyped.
func (a *app) there(ctx context.Context, cfg store.Config, fn func(db *store.DB) error) error {
	there, err := store.Exists(cfg.URL)
	if err != nil {
		return err
	}
	if !there {
		return fmt.Errorf("%s: there is no such file; 'storekeeper migrate up' would make it", cfg.URL)
	}
	return using(ctx, cfg, fn)
}

// withNewDB is withDB for commands that create a missing SQLite file.
func (a *app) withNewDB(ctx context.Context, fn func(db *store.DB) error) error {
	return using(ctx, a.config(a.flags.DatabaseURL), fn)
}

func using(ctx context.Context, cfg store.Config, fn func(db *store.DB) error) (err error) {
	if err := checkForeign(ctx, cfg); err != nil {
		return err
	}
	db, err := store.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return fn(db)
}

// checkForeign refuses an SQLite file that belongs to another program. It runs before the
// file is opened for writing, which changes its journal mode. It ignores all other
// errors: opening the database reports them.
func checkForeign(ctx context.Context, cfg store.Config) error {
	if there, err := store.Exists(cfg.URL); err != nil || !there || cfg.ReadOnly || !strings.HasPrefix(cfg.URL, "sqlite:") {
		return nil //nolint:nilerr // Opening it says so.
	}
	cfg.ReadOnly = true
	err := using(ctx, cfg, func(db *store.DB) error {
		_, err := migration.Status(ctx, db)
		return err
	})
	if foreign, ok := errors.AsType[*migration.ForeignError](err); ok {
		return foreign
	}
	return nil
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
