package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/seed"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/web"
)

type serveCmd struct {
	Listen  string        `default:"127.0.0.1:8080" help:"Address and port to listen on; port 0 chooses a free one."`
	Demo    bool          `help:"Fill an empty database with the demo shop."`
	Migrate bool          `help:"Migrate PostgreSQL first; an SQLite file is always migrated."`
	Drain   time.Duration `default:"30s" help:"How long a shutdown waits for running requests."`

	DrainDelay time.Duration `default:"0s" help:"For how much of that time new connections are still accepted, while /readyz already answers 503, so that load balancers notice."`

	SessionIdle *time.Duration `placeholder:"12h" help:"How long a session lasts without use. Default: 12h, or --session-life if that is less."`
	SessionLife time.Duration  `default:"168h" help:"How long a session lasts, even if it is in use."`

	SummariseEvery time.Duration `default:"1m" help:"How often the summaries of reports are brought up to date; 0 is never: run 'storekeeper summarise' now and then."`

	HTTP   httpFlags  `embed:""`
	Watch  watchFlags `embed:""`
	Limits limitFlags `embed:""`
	Read   readFlags  `embed:""`
}

// Validate implements kong's validation.
func (c *serveCmd) Validate() error {
	if err := checkAddress("--listen", c.Listen); err != nil {
		return err
	}
	sessions := []period{{"--session-life", c.SessionLife}}
	if c.SessionIdle != nil {
		sessions = append(sessions, period{"--session-idle", *c.SessionIdle})
	}
	if err := errors.Join(
		positive(sessions...),
		notNegative(period{"--drain", c.Drain}, period{"--summarise-every", c.SummariseEvery}),
	); err != nil {
		return err
	}
	if c.SessionIdle != nil && *c.SessionIdle > c.SessionLife {
		return fmt.Errorf("--session-idle: expected no more than --session-life, which is %s", c.SessionLife)
	}
	if c.DrainDelay < 0 || c.DrainDelay > 0 && c.DrainDelay >= c.Drain {
		return fmt.Errorf("--drain-delay: expected 0, or less than --drain, which is %s", c.Drain)
	}
	return nil
}

// errOldSchema is the error of a server that finds an old schema and may not migrate it.
var errOldSchema = notReady("the database is not migrated: run 'storekeeper migrate up', or serve with --migrate")

// notReady is an error whose text /readyz shows.
func notReady(why string) error { return shop.Errorf(shop.KindOverloaded, "%s", why) }

// Run serves until the context ends, then drains. It checks its settings and listens on
// its address before it touches the database: if another server has the address, the
// database may be that server's.
func (c *serveCmd) Run(ctx context.Context, a *app) error {
	outliveReaders()
	sayUnknown(ctx, a)
	door, err := c.HTTP.open(ctx, a, c.Listen)
	if err != nil {
		return err
	}
	defer door.Close()
	w, err := openWatch(ctx, a, &c.Watch)
	if err != nil {
		return err
	}
	defer w.close(ctx, a)
	cfg := c.database(a, w)
	if err := cfg.Validate(); err != nil {
		return err
	}
	if err := a.withNewDB(ctx, func(db *store.DB) error {
		if err := db.CheckWritable(ctx); err != nil {
			return err
		}
		return c.migrate(ctx, a, db)
	}); err != nil {
		return early(ctx, a, err)
	}
	db, err := store.Open(ctx, cfg)
	if err != nil {
		return early(ctx, a, err)
	}
	sayPooler(ctx, a, db)
	return errors.Join(c.serve(ctx, a, db, w, door), db.Close())
}

// early handles the error of a server that ended before it could serve. If it was told to
// stop, that is not a failure: the next start does what it left undone.
func early(ctx context.Context, a *app, err error) error {
	if ctx.Err() == nil {
		return err
	}
	a.log.InfoContext(ctx, "stopped before it served", "error", err)
	return nil
}

// database is the configuration for requests. Unlike the one for migrations and the demo
// shop, it has limits and an observer.
func (c *serveCmd) database(a *app, w *watch) store.Config {
	cfg := a.config(a.flags.DatabaseURL)
	system, _, _ := strings.Cut(cfg.URL, ":")
	cfg.StatementTimeout, cfg.LockTimeout, cfg.MaxWait = c.Limits.StatementTimeout, c.Limits.LockTimeout, c.Limits.MaxWait
	if strings.HasPrefix(system, "postgres") {
		system = "postgresql"
	} else { // on SQLite, waiting for a turn is waiting for the lock
		cfg.LockTimeout = cmp.Or(c.Limits.MaxWait, c.HTTP.RequestTimeout)
	}
	cfg.Observe = w.observer(a, system)
	cfg.Standby = c.Read.standby(a)
	return cfg
}

