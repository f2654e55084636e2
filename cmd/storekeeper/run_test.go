package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// output collects what the program writes. It can be read while the program runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // closed at the next write
}

func newOutput() *output { return &output{more: make(chan struct{})} }

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.more)
	o.more = make(chan struct{})
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// until waits for a line that matches, or for the end, and reports which.
func (o *output) until(match func(line string) bool, end <-chan struct{}) bool {
	for {
		o.mu.Lock()
		text, more := o.text.String(), o.more
		o.mu.Unlock()
		for line := range strings.Lines(text) {
			if match(line) {
				return true
			}
		}
		select {
		case <-more:
		case <-end:
			return false
		}
	}
}

// call runs a command to its end.
func call(t *testing.T, url string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	ctx := t.Context()
	if slices.Contains(args, "serve") { // which should be refused, and would otherwise serve for ever
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, time.Minute)
		defer cancel()
	}
	out, errOut := newOutput(), newOutput()
	code = run(ctx, append([]string{"--database-url", url}, args...), out, errOut)
	return code, out.String(), errOut.String()
}

// mustCall runs a command that has to succeed, and returns what it prints.
func mustCall(t *testing.T, url string, args ...string) string {
	t.Helper()
	code, out, errOut := call(t, url, args...)
	if code != 0 {
		t.Fatalf("%v: %d %s%s", args, code, out, errOut)
	}
	return out
}

// addOwner adds the first member of a shop, Ada.
func addOwner(t *testing.T, url string) {
	t.Helper()
	mustCall(t, url, "staff", "add", "--email", "ada@shop.test", "--name", "Ada", "--role", "owner")
}

// process is a running server.
type process struct {
	t       *testing.T
	url     string // of the database
	address string
	bearer  string // a token, once one was asked for
	out     *output
	log     *output
	stop    context.CancelFunc
	ended   chan struct{}
	code    int // once ended
}

// serve starts the program on a free port and waits until it reports its address.
func serve(t *testing.T, url string, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p := &process{t: t, url: url, out: newOutput(), log: newOutput(), stop: cancel, ended: make(chan struct{})}
	args = append([]string{"--database-url", url, "--log-format", "json", "serve", "--listen", "127.0.0.1:0"}, args...)
	go func() {
		defer close(p.ended)
		p.code = run(ctx, args, p.out, p.log)
	}()
	t.Cleanup(p.end)
	if !p.log.until(p.listening, p.ended) {
		t.Fatalf("the program ended with %d\n%s", p.code, p.log)
	}
	return p
}

// end stops the program and waits until it has ended.
func (p *process) end() {
	p.stop()
	<-p.ended
}

func (p *process) listening(line string) bool {
	var entry struct {
		Message string `json:"msg"`
		Address string `json:"address"`
	}
	if json.Unmarshal([]byte(line), &entry) != nil || entry.Message != "listening" {
		return false
	}
	p.address = entry.Address
	return true
}

// ready waits until the program reports that it serves. Then /readyz must confirm it.
func (p *process) ready() *process {
	p.t.Helper()
	if !p.out.until(func(line string) bool { return strings.Contains(line, "Storekeeper is serving") }, p.ended) {
		p.t.Fatalf("the program ended with %d\n%s", p.code, p.log)
	}
	if status, body := p.get("/readyz"); status != http.StatusOK {
		p.t.Fatalf("not ready: %d %s\n%s", status, body, p.log)
	}
	return p
}

// token returns an API token for the member with that email.
func (p *process) token(email string) string {
	p.t.Helper()
	if p.bearer == "" {
		out := mustCall(p.t, p.url, "token", "add", "--staff", email, "--name", "test")
		p.bearer = strings.TrimSuffix(out, "\n")
	}
	return p.bearer
}

// client gives up on a program that hangs.
var client = &http.Client{Timeout: time.Minute}

