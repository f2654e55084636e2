package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/storekeeper/storekeeper/internal/store/pipeline"
)

// pooler describes what may stand between the program and PostgreSQL, such as
// PgBouncer, which runs every transaction, and every statement outside of one, on any
// of its own connections.
type pooler struct {
	// found tells that there is one.
	found bool
	// unlimited says that PostgreSQL did not get the time limits, and has none of its
	// own.
	unlimited bool
}

// met is a server that answered.
type met struct {
	pooler

	pool *sql.DB
	conf *pgx.ConnConfig // of the connections in pool
}

// postgresForm is what a URL of PostgreSQL looks like.
const postgresForm = "postgres://USER:PASSWORD@HOST/DATABASE, " +
	"with @ : / ? # % in the password written as %40 %3A %2F %3F %23 %25"

var (
	errPostgresURL = errors.New("database URL: expected " + postgresForm)
	errSSLMode     = errors.New("database URL: expected sslmode=" + strings.Join(sslModes, ", "))
)

// sslModes are the ways to use TLS, or not, as libpq knows them.
var sslModes = []string{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}

// postgresConfig parses the URL. If pgx does not understand a URL, its error is not passed
// on, because it may contain the password, which pgx can only hide in what it understands.
// The exception is a file that cannot be read, such as a certificate.
func postgresConfig(cfg Config) (*pgx.ConnConfig, error) {
	_, rest, ok := strings.Cut(cfg.URL, "://")
	if !ok || !strings.HasPrefix(cfg.URL, "postgres") || splitsPassword(rest) {
		return nil, errPostgresURL
	}
	conf, err := pgx.ParseConfig(cfg.URL)
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, fmt.Errorf("database URL: %w", file)
	}
	if err != nil && misspellsSSLMode(cfg.URL) {
		return nil, errSSLMode
	}
	if err != nil {
		return nil, errPostgresURL
	}
	if conf.RuntimeParams["application_name"] == "" {
		conf.RuntimeParams["application_name"] = "storekeeper"
	}
	if conf.ConnectTimeout == 0 {
		conf.ConnectTimeout = connectTimeout
	}
	limit(conf, cfg)
	maps.Copy(conf.RuntimeParams, needed)
	for name, value := range preferred {
		if conf.RuntimeParams[name] == "" {
			conf.RuntimeParams[name] = value
		}
	}
	if cfg.Observe != nil {
		conf.Tracer = tracer{cfg.Observe}
	}
	leaveReadOnly(conf)
	if !strings.Contains(cfg.URL, modeParam+"=") {
		conf.DefaultQueryExecMode = modeUnsaid
	}
	return conf, nil
}

// leaveReadOnly makes a connection close when its server refuses to write. After a failover
// the server may be a standby now, and a new connection reaches the new primary.
func leaveReadOnly(conf *pgx.ConnConfig) {
	stays := conf.OnPgError
	conf.OnPgError = func(conn *pgconn.PgConn, err *pgconn.PgError) bool {
		return err.Code != pipeline.ReadOnly && stays(conn, err)
	}
}

func misspellsSSLMode(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Query().Has("sslmode") && !slices.Contains(sslModes, u.Query().Get("sslmode"))
}

// splitsPassword reports whether there is an @ in the host or the database, in the part
// after the scheme. It was meant as part of the password, whose end would be taken for the
// host and shown.
func splitsPassword(rest string) bool {
	if i := strings.IndexAny(rest, "@/"); i >= 0 && rest[i] == '@' {
		rest = rest[i+1:]
	}
	place, _, _ := strings.Cut(rest, "?")
	return strings.Contains(place, "@")
}

// needed are the settings that pgx requires to send text, whatever the role or the URL
// says. PgBouncer passes them on.
var needed = map[string]string{"client_encoding": "UTF8", "standard_conforming_strings": "on"}

// preferred are the settings of connections, unless the URL has others or a pooler refuses
// them.
var preferred = map[string]string{
	// Statements guard what they change, and transactions need not be repeated for it.
	"default_transaction_isolation": "read committed",
	// PostgreSQL would compile queries that it estimates to be expensive. A report that
	// reads a few hundred rows is one of them, because their number is not known in
	// advance: it takes 20 ms, and compiling it 90 ms.
	"jit": "off",
}

// modeParam is how a URL says in which way queries are run.
const modeParam = "default_query_exec_mode"

// modeUnsaid means that the URL does not say how to run queries. Then pgx prepares
// statements, unless a pooler is found.
const modeUnsaid pgx.QueryExecMode = -1