// migrate brings the schema up to date if the server may do so, and otherwise refuses to
// serve an old one.
func (c *serveCmd) migrate(ctx context.Context, a *app, db *store.DB) error {
	status, err := migration.Status(ctx, db)
	if err != nil {
		return err
	}
	a.warnAhead(ctx, status)
	if db.Dialect() == dialect.Postgres && !c.Migrate {
		if len(status.Pending) > 0 {
			return errOldSchema
		}
		return complete(ctx, db, status)
	}
	applied, err := migration.Up(ctx, db, migration.Options{Version: version()})
	if err != nil {
		return err
	}
	if n := len(applied); n > 0 {
		a.log.InfoContext(ctx, "migrated", "files", n, "to", applied[n-1].Version)
	}
	return complete(ctx, db, status)
}

func (c *serveCmd) serve(ctx context.Context, a *app, db *store.DB, w *watch, door *door) error {
	w.start(ctx, a, db)
	var seeded atomic.Bool
	seeded.Store(!c.Demo)
	sessions := staff.Config{DB: db, Log: a.log, SessionLife: c.SessionLife}
	if c.SessionIdle != nil {
		sessions.SessionIdle = *c.SessionIdle
	}
	accounts := staff.New(sessions)
	if err := errors.Join(syncRoles(ctx, db, accounts), sayCurrency(ctx, a, db), sayLetters(ctx, a, db)); err != nil {
		return early(ctx, a, err)
	}
	demo, err := c.demoStaff(ctx, accounts)
	if err != nil {
		return early(ctx, a, err)
	}
	api, err := handlers.New(handlers.Config{ //nolint:contextcheck // requests bring their own
		DB: db, Currency: a.currency, Log: a.log, Version: version(), UI: web.Files(),
		Staff: accounts, Authenticate: accounts.Authenticate, PublicURL: a.flags.PublicURL,
		RequestTimeout: c.HTTP.RequestTimeout, MaxWait: c.Limits.MaxWait,
		TrustedProxies: c.HTTP.proxies(), CORSOrigins: c.HTTP.CORSOrigins, HSTS: c.HTTP.HSTS,
		Observe: w.request(), Traces: w.traces,
		Ready: func(ctx context.Context) (string, error) {
			if door.leaving.Load() {
				return "", notReady("the program is stopping")
			}
			if !seeded.Load() {
				return "", notReady("the demo shop is being filled")
			}
			status, err := migration.Status(ctx, db)
			if err != nil {
				return "", err
			}
			if len(status.Pending) > 0 {
				return "", errOldSchema
			}
			return status.Current, nil
		},
	})
	if err != nil {
		return err
	}
	w.gate(api.Gate())
	door.lead(api)
	a.log.InfoContext(ctx, "listening", "address", door.address.String(), "database", db.Name(), "version", version())

	if c.Demo {
		err = a.withDB(ctx, func(db *store.DB) error { return c.seedDemo(ctx, a, db) })
		seeded.Store(err == nil)
	}
	if err == nil {
		err = c.welcome(ctx, a, accounts, door.address, demo)
	}
	if ctx.Err() != nil { // told to stop meanwhile, which is no failure of the shop's
		return c.drain(ctx, a, door)
	}
	if err != nil {
		return errors.Join(err, door.Close())
	}
	end := c.beside(ctx, a, db, w, accounts)
	defer end()
	return c.drain(ctx, a, door)
}

func (c *serveCmd) drain(ctx context.Context, a *app, door *door) error {
	select {
	case err := <-door.stopped:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	door.leaving.Store(true)
	a.log.InfoContext(ctx, "draining", "at_most", c.Drain)
	drained, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.Drain)
	defer cancel()
	if err := door.leave(drained, c.DrainDelay, farewell); err != nil {
		return errors.Join(fmt.Errorf("requests were still under way after %s: %w", c.Drain, err), door.cut())
	}
	a.log.InfoContext(ctx, "stopped")
	return nil
}

// seedDemo fills an empty database with the demo shop.
func (c *serveCmd) seedDemo(ctx context.Context, a *app, db *store.DB) error {
	start := time.Now()
	options := seed.Demo()
	options.Now, options.Currency = shop.Now(), a.currency
	summary, err := seed.Run(ctx, db, options)
	if errors.Is(err, seed.ErrNotEmpty) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("fill the demo shop: %w", err)
	}
	a.log.InfoContext(ctx, "filled the demo shop", "products", summary.Products, "customers", summary.Customers,
		"orders", summary.Orders, "took", time.Since(start).Round(time.Millisecond))
	return nil
}
