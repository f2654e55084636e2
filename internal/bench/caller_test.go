package bench_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/bench/load"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// This file alone decides who sends the requests, and how the shop is configured for them.

// caller is the header of every request to either side.
var caller = http.Header{"Accept": {"application/json"}}

// owner may do everything, with permissions that are looked up.
var owner = access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 1, Email: "owner@example.com"}, access.All()...)

// maxWait limits waiting, as in the program, but nobody is refused, as that would be an error.
const maxWait = time.Minute

// product is the shop's own handler, as the program serves it.
func product(tb testing.TB, db *store.DB) http.Handler { tb.Helper(); return guarded(tb, db, maxWait) }

// guarded is the shop's own handler with a limit for waiting.
func guarded(tb testing.TB, db *store.DB, maxWait time.Duration) http.Handler {
	tb.Helper()
	api, err := handlers.New(handlers.Config{
		DB: db, Currency: shop.DefaultCurrency, Version: "bench", MaxWait: maxWait,
		Log:          slog.New(slog.DiscardHandler),
		Authenticate: func(*http.Request) (*access.Viewer, error) { return owner, nil },
	})
	if err != nil {
		tb.Fatal(err)
	}
	return api
}

// requests makes the requests before they are needed.
func requests(n int, method string, target func(operation int) string) func(operation int) []byte {
	made := make([][]byte, n)
	for i := range made {
		made[i] = load.Request(method, target(i), caller)
	}
	return func(operation int) []byte { return made[operation%n] }
}

// serveOnce sends one request to a handler, without a connection.
func serveOnce(handler http.Handler, method, target, body string, header http.Header) *httptest.ResponseRecorder {
	request := httptest.NewRequestWithContext(context.Background(), method, target, strings.NewReader(body))
	request.Header = header
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}
