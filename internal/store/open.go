package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/failsafe-go/failsafe-go"

	"github.com/storekeeper/storekeeper/ent"
	_ "github.com/storekeeper/storekeeper/ent/runtime" // registers hooks and interceptors
	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// Config says which database to open and how.
type Config struct {
	// URL is sqlite://PATH (relative) or sqlite:///PATH (absolute), or
	// postgres://… as libpq reads it.
	URL string
	// MaxConns is the maximum number of connections to PostgreSQL, or of readers of
	// SQLite, which has one writer. Probe has one more. Zero means twice the number of
	// processors, at least eight.
	MaxConns int
	// RelaxedSync sets SQLite's synchronous pragma to NORMAL instead of FULL. Commits
	// are faster, and a power loss may undo the last ones.
	RelaxedSync bool
	// ReadOnly opens an SQLite file so that nothing in it can change, not even its
	// journal mode: it may belong to another program.
	ReadOnly bool
	// Observe is told of every statement; nil for nobody.
	Observe Observer
	// StatementTimeout and LockTimeout make PostgreSQL limit the time of each statement
	// and its wait for a lock; zero leaves the server's own limits. On SQLite LockTimeout
	// is how long a transaction waits for one of another program, ten seconds when zero;
	// statements have no limit.
	StatementTimeout, LockTimeout time.Duration
	// MaxWait is how long Client and Reader wait for a connection to PostgreSQL while all
	// are in use, and transactions for the one connection that writes to SQLite, before they
	// return ErrBusy; without limit when zero.
	MaxWait time.Duration
	// Standby is the replica that Browse reads from; none when its URL is empty.
	Standby Standby
}

// Validate refuses the URLs that Open would refuse, without opening anything.
func (cfg Config) Validate() error {
	var err error
	switch {
	case cfg.lite():
		_, err = sqlitePath(cfg.URL)
	case strings.HasPrefix(cfg.URL, "postgres"):
		_, err = postgresConfig(cfg)
	default:
		err = errURL
	}
	if err != nil || cfg.Standby.URL == "" {
		return err
	}
	if cfg.lite() {
		return errors.New("read database URL: only PostgreSQL has standbys")
	}
	_, err = standbyConfig(cfg)
	return err
}

// lite reports whether the database is SQLite.
func (cfg Config) lite() bool { return strings.HasPrefix(cfg.URL, "sqlite:") }

// DB is an open database. Client reads and writes. Reader only reads; on SQLite it does not
// wait for the writer.
type DB struct {
	Client *ent.Client
	Reader *ent.Client

	dialect string
	name    string
	retries atomic.Int64
	write   *sql.DB
	read    *sql.DB
	probe   *sql.DB
	standby *standby // nil for none
	pooler  pooler
}

// Open opens the database and checks that it answers. It does not migrate. A missing SQLite
// file is created and can be read by its owner only.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	if cfg.MaxConns == 0 {
		cfg.MaxConns = max(8, 2*runtime.GOMAXPROCS(0))
	}
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	var (
		db  *DB
		err error
	)
	if cfg.lite() {
		db, err = openSQLite(cfg)
	} else {
		db, err = openPostgres(ctx, cfg)
	}
	if err != nil {
		return nil, err
	}
	// When several programs open a new SQLite file at the same time, one of them switches
	// it to WAL, and the others immediately get the error that it is busy.
	if err := failsafe.With(retries).WithContext(ctx).Run(func() error { return db.connect(ctx) }); err != nil {
		if _, ok := errors.AsType[*DiskError](err); !ok { // which names the file
			err = fmt.Errorf("open database %s: %w", db.name, err)
		}
		return nil, errors.Join(err, db.Close())
	}
	if cfg.Standby.URL != "" {
		if err := db.follow(ctx, cfg); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return db, nil
}

// What is said of URLs that are not understood. None of it is repeated, because the
// mistake may be in the password.
var (
	errURL       = errors.New("database URL: expected sqlite://FILE or " + postgresForm)
	errSQLiteURL = errors.New("database URL: expected sqlite://FILE, with % written as %25, ? as %3F and # as %23")
)

// connectTimeout bounds how long a connection to PostgreSQL may take, unless the
// URL does (connect_timeout).
const connectTimeout = 5 * time.Second

func openPostgres(ctx context.Context, cfg Config) (*DB, error) {
	conf, err := postgresConfig(cfg)
	if err != nil {
		return nil, err
	}
	name := conf.Database + " on " + conf.Host
	met, err := meet(ctx, conf, cfg.MaxConns)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", name, err)
	}
	limited := pipeline.NewPool(met.pool, cfg.MaxWait)
	client := ent.NewClient(ent.Driver(planner{
		Driver: entsql.OpenDB(dialect.Postgres, met.pool), pool: limited, lookups: pipeline.NewLookups(limited),
	}))
	return &DB{
		Client: client, Reader: client,
		dialect: dialect.Postgres, name: name,
		write: met.pool, read: met.pool, probe: newPool(met.conf, 1), pooler: met.pooler,
	}, nil
}

