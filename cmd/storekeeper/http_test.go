package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// dial opens a connection that gives up after a minute.
func (p *process) dial() net.Conn {
	p.t.Helper()
	conn, err := (&net.Dialer{}).DialContext(p.t.Context(), "tcp", p.address)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		p.t.Fatal(err)
	}
	return conn
}

// say writes text to a connection unchanged, and reads the answer.
func (p *process) say(text string) (*http.Response, string) {
	p.t.Helper()
	conn := p.dial()
	if _, err := io.WriteString(conn, text); err != nil {
		p.t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		p.t.Fatalf("%.80q: %v", text, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer, string(body)
}

// Every request is answered by the handlers, even one about the server as a whole.
func TestAsterisk(t *testing.T) {
	t.Parallel()
	p := serve(t, storetest.URL(t, dialect.SQLite)).ready()
	answer, body := p.say("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if answer.StatusCode != http.StatusNotFound || answer.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(body, `"not_found"`) {
		t.Errorf("%d %v %.200s", answer.StatusCode, answer.Header, body)
	}
}

// A client that only sends a byte now and then is cut off, in the head as well as in the
// body, and so is one that stops sending. Others are served meanwhile.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	p := serve(t, storetest.URL(t, dialect.SQLite),
		"--read-header-timeout=1s", "--read-timeout=2s", "--idle-timeout=1s", "--request-timeout=3s", "--write-timeout=5s").ready()
	for name, c := range map[string]struct {
		begin, drip string
		least, most time.Duration
	}{
		"head":    {"GET /api/v1/products HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n", 700 * time.Millisecond, 10 * time.Second},
		"body":    {"POST /api/v1/products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n", " ", 1400 * time.Millisecond, 10 * time.Second},
		"chunks":  {"POST /api/v1/products HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n", 1400 * time.Millisecond, 10 * time.Second},
		"nothing": {"", "", 700 * time.Millisecond, 10 * time.Second},
		"idle":    {"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "", 700 * time.Millisecond, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now() // the server counts from when it accepts
			conns := make([]net.Conn, 20)
			for i := range conns {
				conns[i] = p.dial()
				if _, err := io.WriteString(conns[i], c.begin); err != nil {
					t.Fatal(err)
				}
			}
			for _, conn := range conns {
				go func() {
					for c.drip != "" && time.Since(start) < c.most {
						if _, err := io.WriteString(conn, c.drip); err != nil {
							return
						}
						<-time.After(50 * time.Millisecond)
					}
				}()
			}
			if status, _ := p.get("/healthz"); status != http.StatusOK {
				t.Errorf("others get %d", status)
			}
			for _, conn := range conns {
				_, _ = io.Copy(io.Discard, conn) // until the server closes
			}
			if took := time.Since(start); took < c.least || took > c.most {
				t.Errorf("cut off after %s, want %s to %s", took, c.least, c.most)
			}
		})
	}
}

// Heads up to the limit are accepted and larger ones refused; the server goes on.
func TestHeaderLimit(t *testing.T) {
	t.Parallel()
	for flag, limit := range map[string]int{"--max-header-bytes=16384": 16384, "--max-header-bytes=32768": 32768} {
		p := serve(t, storetest.URL(t, dialect.SQLite), flag).ready()
		head := func(name string, size int) string {
			begin := "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + name + ": "
			return begin + strings.Repeat("a", size-len(begin)-4) + "\r\n\r\n"
		}
		for _, name := range []string{"Cookie", "X-Anything", "Authorization", "Idempotency-Key", "User-Agent", "X-Forwarded-For"} {
			if answer, body := p.say(head(name, limit)); answer.StatusCode != http.StatusOK {
				t.Errorf("%s of %d bytes: %d %s", name, limit, answer.StatusCode, body)
			}
			for _, size := range []int{limit + 4096, 1 << 20} {
				if answer, _ := p.say(head(name, size)); answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
					t.Errorf("%s of %d bytes: %d", name, size, answer.StatusCode)
				}
			}
		}
		many := "GET /healthz HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("Cookie: a=b\r\n", 20_000) + "\r\n"
		if answer, _ := p.say(many); answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("many cookies: %d", answer.StatusCode)
		}
		if status, _ := p.get("/readyz"); status != http.StatusOK {
			t.Errorf("afterwards: %d", status)
		}
	}
}

