package bench_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/storekeeper/storekeeper/internal/bench/load"
)

// openPool opens as many connections as the shop has, without package store.
func openPool(tb testing.TB, databaseURL string, conns int) *pgxpool.Pool {
	tb.Helper()
	config, err := pgxpool.ParseConfig(databaseURL)
	if err != nil {
		tb.Fatal(err)
	}
	config.MaxConns = int32(conns)
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(pool.Close)
	return pool
}

// serve serves a handler on its own port and returns its address. Requests have the
// program's time limits. Connections may be idle while the other side has its turn.
func serve(tb testing.TB, handler http.Handler) string {
	tb.Helper()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       time.Hour,
	}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	tb.Cleanup(func() {
		if err := server.Close(); err != nil {
			tb.Error(err)
		}
		if err := <-stopped; !errors.Is(err, http.ErrServerClosed) {
			tb.Error(err)
		}
	})
	return listener.Addr().String()
}

// overHTTP makes operations of requests. Every client opens a connection at its first
// request and keeps it.
func overHTTP(tb testing.TB, handler http.Handler, clients, status int, request func(operation int) []byte) func(client, operation int) error {
	tb.Helper()
	address := serve(tb, handler)
	conns := make([]*load.Conn, clients)
	tb.Cleanup(func() {
		for _, conn := range conns {
			if conn != nil {
				_ = conn.Close()
			}
		}
	})
	return func(client, operation int) error {
		if conns[client] == nil {
			conn, err := load.Dial(context.Background(), address)
			if err != nil {
				return err
			}
			conns[client] = conn
		}
		got, body, err := conns[client].Do(request(operation))
		if err == nil && got != status {
			err = fmt.Errorf("expected status %d, got %d: %s", status, got, body)
		}
		return err
	}
}