// get reads a path of the running program.
func (p *process) get(path string) (status int, body string) {
	p.t.Helper()
	r := p.request(http.MethodGet, path, "")
	if p.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+p.bearer)
	}
	answer, body := p.send(r)
	return answer.StatusCode, body
}

func (p *process) request(method, path, body string) *http.Request {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, "http://"+p.address+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

// send sends a request and reads the answer, whose body is then closed.
func (p *process) send(r *http.Request) (answer *http.Response, body string) {
	p.t.Helper()
	answer, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		p.t.Fatal(err)
	}
	return answer, string(text)
}

// total returns the number of records in a list of the demo shop. The argument is the path
// below /api/v1/ up to the parameter limit, as in "products?".
func (p *process) total(resource string) int {
	p.t.Helper()
	p.token("owner@demo.test")
	status, body := p.get("/api/v1/" + resource + "limit=1")
	var page struct {
		Total int `json:"total"`
	}
	if err := json.Unmarshal([]byte(body), &page); err != nil || status != http.StatusOK {
		p.t.Fatalf("%s: %d %s", resource, status, body)
	}
	return page.Total
}

// smallShop returns the URL of a shop with few records, in which --demo only creates
// accounts.
func smallShop(t *testing.T, name string) string {
	t.Helper()
	url := storetest.URL(t, name)
	mustCall(t, url, "seed", "--products", "20", "--customers", "5", "--orders", "10")
	return url
}

// change changes a shop by SQL, unnoticed by the program.
func change(t *testing.T, url string, statements ...string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		_, failed := db.SQL().ExecContext(t.Context(), statement)
		err = errors.Join(err, failed)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func dialects(t *testing.T, test func(t *testing.T, name string)) {
	t.Helper()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, name)
		})
	}
}

// The main use: one command on an empty database serves a shop whose books agree.
func TestServeDemo(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.EmptyURL(t, name)
		p := serve(t, url, "--demo", "--migrate").ready()
		if products, orders := p.total("products?"), p.total("orders?"); products != 2000 || orders != 5000 {
			t.Errorf("%d products, %d orders", products, orders)
		}
		for _, status := range []string{"pending", "processing", "shipped", "delivered", "cancelled"} {
			if p.total("orders?status="+status+"&") == 0 {
				t.Errorf("no order is %s", status)
			}
		}
		if status, body := p.get("/openapi.json"); status != http.StatusOK || !strings.HasPrefix(body, `{"`) {
			t.Errorf("openapi.json: %d", status)
		}
		mustCall(t, url, "reconcile")
		if !strings.Contains(p.out.String(), p.address) {
			t.Errorf("does not say where to look: %s", p.out)
		}
		p.end()
		if p.code != 0 {
			t.Errorf("stopped with %d\n%s", p.code, p.log)
		}
	})
}

// A server that is told to stop while it fills the demo shop stops without an error.
func TestServeDemoIsStopped(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		p := serve(t, storetest.EmptyURL(t, name), "--demo", "--migrate")
		p.end()
		if p.code != 0 || strings.Contains(p.out.String(), "Storekeeper is serving") {
			t.Errorf("stopped with %d\n%s", p.code, p.log)
		}
	})
}

// A server that is told to stop while it migrates, or waits for another server that does,
// says so and stops without an error.
func TestServeIsStoppedWhileItMigrates(t *testing.T) {
	t.Parallel()
	url := storetest.EmptyURL(t, dialect.Postgres)
	db := storetest.Open(t, store.Config{URL: url})
	other, err := db.SQL().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Rollback() }()
	if _, err := other.ExecContext(t.Context(), "CREATE TABLE atlas_schema_revisions ()"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, log := newOutput(), newOutput()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"--database-url", url, "serve", "--listen", "127.0.0.1:0", "--migrate"}, out, log)
	}()
	shoptest.Blocked(t, db, 1)
	stop()
	if code := <-ended; code != 0 || !strings.Contains(log.String(), "stopped before it served") {
		t.Errorf("stopped with %d\n%s", code, log)
	}
}

