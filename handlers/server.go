package handlers

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"reflect"
	"strings"
	"sync"
	"time"

	"entgo.io/ent/dialect"
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/storekeeper/storekeeper/internal/admission"
	"github.com/storekeeper/storekeeper/internal/revert"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
)

// prefix is the path below which the API lives.
const prefix = "/api/v1"

// Config is what the API needs.
type Config struct {
	// DB is the shop's database. It may be nil for a server that is only asked
	// for its document.
	DB *store.DB
	// Currency is the shop's, recorded on every order.
	Currency shop.Currency
	// Log receives what the server has to say; slog.Default when nil.
	Log *slog.Logger
	// Version is the program's, shown in the document and by /readyz.
	Version string
	// Ready says what keeps the program from serving; nil when nothing does.
	Ready ReadyFunc
	// Authenticate says who sends a request; the accounts' when nil. Without
	// either nobody is let in.
	Authenticate AuthenticateFunc
	// Staff keeps the accounts; those of the database with default settings when
	// nil. What they write takes its turn at the database from now on.
	Staff *staff.Service
	// PublicURL is where people find the shop, as https://shop.example, for links
	// to it; the address that a request was sent to when empty.
	PublicURL string
	// RequestTimeout bounds every request, its SQL included; 30 s when zero.
	RequestTimeout time.Duration
	// MaxWait is how long a request waits for its turn at the database before it
	// is refused as overloaded; as long as its time lasts when zero.
	MaxWait time.Duration
	// Observe is told how every request went; nil for nobody.
	Observe func(Outcome)
	// Traces receives a span of every request, when not nil.
	Traces trace.TracerProvider
	// UI holds the built admin UI, index.html at its root; nil for none.
	UI fs.FS
	// TrustedProxies are the networks of the proxies in front, whose
	// X-Forwarded-For and X-Forwarded-Proto are believed.
	TrustedProxies []netip.Prefix
	// CORSOrigins are the other origins whose pages may call the API, as
	// https://shop.example, or "*" alone; none when empty.
	CORSOrigins []string
	// HSTS is how long browsers are told to insist on TLS, by answers that are
	// behind it; not at all when zero.
	HSTS time.Duration
}

// Server is the HTTP API.
type Server struct {
	db       *store.DB
	currency shop.Currency
	log      *slog.Logger
	version  string
	ready    ReadyFunc
	auth     AuthenticateFunc
	staff    *staff.Service
	public   string
	timeout  time.Duration
	gate     *admission.Gate
	observe  func(Outcome)
	traces   trace.TracerProvider
	proxies  proxies
	origins  crossOrigin
	hsts     time.Duration
	engine   *gin.Engine
	api      huma.API
	document func() []byte
	// literal are the paths without parameters, with their methods.
	literal map[string][]string
	// revertible are the resources whose changes can be undone.
	revertible revert.Resources
	// finders look up ids by natural key, for the resources that can be imported.
	finders map[string]finder
}

// atOnce is how many requests may use the database at the same time. On PostgreSQL, twice as
// many that read are let in as there are connections, because each also spends time without
// one, before and after its queries, and look-ups share them (store.Lookup). On SQLite they
// leave a quarter of the readers to callers and accounts. Requests that write may wait for
// each other while they hold a connection. They leave a quarter of the connections free, half
// of it for changes of people's own accounts, whose rows may be locked, too.
func atOnce(db *store.DB) admission.Config {
	if db == nil {
		return admission.Config{}
	}
	conns := db.MaxConns()
	cfg := admission.Config{
		Reads: 2 * conns, Writes: max(1, conns-max(2, conns/4)), Accounts: max(1, conns/8), Callers: 2 * conns,
	}
	if db.Dialect() == dialect.SQLite {
		cfg.Reads, cfg.Callers = cfg.Writes, cfg.Accounts
	}
	return cfg
}

// Gate returns the gate through which requests reach the database.
func (s *Server) Gate() *admission.Gate { return s.gate }

// New makes the API: its routes, its middleware and its OpenAPI document.
func New(cfg Config) (*Server, error) {
	gin.SetMode(gin.ReleaseMode)
	s := &Server{
		db: cfg.DB, currency: cfg.Currency, log: cfg.Log, version: cfg.Version,
		ready: cfg.Ready, auth: cfg.Authenticate, timeout: cfg.RequestTimeout,
		revertible: revert.Resources{}, finders: map[string]finder{},
		observe: cfg.Observe, traces: cfg.Traces,
		proxies: cfg.TrustedProxies, hsts: cfg.HSTS,
		staff: cfg.Staff, public: strings.TrimSuffix(cfg.PublicURL, "/"),
	}
	if s.currency == "" {
		s.currency = shop.DefaultCurrency
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.timeout == 0 {
		s.timeout = 30 * time.Second
	}
	turns := atOnce(cfg.DB)
	turns.MaxWait, turns.Log = cfg.MaxWait, s.log
	s.gate = admission.New(turns)
	origins, err := newCrossOrigin(cfg.CORSOrigins)
	if err != nil {
		return nil, fmt.Errorf("CORS: %w", err)
	}
	s.origins = origins
	if s.staff != nil && s.auth == nil {
		s.auth = s.staff.Authenticate
	}
	if s.staff == nil && cfg.DB != nil {
		s.staff = staff.New(staff.Config{DB: cfg.DB, Log: s.log})
	}
	if s.staff != nil {
		s.staff.TakeTurns(s.gate.Account)
	}
	s.engine = s.router()
	s.api = humagin.New(s.engine, s.apiConfig())
	s.registerOperations()
	if err := s.checkGuards(); err != nil {
		return nil, err
	}
	s.document = sync.OnceValue(s.writeDocument)
	err = errors.Join(s.registerDocs(), s.registerUI(cfg.UI))
	s.literal = literalPaths(s.engine.Routes())
	return s, err
}

// literalPaths returns the paths without parameters, with their methods.
func literalPaths(routes gin.RoutesInfo) map[string][]string {
	paths := map[string][]string{}
	for _, r := range routes {
		if !strings.ContainsAny(r.Path, ":*") {
			paths[r.Path] = append(paths[r.Path], r.Method)
		}
	}
	return paths
}

// headKey marks the context of a HEAD request.
type headKey struct{}

// ServeHTTP implements http.Handler. Every answer gets the headers of secure. HEAD is
// answered like GET (RFC 9110, section 9.3.2); net/http leaves out the content.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if r.Method == http.MethodHead {
		r = r.WithContext(context.WithValue(r.Context(), headKey{}, true)) // a copy
		r.Method = http.MethodGet
	}
	s.engine.ServeHTTP(w, r)
}