// openSQLite opens two pools on the file: one connection that writes, whose transactions
// take the write lock at their beginning, and several that only read. Readers never wait
// for the writer (WAL). Writers queue in Go instead of polling the file lock, which makes
// the slowest ones ten times as fast.
func openSQLite(cfg Config) (*DB, error) {
	path, err := sqlitePath(cfg.URL)
	if err != nil {
		return nil, err
	}
	if err := createPrivate(path); err != nil {
		return nil, err
	}
	opened, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	sync := "FULL"
	if cfg.RelaxedSync {
		sync = "NORMAL"
	}
	busy := cmp.Or(cfg.LockTimeout, 10*time.Second).Milliseconds()
	pragmas := []string{"foreign_keys(1)", fmt.Sprintf("busy_timeout(%d)", busy)}
	if !cfg.ReadOnly {
		pragmas = append(pragmas, "journal_mode(WAL)", "synchronous("+sync+")")
	}
	reading := sqliteDSN(path, "deferred", slices.Concat(pragmas, []string{"query_only(1)"})...)
	writing := reading
	if !cfg.ReadOnly {
		writing = sqliteDSN(path, "immediate", pragmas...)
	}
	pool := func(name string) *sql.DB { return sql.OpenDB(sqliteConnector{path, opened, name, cfg.Observe}) }
	write, read, probe := pool(writing), pool(reading), pool(reading)
	write.SetMaxOpenConns(1)
	probe.SetMaxOpenConns(1)
	read.SetMaxOpenConns(cfg.MaxConns)
	read.SetMaxIdleConns(cfg.MaxConns)
	return &DB{
		Client:  ent.NewClient(ent.Driver(newWriter(write, cfg.MaxWait))),
		Reader:  ent.NewClient(ent.Driver(entsql.OpenDB(dialect.SQLite, read))),
		dialect: dialect.SQLite, name: path,
		write: write, read: read, probe: probe,
	}, nil
}

func sqlitePath(raw string) (string, error) {
	path, ok := strings.CutPrefix(raw, "sqlite://")
	if !ok || path == "" || strings.ContainsAny(path, "?#") || path == ":memory:" || strings.Contains(path, "://") {
		return "", errSQLiteURL
	}
	path, err := url.PathUnescape(path)
	if err != nil {
		return "", errSQLiteURL
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("database URL: %w", err)
	}
	return abs, nil
}

func sqliteDSN(path, txlock string, pragmas ...string) string {
	query := url.Values{
		"_pragma":      pragmas,
		"_txlock":      {txlock},
		"_time_format": {"sqlite"},
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}

// createPrivate creates the file if it is missing, because SQLite would make it readable by
// everybody; its journal files get the same permissions. An existing file must not be
// opened here. Closing it would release SQLite's locks for the whole process (POSIX,
// fcntl), and the next program that reads the database would remove the log that this one
// still writes. See section 2.2 of https://www.sqlite.org/howtocorrupt.html.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) //nolint:gosec // the operator names the file
	if err == nil {
		err = file.Close()
	}
	if errors.Is(err, fs.ErrExist) {
		err = usable(path)
	}
	err = onDisk(path, err)
	if wrong, ok := err.(*fs.PathError); ok { //nolint:errorlint // not within a DiskError
		err = fmt.Errorf("open database %s: %w", path, wrong.Err)
	}
	return err
}

// Dialect is dialect.Postgres or dialect.SQLite.
func (db *DB) Dialect() string { return db.dialect }

// Name is the database's name for messages. It never contains a password.
func (db *DB) Name() string { return db.name }

// SQL is the pool that writes, for migrations and bulk loading.
func (db *DB) SQL() *sql.DB { return db.write }

// ReadSQL is the pool that only reads.
func (db *DB) ReadSQL() *sql.DB { return db.read }

// Retries is how often transactions were repeated since the database was opened.
func (db *DB) Retries() int64 { return db.retries.Load() }

// MaxConns is the most connections that read at the same time.
func (db *DB) MaxConns() int { return db.read.Stats().MaxOpenConnections }

// Probe is a pool with one connection of its own, for looking at the state of the database
// without waiting for work that may use all other connections.
func (db *DB) Probe() *sql.DB { return db.probe }

// Ping checks that the database answers, even when all other connections are busy.
func (db *DB) Ping(ctx context.Context) error { return db.probe.PingContext(ctx) }

// CheckWritable returns an error when the server is a PostgreSQL that accepts no writes.
func (db *DB) CheckWritable(ctx context.Context) error {
	if db.dialect != dialect.Postgres {
		return nil
	}
	var readOnly string
	if err := db.probe.QueryRowContext(ctx, "SHOW transaction_read_only").Scan(&readOnly); err != nil {
		return fmt.Errorf("open database %s: %w", db.name, err)
	}
	if readOnly == "on" {
		return fmt.Errorf("open database %s: it cannot be written: it is a standby, or read-only by default_transaction_read_only",
			db.name)
	}
	return nil
}

// connect checks that the pools for work can connect.
func (db *DB) connect(ctx context.Context) error {
	if err := db.write.PingContext(ctx); err != nil {
		return err
	}
	return db.read.PingContext(ctx)
}

// Close closes the pools after the running queries have finished.
func (db *DB) Close() error {
	var err error
	if db.standby != nil {
		err = db.standby.close()
	}
	if db.read != db.write {
		err = errors.Join(err, db.read.Close())
	}
	return errors.Join(err, db.probe.Close(), db.write.Close())
}