// Starting twice on the same database leaves it as it is.
func TestServeDemoTwice(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := smallShop(t, name)
		if got := serve(t, url, "--demo").ready().total("products?"); got != 20 {
			t.Errorf("%d products", got)
		}
	})
}

// A server warns if its currency is not that of earlier orders, for example because the
// flag was forgotten.
func TestServeInAnotherCurrency(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := smallShop(t, name)
		for currency, warned := range map[string]bool{"EUR": false, "JPY": true} {
			p := serve(t, url, "--currency", currency).ready()
			if got := strings.Contains(p.log.String(), "the newest order is in another currency"); got != warned {
				t.Errorf("%s: warned %t\n%s", currency, got, p.log)
			}
			p.end()
		}
	})
}

// A server does not migrate PostgreSQL unasked, and says what to do.
func TestServeRefusesOldSchema(t *testing.T) {
	t.Parallel()
	code, _, errOut := call(t, storetest.EmptyURL(t, dialect.Postgres), "serve", "--listen", "127.0.0.1:0")
	if code != 1 || !strings.Contains(errOut, "storekeeper migrate up") {
		t.Errorf("%d %s", code, errOut)
	}
}

// Replicas that start at once migrate once.
func TestReplicasMigrateOnce(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.EmptyURL(t, name)
		var replicas [3]*process
		var wg sync.WaitGroup
		for i := range replicas {
			wg.Go(func() { replicas[i] = serve(t, url, "--migrate") })
		}
		wg.Wait()
		migrated := 0
		for _, p := range replicas {
			p.ready()
			for line := range strings.Lines(p.log.String()) {
				var entry struct {
					Message string `json:"msg"`
					Files   int    `json:"files"`
				}
				if json.Unmarshal([]byte(line), &entry) == nil && entry.Message == "migrated" {
					migrated += entry.Files
				}
			}
		}
		_, out, _ := call(t, url, "--json", "migrate", "status")
		var state struct {
			Applied []any `json:"applied"`
			Pending []any `json:"pending"`
		}
		if err := json.Unmarshal([]byte(out), &state); err != nil {
			t.Fatal(err)
		}
		if migrated != len(state.Applied) || len(state.Pending) != 0 {
			t.Errorf("%d files migrated, history has %d, %d pending", migrated, len(state.Applied), len(state.Pending))
		}
	})
}

