package load_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/internal/bench/load"
)

func TestRunDoesEveryOperationOnce(t *testing.T) {
	t.Parallel()
	const clients, n = 8, 1000
	var done [n]atomic.Int64
	var busy [clients]atomic.Bool
	result, err := load.Run(clients, n, func(client, operation int) error {
		if !busy[client].CompareAndSwap(false, true) {
			return errors.New("the client is in another operation")
		}
		defer busy[client].Store(false)
		done[operation].Add(1)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for operation := range done {
		if times := done[operation].Load(); times != 1 {
			t.Errorf("operation %d was done %d times", operation, times)
		}
	}
	if result.Operations() != n || result.Elapsed <= 0 || result.Rate() <= 0 {
		t.Errorf("expected %d operations in some time, got %+v", n, result)
	}
}

func TestRunEndsWithTheFirstError(t *testing.T) {
	t.Parallel()
	failure := errors.New("sold out")
	var after atomic.Int64
	_, err := load.Run(2, 1_000_000, func(_, operation int) error {
		if operation == 10 {
			return failure
		}
		after.Add(1)
		return nil
	})
	if !errors.Is(err, failure) {
		t.Errorf("expected %v, got %v", failure, err)
	}
	if n := after.Load(); n > 900_000 {
		t.Errorf("%d operations were done beside the failed one", n)
	}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	var r load.Result
	if r.Percentile(50) != 0 {
		t.Error("a result of nothing has a percentile")
	}
	for i := 100; i >= 1; i-- {
		r.Add(&load.Result{Elapsed: time.Second, Latencies: []time.Duration{time.Duration(i)}, Mallocs: 2, Bytes: 3})
	}
	for p, want := range map[float64]time.Duration{0: 1, 50: 51, 99: 100, 100: 100} {
		if got := r.Percentile(p); got != want {
			t.Errorf("percentile %v: expected %d, got %d", p, want, got)
		}
	}
	if r.Elapsed != 100*time.Second || r.Mallocs != 200 || r.Bytes != 300 || r.Rate() != 1 {
		t.Errorf("the sum is wrong: %+v", r)
	}
}

// TestConn reads bodies with a length, chunked, empty, and of all sizes, over one
// connection.
func TestConn(t *testing.T) {
	t.Parallel()
	var conns atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/empty":
			w.WriteHeader(http.StatusNoContent)
		case "/created":
			w.WriteHeader(http.StatusCreated)
			_, _ = w.Write([]byte(r.Method + " by " + r.Header.Get("X-Caller")))
		case "/chunks":
			for range 3 {
				_, _ = w.Write(bytes.Repeat([]byte("x"), 5000))
				_ = http.NewResponseController(w).Flush()
			}
		default:
			_, _ = w.Write(bytes.Repeat([]byte("y"), 100_000))
		}
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	conn, err := load.Dial(context.Background(), strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	for range 2 {
		for _, want := range []struct {
			method, target string
			status         int
			body           string
		}{
			{"GET", "/empty", 204, ""},
			{"POST", "/created", 201, "POST by anna"},
			{"GET", "/chunks", 200, strings.Repeat("x", 15_000)},
			{"GET", "/long", 200, strings.Repeat("y", 100_000)},
		} {
			status, body, err := conn.Do(load.Request(want.method, want.target, http.Header{"X-Caller": {"anna"}}))
			if err != nil || status != want.status || string(body) != want.body {
				t.Errorf("%s: expected %d and %d bytes, got %d and %d bytes, error %v",
					want.target, want.status, len(want.body), status, len(body), err)
			}
		}
	}
	if n := conns.Load(); n != 1 {
		t.Errorf("expected one connection, got %d", n)
	}
}
