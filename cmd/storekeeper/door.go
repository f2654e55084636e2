package main

import (
	"context"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
)

// door is the HTTP server. It answers from the moment it listens: while the program
// starts, which may take as long as another one migrates the database, it says so, and
// afterwards it serves the API.
type door struct {
	*http.Server

	address  net.Addr
	listener net.Listener
	behind   atomic.Pointer[http.Handler]
	leaving  atomic.Bool // /readyz says so
	closed   atomic.Bool // nobody new is let in
	stopped  chan error

	mu    sync.Mutex
	conns map[net.Conn]bool // the open ones
}

// open listens and begins to answer. The caller must close the door.
func (f *httpFlags) open(ctx context.Context, a *app, address string) (*door, error) {
	listener, err := f.listen(ctx, a, address)
	if err != nil {
		return nil, err
	}
	d := &door{address: listener.Addr(), listener: listener, stopped: make(chan error, 1), conns: map[net.Conn]bool{}}
	d.lead(handlers.Starting)
	d.Server = f.server(ctx, a, d)
	d.ConnState = d.keep
	go func() { d.stopped <- d.Serve(listener) }()
	return d, nil
}

// lead makes the handler answer all requests from now on.
func (d *door) lead(to http.Handler) { d.behind.Store(&to) }

// ServeHTTP implements http.Handler.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if d.closed.Load() {
		w.Header().Set("Connection", "close")
	}
	(*d.behind.Load()).ServeHTTP(w, r)
}

func (d *door) keep(conn net.Conn, state http.ConnState) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch state {
	case http.StateNew:
		d.conns[conn] = true
	case http.StateClosed, http.StateHijacked:
		delete(d.conns, conn)
	case http.StateActive, http.StateIdle:
	}
}

// connections returns the open connections.
func (d *door) connections() []net.Conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Collect(maps.Keys(d.conns))
}

// farewell is how long kept-alive connections are still served after the program was told to
// stop.
const farewell = time.Second

// leave stops accepting connections after the delay and finishes the requests under way.
// For at most the duration kept it goes on serving connections that are kept alive, and
// closes each with its next answer: a request may already be on its way over a connection
// that looks idle, and closing that at once would lose it.
func (d *door) leave(ctx context.Context, delay, kept time.Duration) error {
	waited, enough := context.WithTimeout(ctx, delay)
	<-waited.Done()
	enough()
	d.closed.Store(true)
	_ = d.listener.Close() // which the server has done, too, if it could not go on
	<-d.stopped            //nolint:errcheck // because the address is closed
	over, cancel := context.WithTimeout(ctx, kept)
	defer cancel()
	for len(d.connections()) > 0 && over.Err() == nil {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-over.Done():
		}
	}
	return d.Shutdown(ctx) //nolint:wrapcheck // drain says what it means
}

// cut ends the remaining requests by resetting their connections, so that no client takes a
// partial answer for the whole, even in HTTP/1.0, where an answer ends with its connection.
func (d *door) cut() error {
	for _, conn := range d.connections() {
		handlers.Reset(conn)
	}
	return d.Close() //nolint:wrapcheck // drain says what it means
}