// On SQLite, another program that holds the write lock makes no request wait longer than
// the maximum for its turn.
func TestLockedOut(t *testing.T) {
	t.Parallel()
	p := serve(t, storetest.URL(t, dialect.SQLite), "--max-wait", "100ms").ready()
	p.owner()
	other := storetest.Open(t, store.Config{URL: p.url})
	err := other.Tx(t.Context(), func(context.Context, *ent.Client) error {
		began := time.Now()
		body := `{"name":"Tea","slug":"tea"}`
		//nolint:contextcheck // from outside
		answer, said := p.say(fmt.Sprintf("POST /api/v1/categories HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"+
			"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", p.bearer, len(body), body))
		if took := time.Since(began); answer.StatusCode != http.StatusServiceUnavailable || took > 5*time.Second {
			t.Errorf("after %s: %d %s", took, answer.StatusCode, said)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// A request under way is answered before the program stops. The metrics show it.
func TestDrain(t *testing.T) {
	t.Parallel()
	p := serve(t, storetest.URL(t, dialect.SQLite), "--metrics-listen", "127.0.0.1:0").ready()
	p.owner()
	reader, writer := io.Pipe()
	answered, underway := make(chan string, 1), make(chan struct{})
	go func() {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+p.address+"/api/v1/categories", reader)
		if err != nil {
			answered <- err.Error()
			return
		}
		// The server says 100 once it reads the body: from then on the request
		// is under way.
		r.Header.Set("Expect", "100-continue")
		r.Header.Set("Authorization", "Bearer "+p.bearer)
		r = r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{Got100Continue: func() { close(underway) }}))
		answer, err := (&http.Transport{ExpectContinueTimeout: time.Minute}).RoundTrip(r)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer answer.Body.Close()
		answered <- answer.Status
	}()
	<-underway
	p.stop()
	p.log.until(func(line string) bool { return strings.Contains(line, "draining") }, p.ended)
	if status, _ := p.metrics().get("/metrics"); status != http.StatusOK {
		t.Errorf("metrics: %d", status)
	}
	if _, err := io.WriteString(writer, `{"name":"Chairs","slug":"chairs"}`); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if got := <-answered; got != "201 Created" {
		t.Errorf("the request under way got %q", got)
	}
}

// The command reconcile lists drift and ends with status 1.
func TestReconcileDrift(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := smallShop(t, name)
		change(t, url, "UPDATE products SET stock = stock + 1 WHERE id = 7")
		code, out, _ := call(t, url, "--json", "reconcile")
		var report struct {
			OK          bool `json:"ok"`
			ProductList []struct {
				ProductID int64 `json:"product_id"`
			} `json:"product_list"`
		}
		if err := json.Unmarshal([]byte(out), &report); err != nil {
			t.Fatal(err, out)
		}
		if code != 1 || report.OK || len(report.ProductList) != 1 || report.ProductList[0].ProductID != 7 {
			t.Errorf("%d %s", code, out)
		}
		_, out, _ = call(t, url, "reconcile")
		_, page, _ := strings.Cut(out, "docs/")
		page, section, _ := strings.Cut(page, ", \"")
		section, _, _ = strings.Cut(section, "\"")
		if !strings.Contains(read(t, "../../docs/"+page), "\n### "+section+"\n") {
			t.Errorf("does not say where it is described: %s", out)
		}
	})
}

// The statements of docs/operations.md mend the books of a product whose stock was changed by
// hand, also when it has moved since.
func TestDocumentedRepair(t *testing.T) {
	t.Parallel()
	_, repair, found := strings.Cut(read(t, "../../docs/operations.md"), "```sql\nBEGIN;")
	repair, _, _ = strings.Cut(repair, "```")
	if !found {
		t.Fatal("docs/operations.md shows no repair")
	}
	dialects(t, func(t *testing.T, name string) {
		url := smallShop(t, name)
		drift := "UPDATE products SET stock = stock + 3 WHERE id = 7"
		moved := "INSERT INTO inventory_movements (product_id, quantity_change, balance_after, reason, actor, created_at) " +
			"SELECT id, 1, stock, 'receipt', 'test', created_at FROM products WHERE id = 7"
		for _, statements := range [][]string{{drift}, {drift, "UPDATE products SET stock = stock + 1 WHERE id = 7", moved}} {
			change(t, url, statements...)
			if code, out, _ := call(t, url, "reconcile", "--full"); code != 1 || !strings.HasPrefix(out, "product 7 ") {
				t.Fatalf("no drift: %d %s", code, out)
			}
			change(t, url, "BEGIN;"+repair)
			if code, out, errOut := call(t, url, "reconcile", "--full"); code != 0 {
				t.Errorf("after %v: %d %s%s", statements, code, out, errOut)
			}
		}
	})
}