// Starting the program twice fails with a clear message before it touches the database: a
// newer program that is started beside the one that serves must not migrate it.
func TestAddressTaken(t *testing.T) {
	t.Parallel()
	first := serve(t, storetest.URL(t, dialect.SQLite)).ready()
	file := filepath.Join(t.TempDir(), "shop.db")
	for _, flag := range []string{"--listen", "--metrics-listen"} {
		code, _, said := call(t, "sqlite://"+file, "serve", "--listen", "127.0.0.1:0", flag, first.address)
		if want := first.address + " is taken, perhaps by another storekeeper: choose an address with " + flag; code != 1 || !strings.Contains(said, want) {
			t.Errorf("%d %s, want %q", code, said, want)
		}
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the database was made: %v", err)
	}
}

// A wrong setting is found before the database is migrated.
func TestWrongSettingComesFirst(t *testing.T) {
	t.Parallel()
	taken := serve(t, storetest.URL(t, dialect.SQLite)).ready().address
	for _, flag := range []string{
		"--cors-origins=foo", "--metrics-listen=foo", "--metrics-listen=" + taken, "--read-database-url=junk", "--tls-cert=a --tls-key=b",
	} {
		dialects(t, func(t *testing.T, name string) {
			url := storetest.EmptyURL(t, name)
			args := append([]string{"serve", "--listen", "127.0.0.1:0", "--migrate"}, strings.Fields(flag)...)
			if code, _, said := call(t, url, args...); code == 0 {
				t.Errorf("%s: %s", flag, said)
			}
			if _, out, said := call(t, url, "migrate", "status"); strings.Contains(out, "applied") {
				t.Errorf("%s: the database was migrated: %s%s", flag, out, said)
			}
		})
	}
}

// While the database does not answer, for example while another replica migrates it, the
// process reports that it is alive but not ready.
func TestHealthWhileStarting(t *testing.T) {
	t.Parallel()
	silent, free := listen(t), listen(t)
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	p := &process{t: t, address: address, out: newOutput(), log: newOutput(), ended: make(chan struct{})}
	go func() {
		defer close(p.ended)
		p.code = run(ctx, []string{
			"--database-url", "postgres://shop@" + silent.Addr().String() + "/shop?connect_timeout=60", "serve", "--listen", address,
		}, p.out, p.log)
	}()
	defer func() {
		stop()
		<-p.ended
		if p.code != 0 { // it was told to stop
			t.Errorf("stopped with %d\n%s", p.code, p.log)
		}
	}()
	conn, err := silent.Accept() // it has begun to ask
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if status, body := p.get("/healthz"); status != http.StatusOK || !strings.Contains(body, `"alive"`) {
		t.Errorf("healthz: %d %s", status, body)
	}
	for _, path := range []string{"/readyz", "/api/v1/products"} {
		answer, body := p.say("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
		if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" || !strings.Contains(body, `"request_id"`) {
			t.Errorf("%s: %d %s", path, answer.StatusCode, body)
		}
	}
}