// sentMethod returns the method that the client sent.
func sentMethod(r *http.Request) string {
	if r.Context().Value(headKey{}) != nil {
		return http.MethodHead
	}
	return r.Method
}

// OpenAPI returns the OpenAPI 3.1 document as JSON. It is rendered on first use, because
// that takes longer than everything else that New does.
func (s *Server) OpenAPI() []byte { return s.document() }

func (s *Server) router() *gin.Engine {
	r := gin.New()
	r.RedirectTrailingSlash = false
	r.RedirectFixedPath = false
	r.HandleMethodNotAllowed = true
	r.ContextWithFallback = true
	_ = r.SetTrustedProxies(nil) // identify finds the client; nil causes no error
	if s.traces != nil {
		r.Use(otelgin.Middleware("storekeeper", otelgin.WithTracerProvider(s.traces), otelgin.WithPropagators(propagation.TraceContext{})))
	}
	r.Use(s.identify, s.recover, s.allowOrigins, s.refuseCrossOrigin, s.authenticate, s.guard)
	if s.db != nil && s.db.HasStandby() {
		r.Use(s.follow)
	}
	r.NoRoute(s.nothing)
	r.NoMethod(s.otherMethod)
	return r
}

// otherMethod refuses a method that a path does not have. Gin has set Allow to those that
// it has, but without HEAD, and with those of another path that has a parameter in the same
// place.
func (s *Server) otherMethod(c *gin.Context) {
	allowed := c.Writer.Header().Get("Allow")
	if methods, ok := s.literal[c.Request.URL.Path]; ok {
		allowed = strings.Join(methods, ", ")
	}
	allowed = strings.Replace(allowed, http.MethodGet, "GET, HEAD", 1)
	c.Header("Allow", allowed)
	s.fail(c, statusProblem(http.StatusMethodNotAllowed,
		fmt.Sprintf("%s is not possible here; allowed: %s", sentMethod(c.Request), allowed)))
}

func (s *Server) nothing(c *gin.Context) {
	s.fail(c, statusProblem(http.StatusNotFound, "there is nothing at "+shortened(c.Request.URL.Path)))
}

func (s *Server) apiConfig() huma.Config {
	cfg := huma.DefaultConfig("Storekeeper", s.version)
	cfg.Info.Description = description
	cfg.Info.License = &huma.License{Name: "Apache License 2.0", Identifier: "Apache-2.0"}
	cfg.Servers = []*huma.Server{{URL: "/", Description: "the server of this document"}}
	cfg.Tags = tags()
	cfg.CreateHooks = nil // no $schema members and Link headers
	cfg.SchemasPath = ""
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	cfg.Components.SecuritySchemes = securitySchemes()
	cfg.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[shop.OrderStatus](), reflect.TypeFor[orderState]())
	cfg.OpenAPIPath = "" // served by registerDocs, rendered once
	cfg.DocsPath = ""
	cfg.NoFormatFallback = false
	cfg.RejectUnknownQueryParameters = true
	cfg.Formats = map[string]huma.Format{
		"application/json": huma.DefaultJSONFormat,
		"json":             huma.DefaultJSONFormat,
	}
	return cfg
}

// description is the introduction of the document.
var description = strings.TrimSpace(`
The back office of a shop: catalog, stock, customers, carts and orders.

Amounts are integers in minor units of the shop's currency, times are RFC 3339
in UTC, and every member of a resource is always present, null when empty.
Errors are problems (RFC 9457) with a ` + "`code`" + ` for programs. Patches are JSON merge
patches (RFC 7396). Send ` + "`If-Match`" + ` with the ETag from your last read to update a
record only if it is unchanged, and ` + "`Idempotency-Key`" + ` with a POST to retry it safely.
Other methods ignore the key: if the first attempt succeeded, a repeated PATCH with the same
` + "`If-Match`" + ` gets 412, and a repeated DELETE 404.

A parameter that takes several values is sent once, with commas between them
(` + "`status=pending,processing`" + `, here ` + "`explode: false`" + `); only ` + "`q`" + ` is repeated.

If lists and reports are read from a standby, the answer to a change has the header
` + "`Storekeeper-LSN`" + `: send it with later requests, and they will see your change.
Browser sessions use a cookie for this.
`)

func (s *Server) registerOperations() {
	registerResources(s.api, s)
	registerCart(s.api, s)
	registerCheckout(s.api, s)
	registerOrders(s.api, s)
	registerStock(s.api, s)
	registerReports(s.api, s)
	registerSearch(s.api, s)
	registerAuth(s.api, s)
	registerSessions(s.api, s)
	registerStaff(s.api, s)
	registerTokens(s.api, s)
	registerAudit(s.api, s)
	registerPersonalData(s.api, s)
	registerDefinitions(s.api, s)
	registerPermissions(s.api, s)
	registerHealth(s.api, s)
	documentCodes(s.api)
}