// The statements of docs/operations.md mend an order whose columns, or those of its items, were
// changed by hand.
func TestDocumentedRepairOfOrders(t *testing.T) {
	t.Parallel()
	_, repair, _ := strings.Cut(read(t, "../../docs/operations.md"), "\n$ storekeeper reconcile --full\norder 12 ")
	_, repair, found := strings.Cut(repair, "```sql\n")
	repair, _, _ = strings.Cut(repair, "```")
	if !found {
		t.Fatal("docs/operations.md shows no repair")
	}
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		mustCall(t, url, "seed", "--products", "20", "--customers", "5", "--orders", "20")
		change(t, url, "INSERT INTO order_events (order_id, kind, note, actor, created_at) "+ // events say more than the status
			"SELECT id, 'return', '1 × P-1: too small', 'test', placed_at FROM orders WHERE id = 12")
		for _, wrong := range []string{
			"UPDATE orders SET total_amount = total_amount + 1 WHERE id = 12",
			"UPDATE order_items SET quantity = quantity + 1 WHERE order_id = 12",
			"UPDATE orders SET status = CASE status WHEN 'cancelled' THEN 'pending' ELSE 'cancelled' END WHERE id = 12",
		} {
			change(t, url, wrong)
			if code, out, _ := call(t, url, "reconcile", "--full"); code != 1 || !strings.Contains(out, "order 12 ") {
				t.Fatalf("%s: no drift: %d %s", wrong, code, out)
			}
			change(t, url, repair)
			if code, out, errOut := call(t, url, "reconcile", "--full"); code != 0 {
				t.Errorf("after %s: %d %s%s", wrong, code, out, errOut)
			}
		}
	})
}

// When the marks of a proof cannot be stored, as on a full disk, reconcile still prints
// its report, and says so.
func TestReconcileNotKept(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name)
		refuse := "CREATE TRIGGER refuse BEFORE INSERT ON checkpoints BEGIN SELECT RAISE(ABORT, 'no room'); END"
		if name == dialect.Postgres {
			refuse = "ALTER TABLE checkpoints ADD CONSTRAINT refuse CHECK (false) NOT VALID"
		}
		change(t, url, refuse)
		code, out, errOut := call(t, url, "reconcile")
		if code != 0 || !strings.Contains(out, "The books agree") || !strings.Contains(errOut, "how far it came could not be kept") {
			t.Errorf("%d %s %s", code, out, errOut)
		}
	})
}