// limit sets the time limits of a connection, unless the URL does.
func limit(conf *pgx.ConnConfig, cfg Config) {
	for name, d := range map[string]time.Duration{"statement_timeout": cfg.StatementTimeout, "lock_timeout": cfg.LockTimeout} {
		if d > 0 && conf.RuntimeParams[name] == "" {
			conf.RuntimeParams[name] = strconv.FormatInt(d.Milliseconds(), 10)
		}
	}
}

// meet opens a pool of at most this many connections, and finds out what is at their other
// end. Through a pooler statements are described once but not kept prepared, unless the URL
// says how to run them: the next one may reach a server connection on which they were never
// prepared. Settings that the pooler refuses are left out.
func meet(ctx context.Context, conf *pgx.ConnConfig, most int) (met, error) {
	conf = conf.Copy()
	unsaid := conf.DefaultQueryExecMode == modeUnsaid
	if unsaid {
		conf.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	}
	wanted := timeLimits(conf)
	pool := newPool(conf, most)
	at, err := look(ctx, pool, wanted)
	for _, refused := range [][]string{slices.Collect(maps.Keys(preferred)), wanted} {
		if !refusesParameter(err) {
			break
		}
		for _, name := range refused {
			delete(conf.RuntimeParams, name)
		}
		if err = pool.Close(); err == nil {
			pool = newPool(conf, most)
			at, err = look(ctx, pool, wanted)
		}
	}
	if err == nil && at.found && unsaid {
		conf.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
		if err = pool.Close(); err == nil {
			pool = newPool(conf, most)
		}
	}
	if err != nil {
		return met{}, errors.Join(err, pool.Close())
	}
	return met{at, pool, conf}, nil
}

// timeLimits are the names of the time limits that the connections ask for.
func timeLimits(conf *pgx.ConnConfig) []string {
	var names []string
	for _, name := range []string{"statement_timeout", "lock_timeout"} {
		if conf.RuntimeParams[name] != "" {
			names = append(names, name)
		}
	}
	return names
}

func newPool(conf *pgx.ConnConfig, most int) *sql.DB {
	pool := stdlib.OpenDB(*conf)
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return pool
}

// look finds out whether a connection leads to a pooler. A server tells a new client
// the id of the process that serves it, which the client needs to cancel a query; a
// pooler, which has no server connection yet, makes an id up. It also asks for the
// wanted time limits, since a pooler that is told to ignore them does so silently.
func look(ctx context.Context, pool *sql.DB, wanted []string) (at pooler, err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return pooler{}, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var told uint32
	err = conn.Raw(func(c any) error {
		own, ok := c.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("unexpected connection %T", c)
		}
		server := own.Conn().PgConn()
		told = server.PID()
		return suits(server.ParameterStatus("server_version"), server.ParameterStatus("server_encoding"))
	})
	if err != nil {
		return pooler{}, err
	}
	var pid uint32
	// Prepared, the statement would stay behind in the pooler's connection.
	err = conn.QueryRowContext(ctx, "SELECT pg_backend_pid()", pgx.QueryExecModeSimpleProtocol).Scan(&pid)
	if at.found = told != pid; err != nil || !at.found {
		return at, err
	}
	for _, name := range wanted {
		var value string
		query := "SELECT current_setting('" + name + "')"
		if err := conn.QueryRowContext(ctx, query, pgx.QueryExecModeSimpleProtocol).Scan(&value); err != nil {
			return at, err
		}
		at.unlimited = at.unlimited || value == "0"
	}
	return at, nil
}

// oldest is the major version of the oldest PostgreSQL that has all that is asked of it.
const oldest = 13

// suits refuses a server that is too old, or a database that cannot store every text,
// according to what the server reported when it was connected. A pooler may report nothing.
func suits(version, encoding string) error {
	major, _, _ := strings.Cut(version, ".")
	if n, err := strconv.Atoi(major); err == nil && n < oldest {
		return fmt.Errorf("it is PostgreSQL %s: %d or later is needed", version, oldest)
	}
	if encoding != "" && encoding != "UTF8" {
		return fmt.Errorf("it keeps text as %s: make a database with ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0 "+
			"(docs/operations.md)", encoding)
	}
	return nil
}

// refusesParameter reports whether the connection was refused because of one of its
// settings. PgBouncer passes on only the settings that it knows how to reset.
func refusesParameter(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == pgProtocolViolation && strings.Contains(pg.Message, "unsupported startup parameter")
}

// Pooled reports whether a pooler stands between the program and PostgreSQL. Then whatever
// belongs to a connection (prepared statements, settings, advisory locks) is lost at the
// end of each transaction.
func (db *DB) Pooled() bool { return db.pooler.found }

// Limited reports whether PostgreSQL has time limits: those of Config, or its own. A pooler
// does not pass on those of Config. If the role has none either, only its context ends a
// query.
func (db *DB) Limited() bool { return !db.pooler.unlimited }
