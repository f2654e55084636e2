package handlers_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A client can tell that an export is incomplete, even in HTTP/1.0, where an answer of
// unknown length ends with its connection.
func TestPartOfExportIsVisible(t *testing.T) {
	t.Parallel()
	offices(t, func(t *testing.T, o *office) {
		boss := o.login("owner")
		o.happenings(250)
		id, _ := o.member("auditor@shop.test", "manager")
		token := o.token("auditor")
		var disabled atomic.Bool
		handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			o.server.ServeHTTP(&delayed{ResponseWriter: w, then: func() { //nolint:contextcheck // another request, of the owner
				o.patch(in("/staff/%d", id), map[string]any{"is_active": !disabled.Load()}, boss...).is(200)
				o.clock.move(50 * time.Millisecond)
			}}, r)
		})
		plain, secured := httptest.NewServer(handler), httptest.NewTLSServer(handler)
		defer plain.Close()
		defer secured.Close()
		for _, midway := range []bool{false, true} {
			disabled.Store(midway)
			for _, server := range []*httptest.Server{plain, secured} {
				for _, version := range []string{"1.0", "1.1"} {
					o.patch(in("/staff/%d", id), map[string]any{"is_active": true}, boss...).is(200)
					lines, err := export(t, server, version, token)
					if (err != nil) != midway || (lines < 250) != midway {
						t.Errorf("HTTP/%s, %s, disabled midway %t: %d lines, %v", version, server.URL, midway, lines, err)
					}
				}
			}
		}
	})
}

// export returns how many lines of the trail arrive, and how the answer ends.
func export(t *testing.T, from *httptest.Server, version string, token []string) (lines int, err error) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", from.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if from.TLS != nil {
		config := from.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
		config.ServerName = "example.com"
		conn = tls.Client(conn, config)
	}
	fmt.Fprintf(conn, "GET /api/v1/audit-entries/export?format=jsonl HTTP/%s\r\nHost: shop\r\nConnection: close\r\n%s: %s\r\n\r\n",
		version, token[0], token[1])
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status)
	}
	text, err := io.ReadAll(answer.Body)
	return strings.Count(string(text), "\n"), err
}