// When the database role may not create tables, which in PostgreSQL 15 and later only the
// owner may, the error says what to do.
func TestRoleWithoutRights(t *testing.T) {
	t.Parallel()
	address := storetest.EmptyURL(t, dialect.Postgres)
	poor, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	role := "poor_" + strings.TrimPrefix(poor.Path, "/")
	change(t, address, fmt.Sprintf("CREATE ROLE %q LOGIN PASSWORD 'poor'", role), "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
	defer change(t, address, fmt.Sprintf("DROP ROLE %q", role))
	poor.User = url.UserPassword(role, "poor")
	code, out, errOut := call(t, poor.String(), "migrate", "up")
	if code != 1 || out != "" || !strings.Contains(errOut, "permission denied for schema public") || !strings.Contains(errOut, "make it the owner of the database") {
		t.Errorf("%d %s%s", code, out, errOut)
	}
}

// An empty variable counts as not set.
func TestEmptyVariables(t *testing.T) {
	t.Setenv("STOREKEEPER_DATABASE_URL", "")
	t.Setenv("DATABASE_URL", "sqlite://"+t.TempDir()+"/shop.db")
	t.Setenv("STOREKEEPER_MAX_CONNECTIONS", "")
	unsetEmpty()
	var out, errOut strings.Builder
	if code := run(t.Context(), []string{"migrate", "up"}, &out, &errOut); code != 0 {
		t.Errorf("exit status %d: %s", code, errOut.String())
	}
}

// What confirms one command does not confirm another.
func TestForceVariables(t *testing.T) {
	url := smallShop(t, dialect.SQLite)
	forced := func(args ...string) bool {
		t.Helper()
		code, out, errOut := call(t, url, args...)
		if code != 0 && !strings.Contains(errOut, "exists") {
			t.Fatal(errOut)
		}
		return code == 0 && !strings.Contains(out, "nothing was written")
	}
	file := filepath.Join(t.TempDir(), "copy.db")
	if !forced("backup", file) {
		t.Fatal("no backup")
	}
	for _, confirmed := range []string{"STOREKEEPER_FORCE", "STOREKEEPER_BACKUP_FORCE", "STOREKEEPER_SEED_FORCE"} {
		t.Run(confirmed, func(t *testing.T) {
			t.Setenv(confirmed, "true")
			if forced("backup", file) != (confirmed == "STOREKEEPER_BACKUP_FORCE") {
				t.Error("a backup")
			}
			if forced("seed", "--products=1", "--customers=1", "--orders=0") != (confirmed == "STOREKEEPER_SEED_FORCE") {
				t.Error("seeding")
			}
		})
	}
}

// Wrong arguments end the program with status 2 and say what was expected.
func TestUsage(t *testing.T) {
	t.Parallel()
	url := "sqlite://" + t.TempDir() + "/shop.db"
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"sell"}, 2, "unexpected argument sell"},
		{[]string{"serve", "--x"}, 2, "storekeeper: unknown flag --x\n"},
		{[]string{"serve", "--lisen"}, 2, `unknown flag --lisen, did you mean "--listen"?`},
		{[]string{"seed", "--products"}, 2, "--products: expected a value\n"},
		{[]string{"token", "add", "--expires", "-5d"}, 2, `--expires: expected a value, got "-5d"; a value that begins with a hyphen is written as --expires="-5d"`},
		{[]string{"token", "add", "--expires=-5d"}, 2, `--expires: "-5d": expected a positive time such as 90d`},
		{[]string{"--currency", "EURO", "version"}, 2, "storekeeper: --currency: expected an ISO 4217 code such as EUR, got \"EURO\"\n"},
		{[]string{"--log-level", "loud", "version"}, 2, `--log-level: expected one of debug, info, warn, error, got "loud"` + "\n"},
		{[]string{"--max-connections=-1", "version"}, 2, "--max-connections: expected 0 to 1000"},
		{[]string{"--max-connections=100000000", "version"}, 2, "--max-connections: expected 0 to 1000"},
		{[]string{"seed", "--products=-5"}, 2, "seed: --products: expected 0 to 10000000, got -5"},
		{[]string{"seed", "--products=0"}, 2, "seed: --orders: expected products and customers with them"},
		{[]string{"token", "revoke"}, 2, "token revoke: expected --id or --name"},
		{[]string{"serve", "--listen", "8080"}, 2, "--listen: expected an address and a port"},
		{[]string{"serve", "--listen="}, 2, "--listen: expected an address and a port"},
		{[]string{"serve", "--listen", "127.0.0.1:99999"}, 2, "--listen: expected an address and a port"},
		{[]string{"serve", "--listen", "127.0.0.1:nosuchname"}, 2, "--listen: expected an address and a port"},
		{[]string{"serve", "--metrics-listen", "9090"}, 2, "--metrics-listen: expected an address and a port"},
		{[]string{"serve", "--drain=5"}, 2, `--drain: expected a duration with its unit, such as 500ms, 30s, 5m or 12h, got "5"` + "\n"},
		{[]string{"serve", "--session-idle=soon"}, 2, `--session-idle: expected a duration with its unit, such as 500ms, 30s, 5m or 12h, got "soon"` + "\n"},
		{[]string{"serve", "--drain"}, 2, "--drain: expected a value\n"},
		{[]string{"serve", "--drain", "-5s"}, 2, `--drain: expected a value, got "-5s"; a value that begins with a hyphen`},
		{[]string{"--database-url", "mysql://x", "migrate", "status"}, 1, "sqlite://FILE or postgres://"},
		{[]string{"--database-url", "sqlite:///nowhere/at/all.db", "migrate", "status"}, 1, "there is no such file"},
		{[]string{"copy", "--from", "mysql://x", "--to", url}, 1, "--from: database URL: expected sqlite://FILE or postgres://"},
		{[]string{"copy", "--from", url, "--to", "mysql://x"}, 1, "--to: database URL: expected sqlite://FILE or postgres://"},
	} {
		code, out, errOut := call(t, url, c.args...)
		if code != c.code || !strings.Contains(errOut+out, c.says) {
			t.Errorf("%v: %d %s%s", c.args, code, out, errOut)
		}
	}
	if code, out, _ := call(t, url, "version"); code != 0 || out == "" {
		t.Errorf("version: %d %q", code, out)
	}
	code, out, _ := call(t, url, "openapi")
	var document struct {
		OpenAPI string `json:"openapi"`
	}
	if err := json.Unmarshal([]byte(out), &document); err != nil || code != 0 || document.OpenAPI != "3.1.0" {
		t.Errorf("openapi: %d %v %q", code, err, document.OpenAPI)
	}
	if _, err := fmt.Sscan(version(), new(string)); err != nil {
		t.Error(err)
	}
}

