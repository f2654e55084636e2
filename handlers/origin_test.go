package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/storekeeper/storekeeper/handlers"
)

func networks(t *testing.T, list ...string) []netip.Prefix {
	t.Helper()
	out := make([]netip.Prefix, len(list))
	for i, text := range list {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = prefix
	}
	return out
}

// The address that a client claims counts only if trusted proxies vouch for it.
func TestClientAddress(t *testing.T) {
	t.Parallel()
	inside := networks(t, "10.0.0.0/8", "fd00::/8", "127.0.0.1/32")
	for _, c := range []struct {
		name    string
		trusted []netip.Prefix
		remote  string
		forward []string
		want    string
	}{
		{"direct", nil, "203.0.113.7:999", nil, "203.0.113.7"},
		{"direct, IPv6", nil, "[2001:db8::1%eth0]:999", nil, "2001:db8::1"},
		{"direct, IPv4 in IPv6", nil, "[::ffff:203.0.113.7]:999", nil, "203.0.113.7"},
		{"no connection", nil, "@", nil, ""},
		{"claims, nobody trusted", nil, "203.0.113.7:999", []string{"1.1.1.1"}, "203.0.113.7"},
		{"claims, not through a proxy", inside, "203.0.113.7:999", []string{"10.0.0.1"}, "203.0.113.7"},
		{"a proxy", inside, "10.0.0.1:1", []string{"203.0.113.7"}, "203.0.113.7"},
		{"a proxy, in IPv6 clothes", inside, "[::ffff:10.0.0.1]:1", []string{"203.0.113.7"}, "203.0.113.7"},
		{"a proxy that says nothing", inside, "10.0.0.1:1", nil, "10.0.0.1"},
		{"a proxy that says nothing, written out", inside, "10.0.0.1:1", []string{""}, "10.0.0.1"},
		{"two proxies", inside, "10.0.0.1:1", []string{"203.0.113.7, 10.0.0.2"}, "203.0.113.7"},
		{"two proxies, two headers", inside, "10.0.0.1:1", []string{"203.0.113.7", "10.0.0.2"}, "203.0.113.7"},
		{"forged on the left", inside, "10.0.0.1:1", []string{"1.1.1.1, 203.0.113.7"}, "203.0.113.7"},
		{"a trusted address forged on the left", inside, "10.0.0.1:1", []string{"10.9.9.9, 203.0.113.7, 10.0.0.2"}, "203.0.113.7"},
		{"forged in an earlier header", inside, "10.0.0.1:1", []string{"1.1.1.1", "203.0.113.7"}, "203.0.113.7"},
		{"all inside", inside, "10.0.0.1:1", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"with ports", inside, "10.0.0.1:1", []string{"203.0.113.7:5, [fd00::2]:7"}, "203.0.113.7"},
		{"IPv6", inside, "[fd00::1]:1", []string{"2001:db8::1"}, "2001:db8::1"},
		{"IPv6 in brackets", inside, "[fd00::1]:1", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"no address", inside, "10.0.0.1:1", []string{"203.0.113.7, unknown, 10.0.0.2"}, "10.0.0.2"},
		{"SQL", inside, "10.0.0.1:1", []string{"'; DROP TABLE staff"}, "10.0.0.1"},
		{"everybody trusted", networks(t, "0.0.0.0/0"), "10.0.0.1:1", []string{"1.1.1.1, 203.0.113.7"}, "1.1.1.1"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = c.remote
		r.Header["X-Forwarded-For"] = c.forward
		r.Header.Set("Forwarded", "for=9.9.9.9")
		r.Header.Set("X-Real-IP", "9.9.9.9")
		r.Header.Set("True-Client-Ip", "9.9.9.9")
		if got, _ := handlers.ClientOf(c.trusted, r); got.IP != c.want {
			t.Errorf("%s: %q, want %q", c.name, got.IP, c.want)
		}
	}
}

// That the client uses TLS is trusted under the same conditions.
func TestClientScheme(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		remote string
		proto  []string
		want   bool
	}{
		{"10.0.0.1:1", nil, false},
		{"10.0.0.1:1", []string{"https"}, true},
		{"10.0.0.1:1", []string{"HTTPS"}, true},
		{"10.0.0.1:1", []string{"http"}, false},
		{"10.0.0.1:1", []string{"https", "http"}, false}, // the left one may be the client's own
		{"10.0.0.1:1", []string{"https, http"}, false},
		{"10.0.0.1:1", []string{"http, https"}, true},
		{"10.0.0.1:1", []string{"wss"}, false},
		{"203.0.113.7:1", []string{"https"}, false},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = c.remote
		r.Header["X-Forwarded-Proto"] = c.proto
		if _, got := handlers.ClientOf(networks(t, "10.0.0.0/8"), r); got != c.want {
			t.Errorf("%s %q: %t", c.remote, c.proto, got)
		}
	}
}

// What is stored of a User-Agent can be stored and printed, whatever was sent.
func TestUserAgent(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"curl/8":                            "curl/8",
		"":                                  "",
		"a\x00b\r\nc\td\x1b[31m\u2028\xffe": "abcd[31me",
		"Käse ☃":                            "Käse ☃",
		strings.Repeat("a", 2000):           strings.Repeat("a", 500),
		"x" + strings.Repeat("é", 1000):     "x" + strings.Repeat("é", 249),
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.Header["User-Agent"] = []string{sent}
		got, _ := handlers.ClientOf(nil, r)
		if got.UserAgent != want || !utf8.ValidString(got.UserAgent) {
			t.Errorf("%q: %q, want %q", sent, got.UserAgent, want)
		}
	}
}

func FuzzClientAddress(f *testing.F) {
	f.Add("10.0.0.1:1", "203.0.113.7, 10.0.0.2", "curl")
	f.Add("[fd00::1%x]:1", "[::1]:2,,", "\xff\x00")
	f.Fuzz(func(t *testing.T, remote, forward, agent string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = remote
		r.Header["X-Forwarded-For"] = []string{forward}
		r.Header["User-Agent"] = []string{agent}
		for _, trusted := range [][]netip.Prefix{nil, networks(t, "10.0.0.0/8", "fd00::/8")} {
			got, _ := handlers.ClientOf(trusted, r)
			if ip, err := netip.ParseAddr(got.IP); got.IP != "" && (err != nil || ip.Zone() != "" || ip.Is4In6()) {
				t.Errorf("%q is no plain address", got.IP)
			}
			if len(got.UserAgent) > 500 || !utf8.ValidString(got.UserAgent) || strings.ContainsAny(got.UserAgent, "\x00\r\n") {
				t.Errorf("%q", got.UserAgent)
			}
		}
	})
}
