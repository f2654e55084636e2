package handlers_test

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"sync"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// unportable is what distributed databases with PostgreSQL's protocol lack, or apply to one
// node only.
var unportable = map[string]*regexp.Regexp{
	"an advisory lock":         regexp.MustCompile(`(?i)advisory`),
	"a notification":           regexp.MustCompile(`(?i)^\s*(LISTEN|NOTIFY|UNLISTEN)|pg_notify`),
	"a temporary table":        regexp.MustCompile(`(?i)\bTEMP(ORARY)?\b`),
	"a lock on a table":        regexp.MustCompile(`(?i)\bLOCK TABLE\b`),
	"a row by its place":       regexp.MustCompile(`(?i)\b(ctid|xmin|xmax|cmin|cmax)\b`),
	"a procedure":              regexp.MustCompile(`(?i)^\s*(DO|CALL)\b`),
	"a cursor":                 regexp.MustCompile(`(?i)\b(DECLARE\b.*\bCURSOR|FETCH (NEXT|FORWARD)|WHERE CURRENT OF)\b`),
	"a setting of the session": regexp.MustCompile(`(?i)^\s*SET\b`),
	"a change of tables":       regexp.MustCompile(`(?i)^\s*(CREATE|ALTER|DROP|TRUNCATE)\b`),
	"a transaction of two":     regexp.MustCompile(`(?i)PREPARE TRANSACTION|COMMIT PREPARED`),
	"what the server counts":   regexp.MustCompile(`(?i)pg_(stat|class|locks|snapshot|current_xact|export)|txid_`),
}

// The statements of the hot path (buying, moving orders and stock, signing in,
// authentication) use nothing that a distributed PostgreSQL lacks, and neither do the
// tables.
func TestHotPathIsPortable(t *testing.T) {
	t.Parallel()
	var statements recorded
	db := watched(t, dialect.Postgres, statements.see)
	o := newOffice(t, db)
	o.everyone()
	session, token := o.login("owner"), o.token("owner")
	ids := o.shopOf(token)
	statements.take()

	for _, as := range [][]string{session, token} {
		o.login("support")
		o.post(ids.in("/customers/{customer}/cart/items"), map[string]any{"product_id": ids["product"], "quantity": 1}, as...).is(200)
		o.get(ids.in("/customers/{customer}/cart"), as...).is(200)
		ids["order"] = o.post(ids.in("/customers/{customer}/checkout"), nil,
			append([]string{"Idempotency-Key", "k" + as[0]}, as...)...).is(201).int("id")
		o.post(ids.in("/customers/{customer}/checkout"), nil, append([]string{"Idempotency-Key", "k" + as[0]}, as...)...).is(201)
		o.get(ids.in("/orders/{order}"), as...).is(200)
		o.post(ids.in("/orders/{order}/delivery-address"), map[string]any{"delivery_address": as[0]}, as...).is(200)
		o.post(ids.in("/orders/{order}/transitions"), map[string]any{"to": "processing"}, as...).is(200)
		o.post(ids.in("/orders/{order}/transitions"), map[string]any{"to": "cancelled"}, as...).is(200)
		o.post(ids.in("/orders/{order}/notes"), map[string]any{"note": "n"}, as...).is(201)
		o.post(ids.in("/products/{product}/stock-movements"), map[string]any{"quantity_change": 1, "reason": "receipt"}, as...).is(201)
		o.post(ids.in("/products/{product}/stocktake"), map[string]any{"counted": 7}, as...)
		o.patch(ids.in("/products/{product}"), map[string]any{"name": "Other"}, as...).is(200)
		o.get(ids.in("/products/{product}"), as...).is(200)
		o.get("/products?count=none", as...).is(200)
		o.get("/orders?status=pending&count=none", as...).is(200)
	}
	taken := statements.take()
	if len(taken) < 40 {
		t.Fatalf("only %d statements were seen", len(taken))
	}
	for _, statement := range taken {
		for what, pattern := range unportable {
			if pattern.MatchString(statement) {
				t.Errorf("%s in %s", what, statement)
			}
		}
	}
	o.nothingHidden(db.SQL())
}

// nothingHidden checks that the tables have nothing that runs behind the statements or that
// other databases lack.
func (o *office) nothingHidden(pool *sql.DB) {
	o.t.Helper()
	for what, query := range map[string]string{
		"triggers": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal",
		"rules":    "SELECT count(*) FROM pg_rules WHERE schemaname = 'public'",
		"functions": `SELECT count(*) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
			AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
		"exclusions": "SELECT count(*) FROM pg_constraint WHERE contype = 'x'",
		"deferrable": "SELECT count(*) FROM pg_constraint WHERE condeferrable",
		"heirs":      "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'",
		"extensions": "SELECT count(*) FROM pg_extension WHERE extname NOT IN ('plpgsql', 'pg_trgm')",
		"types":      "SELECT count(*) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')",
		"unlogged":   "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relpersistence <> 'p'",
	} {
		var n int
		if err := pool.QueryRowContext(storetest.Context(o.t), query).Scan(&n); err != nil || n != 0 {
			o.t.Errorf("%s: %d %v", what, n, err)
		}
	}
}

// recorded are the statements that were run.
type recorded struct {
	mu   sync.Mutex
	list []string
}

func (r *recorded) see(_ context.Context, statement string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, statement)
}

func (r *recorded) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.list
	r.list = nil
	return out
}

// Where every transaction is serializable, as in CockroachDB, conflicting ones are repeated
// until they succeed, and the totals agree.
func TestSerializable(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t, dialect.Postgres)
	db := storetest.Open(t, store.Config{URL: url + "&default_transaction_isolation=serializable"})
	var level string
	if err := db.SQL().QueryRowContext(t.Context(), "SHOW transaction_isolation").Scan(&level); err != nil || level != "serializable" {
		t.Fatal(level, err)
	}
	a := newAPI(t, db)
	product := a.product("HOT", 100, 1000, a.category("hot"))
	customers := shoptest.Customers(t, db, 6)
	var wg sync.WaitGroup
	for _, customer := range customers {
		wg.Go(func() {
			for range 5 {
				a.fill(customer, 1, product)
				a.post(fmt.Sprintf("/customers/%d/checkout", customer), nil).is(201)
			}
		})
	}
	wg.Wait()
	a.get(fmt.Sprintf("/products/%d", product)).has("stock", 1000-6*5)
	shoptest.Agree(t, db)
	if db.Retries() == 0 {
		t.Error("no transaction met another")
	}
	t.Logf("%d retries", db.Retries())
}