// listen opens a port of this machine.
func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// A request on a kept-alive connection is answered while the program stops, and the
// connection ends with the answer.
func TestStopAnswersKeptConnections(t *testing.T) {
	t.Parallel()
	log := newOutput()
	a, err := newApp(&Globals{Currency: "EUR", LogLevel: "info", LogFormat: "json"}, nil, log, log)
	if err != nil {
		t.Fatal(err)
	}
	flags := httpFlags{MaxHeaderBytes: minHeaderBytes}
	d, err := flags.open(t.Context(), a, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	p := &process{t: t, address: d.address.String()}
	conn, silent := p.dial(), p.dial()
	answers := bufio.NewReader(conn)
	ask := func() *http.Response {
		t.Helper()
		if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.Body.Close() != nil || answer.StatusCode != http.StatusOK {
			t.Fatal(answer.Status, err)
		}
		return answer
	}
	if ask().Close {
		t.Error("a connection ends before the program does")
	}
	left := make(chan error)
	go func() { left <- d.leave(context.WithoutCancel(t.Context()), 0, time.Minute) }()
	for refused := false; !refused; {
		other, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", p.address)
		if refused = err != nil; !refused {
			_ = other.Close()
		}
	}
	if !ask().Close {
		t.Fatal("the answer does not end its connection")
	}
	if _, err := answers.ReadByte(); !errors.Is(err, io.EOF) {
		t.Error("the connection goes on:", err)
	}
	if err := silent.Close(); err != nil { // the last one: nothing is left to wait for
		t.Fatal(err)
	}
	if err := <-left; err != nil {
		t.Error(err)
	}
}

// A client can tell that an answer is incomplete if the program stopped waiting while it
// was being sent, even in HTTP/1.0, where an answer ends with its connection.
func TestStopCutsAnswersVisibly(t *testing.T) {
	t.Parallel()
	log := newOutput()
	a, err := newApp(&Globals{Currency: "EUR", LogLevel: "info", LogFormat: "json"}, nil, log, log)
	if err != nil {
		t.Fatal(err)
	}
	cert, key := certify(t, t.TempDir(), 1)
	for _, flags := range []httpFlags{{}, {TLSCert: cert, TLSKey: key}} {
		flags.MaxHeaderBytes = minHeaderBytes
		d, err := flags.open(t.Context(), a, "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		d.lead(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "a part")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}))
		conn := (&process{t: t, address: d.address.String()}).dial()
		if flags.TLSCert != "" {
			conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
		}
		if _, err := io.WriteString(conn, "GET / HTTP/1.0\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if err := (&serveCmd{Drain: time.Millisecond}).drain(stopped, a, d); err == nil {
			t.Error("it does not say that a request was under way")
		}
		text, err := io.ReadAll(answer.Body)
		if string(text) != "a part" || err == nil || answer.Body.Close() != nil {
			t.Errorf("%s: %q, %v", flags.scheme(), text, err)
		}
	}
}

// A load balancer that opens its own connections sees at once that the program is
// stopping, while everything else is still answered.
func TestStopIsSeen(t *testing.T) {
	t.Parallel()
	p := serve(t, storetest.URL(t, dialect.SQLite), "--drain-delay", "5s").ready()
	p.stop()
	p.log.until(func(line string) bool { return strings.Contains(line, "draining") }, p.ended)
	ask := func(path string) (*http.Response, string) {
		return p.say("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	if answer, body := ask("/readyz"); answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "the program is stopping") {
		t.Errorf("/readyz: %s %s", answer.Status, body)
	}
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/api/v1/products": http.StatusUnauthorized} {
		if answer, _ := ask(path); answer.StatusCode != want || answer.Close {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
	<-p.ended
	if p.code != 0 {
		t.Errorf("ended with %d\n%s", p.code, p.log)
	}
}

// Nothing that a client sends can add a header to the answer or a line to the log.
func TestHeaderInjection(t *testing.T) {
	t.Parallel()
	p := serve(t, storetest.URL(t, dialect.SQLite)).ready()
	const evil = "Set-Cookie: evil=1"
	for _, head := range []string{
		"GET /api/v1/products%0d%0aSet-Cookie:%20evil=1 HTTP/1.1\r\nHost: x\r\n",
		"GET /%0d%0aSet-Cookie:%20evil=1 HTTP/1.1\r\nHost: x\r\n",
		"GET /docs/%0d%0aSet-Cookie:%20evil=1 HTTP/1.1\r\nHost: x\r\n",
		"GET /api/v1/products?q=%0d%0aSet-Cookie:%20evil=1 HTTP/1.1\r\nHost: x\r\n",
		"GET /api/v1/products?%0d%0aSet-Cookie:%20evil=1=1 HTTP/1.1\r\nHost: x\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-ID: a%0d%0a" + evil + "\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\r" + evil + "\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\n " + evil + "\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\x00\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\n: empty\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\nX A: b\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x/../y\r\n",
		"GET /healthz HTTP/1.1\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
		"POST /api/v1/products HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked, identity\r\n",
		"GET /api/v1/products HTTP/1.1\r\nHost: x\r\nOrigin: https://x\r\n " + evil + "\r\n",
		"GET /api/v1/products HTTP/1.1\r\nHost: x\r\nUser-Agent: a\r\n\t" + evil + "\r\n",
	} {
		answer, body := p.say(head + "Connection: close\r\n\r\n")
		if answer.Header.Get("Set-Cookie") != "" || answer.StatusCode >= 500 && answer.StatusCode != http.StatusNotImplemented {
			t.Errorf("%q: %d %s", head, answer.StatusCode, answer.Header)
		}
		if id := answer.Header.Get("X-Request-ID"); strings.ContainsAny(id, ":=\r\n ") {
			t.Errorf("%q: request id %q", head, id)
		}
		if strings.Contains(body, "\nSet-Cookie") {
			t.Errorf("%q: %s", head, body)
		}
	}
	for line := range strings.Lines(p.log.String()) {
		if !strings.HasPrefix(line, `{"time":`) {
			t.Errorf("a line of its own in the log: %q", line)
		}
	}
}

// An empty file name in a setting, as from a template of variables, means no file.
func TestEmptyCertificate(t *testing.T) {
	t.Parallel()
	serve(t, storetest.URL(t, dialect.SQLite), "--tls-cert=", "--tls-key=").ready()
}

// certify writes a new certificate for 127.0.0.1 with a serial number.
func certify(t *testing.T, dir string, serial int64) (cert, key string) {
	t.Helper()
	return certifyUntil(t, dir, serial, time.Now().Add(time.Hour))
}

func certifyUntil(t *testing.T, dir string, serial int64, until time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "storekeeper"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: until.Add(-2 * time.Hour), NotAfter: until,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// With a certificate the program serves TLS and nothing else, in HTTP/1 and 2,
// and tells browsers to insist on it.
func TestTLS(t *testing.T) {
	t.Parallel()
	cert, key := certify(t, t.TempDir(), 1)
	p := serve(t, storetest.URL(t, dialect.SQLite), "--tls-cert", cert, "--tls-key", key, "--hsts=1h")
	roots := x509.NewCertPool()
	if text, err := os.ReadFile(cert); err != nil || !roots.AppendCertsFromPEM(text) {
		t.Fatal(err)
	}
	for _, proto := range []string{"HTTP/1.1", "HTTP/2.0"} {
		transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: proto == "HTTP/2.0"}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+p.address+"/healthz", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Proto != proto || answer.StatusCode != http.StatusOK || answer.Header.Get("Strict-Transport-Security") != "max-age=3600" {
			t.Errorf("%s: %s %d %s", proto, answer.Proto, answer.StatusCode, answer.Header)
		}
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
		transport.CloseIdleConnections()
	}
	if !p.out.until(func(line string) bool { return strings.Contains(line, "https://"+p.address) }, p.ended) {
		t.Errorf("does not say where: %s", p.out)
	}
	if answer, _ := p.say("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("without TLS: %d", answer.StatusCode)
	}
	config := &tls.Config{RootCAs: roots, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	if conn, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp", p.address); err == nil {
		t.Errorf("TLS 1.1 was taken: %v", conn.Close())
	}
}

// A renewed certificate is used without a restart; a broken one is not used.
func TestCertificateRenewal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := certify(t, dir, 1)
	pair := &keyPair{cert: cert, key: key, log: slog.New(slog.DiscardHandler)}
	if err := pair.load(); err != nil {
		t.Fatal(err)
	}
	later := time.Now()
	use := func(want int64) {
		t.Helper()
		pair.checked = pair.checked.Add(-2 * recheck)
		got, err := pair.get(&tls.ClientHelloInfo{})
		if err != nil || got.Leaf.SerialNumber.Int64() != want {
			t.Errorf("serial %d, %v, want %d", got.Leaf.SerialNumber, err, want)
		}
	}
	touch := func() {
		later = later.Add(time.Second)
		for _, name := range []string{cert, key} {
			if err := os.Chtimes(name, later, later); err != nil {
				t.Fatal(err)
			}
		}
	}
	use(1)
	certify(t, dir, 2)
	touch()
	if got, err := pair.get(&tls.ClientHelloInfo{}); err != nil || got.Leaf.SerialNumber.Int64() != 1 {
		t.Errorf("looked again at once: %v %v", got.Leaf.SerialNumber, err)
	}
	use(2)
	if err := os.WriteFile(cert, []byte("half a certif"), 0o600); err != nil {
		t.Fatal(err)
	}
	touch()
	use(2)
	certify(t, dir, 3)
	touch()
	use(3)
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	use(3)
}

// A certificate that has expired is an error in the log, once, at the start or when it happens.
func TestCertificateExpires(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := certifyUntil(t, dir, 1, time.Now().Add(-time.Minute))
	p := serve(t, storetest.URL(t, dialect.SQLite), "--tls-cert", cert, "--tls-key", key)
	if entry := p.entry("the certificate has expired, and browsers refuse it: renew it"); entry["file"] != cert || entry["level"] != "ERROR" {
		t.Errorf("%v", entry)
	}
	log := newOutput()
	pair := &keyPair{cert: cert, key: key, log: slog.New(slog.NewJSONHandler(log, nil))}
	if err := pair.load(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		pair.checked = time.Time{}
		if _, err := pair.get(&tls.ClientHelloInfo{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(log.String(), "expired"); n != 1 {
		t.Errorf("said %d times: %s", n, log)
	}
}

// The log says that a certificate is about to expire, or is not valid yet.
func TestCertificateValidity(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	of := &x509.Certificate{NotBefore: from, NotAfter: from.AddDate(0, 0, 90)}
	for _, c := range []struct {
		days float64 // since from
		want validity
	}{{-0.1, notYetValid}, {0, valid}, {80.9, valid}, {81.1, expires}, {90, expires}, {90.1, expired}} {
		if got := validityOf(of, from.Add(time.Duration(c.days*24*float64(time.Hour)))); got != c.want {
			t.Errorf("after %v days: %d, want %d", c.days, got, c.want)
		}
	}
	cert, key := certifyUntil(t, t.TempDir(), 1, time.Now().Add(time.Minute))
	log := newOutput()
	pair := &keyPair{cert: cert, key: key, log: slog.New(slog.NewJSONHandler(log, nil))}
	if err := pair.load(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		pair.sayValidity(t.Context())
	}
	if n := strings.Count(log.String(), "the certificate expires soon"); n != 1 {
		t.Errorf("said %d times: %s", n, log)
	}
	pair.pair.Leaf.NotBefore, pair.pair.Leaf.NotAfter = time.Now().Add(time.Hour), time.Now().Add(2*time.Hour)
	pair.sayValidity(t.Context())
	if !strings.Contains(log.String(), "the certificate is not valid yet") {
		t.Errorf("does not say that it is early: %s", log)
	}
}

// A session life below half a day is accepted without --session-idle: unused sessions then
// end within it too.
func TestShortSessions(t *testing.T) {
	t.Parallel()
	p := serve(t, smallShop(t, dialect.SQLite), "--demo", "--session-life=1h").ready()
	if status, body := p.post("/api/v1/auth/login", `{"email":"support@demo.test","password":"demo-shop-please-look"}`); status != http.StatusOK {
		t.Error(status, body)
	}
}

// A session ends when it has not been used for as long as the flag says.
func TestIdleSessions(t *testing.T) {
	t.Parallel()
	p := serve(t, smallShop(t, dialect.SQLite), "--demo", "--session-idle=1ns").ready()
	login := `{"email":"support@demo.test","password":"demo-shop-please-look"}`
	answer, body := p.say("POST /api/v1/auth/login HTTP/1.1\r\nHost: shop.test\r\nContent-Type: application/json\r\n" +
		fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(login), login))
	cookies := answer.Cookies()
	if answer.StatusCode != http.StatusOK || len(cookies) != 1 {
		t.Fatal(answer.Status, body)
	}
	answer, body = p.say("GET /api/v1/auth/me HTTP/1.1\r\nHost: shop.test\r\nCookie: " + cookies[0].Name + "=" + cookies[0].Value + "\r\n\r\n")
	if answer.StatusCode != http.StatusUnauthorized {
		t.Error(answer.Status, body)
	}
}

// Limits that make no sense are refused before anything starts.
func TestHTTPFlags(t *testing.T) {
	t.Parallel()
	url := "sqlite://" + t.TempDir() + "/shop.db"
	for _, c := range []struct{ flag, says string }{
		{"--read-header-timeout=0", "more than 0"},
		{"--read-timeout=-1s", "more than 0"},
		{"--read-timeout=5s", "--read-header-timeout: expected no more than"},
		{"--write-timeout=0s", "more than 0"},
		{"--idle-timeout=0s", "more than 0"},
		{"--request-timeout=2m", "--request-timeout: expected less than --write-timeout"},
		{"--request-timeout=x", "--request-timeout"},
		{"--max-header-bytes=16383", "at least 16384"},
		{"--max-header-bytes=2000000", "at most"},
		{"--hsts=-1h", "--hsts"},
		{"--cors-origins=foo", "--cors-origins: origin"},
		{"--cors-origins=https://shop.example,*", "expected it alone"},
		{"--listen=", "--listen: expected an address"},
		{"--session-idle=169h", "--session-idle: expected no more than --session-life, which is 168h"},
		{"--session-idle=12h --session-life=11h", "--session-idle: expected no more than --session-life, which is 11h"},
		{"--session-idle=0", "serve: --session-idle: expected more than 0"},
		{"--session-life=0", "serve: --session-life: expected more than 0"},
		{"--drain=-1s", "serve: --drain: expected 0 or more, got -1s"},
		{"--summarise-every=-1s", "serve: --summarise-every: expected 0 or more, got -1s"},
		{"--drain-delay=-1s", "--drain-delay"},
		{"--drain-delay=30s", "--drain-delay: expected 0, or less than --drain"},
		{"--slow-query=-1s", "serve: --slow-query: expected 0 or more, got -1s"},
		{"--reconcile-every=-1s", "serve: --reconcile-every: expected 0 or more, got -1s"},
		{"--max-wait=-1s", "--max-wait: expected 0 or more"},
		{"--tls-cert=cert.pem", "expected both"},
		{"--tls-key=key.pem", "expected both"},
		{"--trusted-proxies=10.0.0.0/33", "an address or a network"},
		{"--trusted-proxies=proxy.example", "an address or a network"},
	} {
		args := append([]string{"serve", "--listen", "127.0.0.1:0"}, strings.Fields(c.flag)...)
		if code, out, errOut := call(t, url, args...); code != 2 || !strings.Contains(out+errOut, c.says) {
			t.Errorf("%s: %d %s%s", c.flag, code, out, errOut)
		}
	}
	for _, c := range []struct{ flags, says string }{
		{"--tls-cert=nowhere.pem --tls-key=nowhere.pem", "storekeeper: --tls-cert: "},
	} {
		args := append([]string{"serve", "--listen", "127.0.0.1:0"}, strings.Fields(c.flags)...)
		if code, out, errOut := call(t, url, args...); code != 1 || !strings.Contains(out+errOut, c.says) {
			t.Errorf("%s: %d %s%s", c.flags, code, out, errOut)
		}
	}
	for text, want := range map[string]string{
		"10.1.2.3/8": "10.0.0.0/8", "10.1.2.3": "10.1.2.3/32", "::1": "::1/128", "fd00::/8": "fd00::/8", "::ffff:10.0.0.1": "10.0.0.1/32",
	} {
		var n network
		if err := n.UnmarshalText([]byte(text)); err != nil || fmt.Sprint((&httpFlags{TrustedProxies: []network{n}}).proxies()) != "["+want+"]" {
			t.Errorf("%s: %v %v", text, n, err)
		}
	}
}