// A variable with a value that its flag does not know is named.
func TestVariableOfUnknownValue(t *testing.T) {
	t.Setenv("STOREKEEPER_LOG_FORMAT", "xml")
	errOut := newOutput()
	code := run(t.Context(), []string{"version"}, io.Discard, errOut)
	if want := `--log-format: expected one of auto, text, json, got "xml" (from $STOREKEEPER_LOG_FORMAT)` + "\n"; code != 2 || !strings.Contains(errOut.String(), want) {
		t.Errorf("%d %s, want %s", code, errOut, want)
	}
}

// A wrong environment variable is named without its value, which may be a password. Nothing of
// it can be in the log either, which systemd and containers make of standard error.
func TestVariablesAreNotTold(t *testing.T) {
	for _, name := range []string{"DATABASE_URL", "STOREKEEPER_DATABASE_URL", "STOREKEEPER_READ_DATABASE_URL"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, "postgres://shop:pass\"word\xff)\n@127.0.0.1:1/shop")
			errOut := newOutput()
			code := run(t.Context(), []string{"serve"}, io.Discard, errOut)
			if said := errOut.String(); code != 2 || strings.Contains(said, "word") || !strings.Contains(said, "invalid UTF-8 (from $"+name+")\n") {
				t.Errorf("%d %s", code, said)
			}
		})
	}
}

// An interrupted command says so in one line, without the errors that the interruption
// caused.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancelCause(t.Context())
	interrupt(errors.New("interrupt signal received"))
	dialects(t, func(t *testing.T, name string) {
		url := storetest.URL(t, name) //nolint:contextcheck // has that of the test
		errOut := newOutput()
		code := run(ctx, []string{"--database-url", url, "reconcile"}, io.Discard, errOut)
		if said := errOut.String(); code != 1 || !strings.HasPrefix(said, "storekeeper: interrupt signal received: ") || strings.Count(said, "\n") != 1 {
			t.Errorf("%d %s", code, said)
		}
	})
	several := errors.Join(errors.New("migrate: context canceled"), errors.New("unlock the database: bad connection"))
	if said := failure(ctx, nil, several); said != "interrupt signal received: migrate: context canceled" {
		t.Error(said)
	}
	if said := failure(t.Context(), nil, several); said != several.Error() {
		t.Error(said)
	}
}

// full is a writer that accepts nothing, like a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// A result that could not be written is an error: it may never be shown again.
func TestUnwritten(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.SQLite)
	for _, args := range [][]string{
		{"--help"},
		{"serve", "--help"},
		{"version"},
		{"openapi"},
		{"migrate", "status"},
		{"reconcile"},
		{"staff", "list"},
		{"staff", "add", "--email", "kim@shop.test", "--name", "Kim", "--role", "owner"},
		{"token", "add", "--staff", "kim@shop.test", "--name", "till"},
		{"token", "list", "--json"},
	} {
		errOut := newOutput()
		code := runWith(t.Context(), append([]string{"--database-url", url}, args...), strings.NewReader(""), full{}, errOut)
		if code != 1 || !strings.Contains(errOut.String(), "no space left") {
			t.Errorf("%v: %d %s", args, code, errOut)
		}
	}
}
