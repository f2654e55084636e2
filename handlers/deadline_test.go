package handlers_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// connection is a recorder that records the read deadline.
type connection struct {
	*httptest.ResponseRecorder

	deadline time.Time
}

func (c *connection) SetReadDeadline(at time.Time) error {
	c.deadline = at
	return nil
}

// A request that has to wait, for example for other writers, is limited only by its own
// deadline. A read deadline of the connection would end it earlier, together with all later
// requests of the connection, because net/http takes it for a client that disconnected.
func TestNothingBoundsReadingWhileWaiting(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t))
	parameter := regexp.MustCompile(`{\w+}`)
	sent := 0
	for path, operations := range a.paths() {
		for method, operation := range object(operations) {
			if object(operation)["requestBody"] == nil {
				continue
			}
			sent++
			target := parameter.ReplaceAllString(path, "1")
			c := &connection{ResponseRecorder: httptest.NewRecorder()}
			a.server.ServeHTTP(c, httptest.NewRequestWithContext(t.Context(), strings.ToUpper(method), target, strings.NewReader("{}")))
			if !c.deadline.IsZero() {
				t.Errorf("%s %s: the connection is read until %s only", method, path, time.Until(c.deadline))
			}
		}
	}
	if sent < 10 {
		t.Errorf("only %d operations have a body", sent)
	}
}

// If the database hangs, everybody gets an answer within RequestTimeout. An export has no
// deadline, but finding out who asks for it does.
func TestWhoAsksIsFoundInTime(t *testing.T) {
	t.Parallel()
	a := newAPI(t, storetest.SQLite(t), func(c *handlers.Config) {
		c.RequestTimeout = 20 * time.Millisecond
		c.Authenticate = func(r *http.Request) (*access.Viewer, error) {
			if _, bounded := r.Context().Deadline(); !bounded {
				return nil, errors.New("this would hang")
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		}
	})
	for _, path := range []string{"/api/v1/orders", "/api/v1/audit-entries/export?format=csv"} {
		a.do("GET", path, nil).problem(503, "overloaded")
	}
}
