package handlers_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Every operation gets requestsPerOperation requests, and up to attempts more until one has
// succeeded, because the random requests change with the schema.
const (
	requestsPerOperation = 40
	attempts             = 400
)

// Every operation of the document, driven with valid, invalid and borderline requests: the
// server never fails, and every answer is documented, with the body as described.
func TestDocumentIsTrue(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.furnish()
		d := newDriver(t, a)
		d.sendPrepared() // first: wrong passwords throttle all later logins of the address
		for round := range requestsPerOperation {
			for _, o := range d.operations {
				if !o.destroys() || round >= requestsPerOperation/2 { // so that there are records to work on
					d.send(o)
				}
			}
		}
		for _, o := range d.operations {
			for n := 0; n < attempts && d.succeeded[o.id] == 0; n++ {
				d.sendWild(o, false)
			}
			if d.succeeded[o.id] == 0 {
				t.Errorf("%s never succeeded: the driver proves nothing about it", o.id)
			}
		}
	})
}

// furnish creates records of everything, with plenty of stock.
func (a *api) furnish() {
	a.t.Helper()
	a.staffed()
	for i := range 3 {
		a.category(fmt.Sprintf("empty-%d", i))
	}
	for i := range 4 {
		category := a.category(fmt.Sprintf("category-%d", i))
		a.product(fmt.Sprintf("SKU-%d", i), 100, 1_000_000, category)
		customer := a.customer(fmt.Sprintf("c%d@example.com", i))
		for range 12 {
			a.post(fmt.Sprintf("/customers/%d/cart/items", customer), map[string]any{"product_id": 1, "quantity": 1}).is(200)
			a.post(fmt.Sprintf("/customers/%d/checkout", customer), nil).is(201)
		}
		a.post(fmt.Sprintf("/customers/%d/cart/items", customer), map[string]any{"product_id": 1, "quantity": 1}).is(200)
	}
}

type driver struct {
	t          *testing.T
	api        *api
	furnisher  *api // creates the records that requests need; nil where nothing may be written
	random     *rand.Rand
	document   map[string]any
	operations []operation
	validator  func() validator.Validator // built on first use, which takes a second
	succeeded  map[string]int
}

type operation struct {
	id, method, path string
	params           []any
	responses        map[string]any // by status
	body             map[string]any // schema, nil without one
	file             bool           // the body is a CSV file, of records with that schema
	required         bool
	guarded          bool // whether the document requires a session or a token
	declared         bool // whether it declares a permission
	anyOf, besides   []access.Permission
}

func (o operation) destroys() bool {
	return strings.HasPrefix(o.id, "delete-") || strings.HasPrefix(o.id, "bulk-")
}

func newDriver(t *testing.T, a *api) *driver {
	t.Helper()
	d := &driver{
		t: t, api: a, furnisher: a, random: rand.New(rand.NewPCG(1, 2)), document: a.document(),
		validator: sync.OnceValue(a.validator), succeeded: map[string]int{},
	}
	d.readOperations()
	return d
}

// validator validates answers against the document.
func (a *api) validator() validator.Validator {
	a.t.Helper()
	document, err := libopenapi.NewDocument(a.closed())
	if err != nil {
		a.t.Fatal(err)
	}
	v, errs := validator.NewValidator(document)
	if len(errs) > 0 {
		a.t.Fatal(errs)
	}
	if ok, findings := v.ValidateDocument(); !ok {
		a.t.Fatalf("the document is not OpenAPI 3.1: %v", findings)
	}
	return v
}

// closed returns the document with closed answers: only documented members are allowed.
func (a *api) closed() []byte {
	a.t.Helper()
	document := a.document()
	for _, schema := range object(object(document["components"])["schemas"]) {
		if object(object(schema)["properties"]) != nil {
			object(schema)["additionalProperties"] = false
		}
	}
	out, err := json.Marshal(document)
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func array(v any) []any {
	l, _ := v.([]any)
	return l
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func (d *driver) readOperations() {
	for path, item := range object(d.document["paths"]) {
		for method, described := range object(item) {
			o := object(described)
			op := operation{id: text(o["operationId"]), method: strings.ToUpper(method), path: path, params: array(o["parameters"])}
			slices.SortStableFunc(op.params, func(a, b any) int { // the customer before the line of the cart
				return strings.Compare(text(object(a)["name"]), text(object(b)["name"]))
			})
			op.responses = map[string]any{}
			for status, response := range object(o["responses"]) {
				op.responses[status] = d.resolve(object(response))
			}
			op.guarded = len(array(o["security"])) > 0
			needs, declared := o["x-permission"].([]any)
			op.declared = declared
			for _, p := range needs {
				op.anyOf = append(op.anyOf, access.Permission(text(p)))
			}
			for _, p := range array(o["x-permission-besides"]) {
				op.besides = append(op.besides, access.Permission(text(p)))
			}
			if body := object(o["requestBody"]); body != nil {
				op.required, _ = body["required"].(bool)
				op.body = object(object(object(body["content"])["application/json"])["schema"])
				if op.file = object(body["content"])["text/csv"] != nil; op.file {
					creation := object(object(object(d.document["paths"])[strings.TrimSuffix(path, "/import")])["post"])
					op.body = object(object(object(object(creation["requestBody"])["content"])["application/json"])["schema"])
				}
			}
			d.operations = append(d.operations, op)
		}
	}
	slices.SortFunc(d.operations, func(a, b operation) int { return strings.Compare(a.id, b.id) })
}

func (d *driver) chance(percent int) bool { return d.random.IntN(100) < percent }

func pick[T any](d *driver, from ...T) T { return from[d.random.IntN(len(from))] }

// send sends one request and validates the answer against the document.
func (d *driver) send(o operation) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.sendWild(o, d.chance(40))
}

// sendWild sends a request that is invalid, or that is valid as far as the document tells.
func (d *driver) sendWild(o operation, wild bool) *httptest.ResponseRecorder {
	d.t.Helper()
	path, query, header := o.path, url.Values{}, http.Header{}
	for _, p := range o.params {
		d.param(object(p), wild, &path, query, header)
	}
	if wild && d.chance(10) {
		query.Set("unknown", "1")
	}
	var body io.Reader = http.NoBody
	sent := ""
	if o.body != nil && (o.required || o.file || d.chance(60)) && (!wild || !d.chance(5)) {
		header.Set("Content-Type", "application/json")
		switch {
		case o.file:
			sent = d.fileText(o, wild)
			header.Set("Content-Type", "text/csv")
		case o.id == "stocktake" && !wild:
			sent = d.soundCount(path)
		case o.id == "revert-request" && !wild:
			sent = d.requestToRevert()
		default:
			sent = d.bodyText(o, wild)
		}
		body = strings.NewReader(sent)
	}
	r := httptest.NewRequestWithContext(d.api.context(), o.method, path+"?"+query.Encode(), body)
	maps.Copy(r.Header, header)
	w := d.api.serve(r)
	d.check(o, r, w, sent)
	return w
}

// sendPrepared sends the requests that no random one can replace, because they need a
// password, a code, a link or a custom role. They go to a replica with real accounts.
func (d *driver) sendPrepared() {
	d.t.Helper()
	at := newOffice(d.t, d.api.db)
	for _, o := range d.operations {
		prepare := prepared[o.id]
		if prepare == nil {
			continue
		}
		_, session := at.member(o.id+"@shop.test", access.RoleOwner)
		id, body, headers := prepare(at, o.id+"@shop.test", session)
		sent := d.marshal(body)
		path := strings.ReplaceAll(o.path, "{id}", strconv.FormatInt(id, 10))
		var reader io.Reader = http.NoBody
		if body != nil {
			reader = strings.NewReader(sent)
		}
		r := httptest.NewRequestWithContext(d.t.Context(), o.method, path, reader)
		if body != nil {
			r.Header.Set("Content-Type", "application/json")
		}
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := at.serve(r)
		d.check(o, r, w, sent)
		if w.Code >= http.StatusMultipleChoices {
			d.t.Errorf("%s: a prepared request: %d %s", o.id, w.Code, w.Body)
		}
	}
}

func (d *driver) check(o operation, r *http.Request, w *httptest.ResponseRecorder, sent string) {
	d.t.Helper()
	what := fmt.Sprintf("%s %s %s", o.method, r.URL, sent)
	answered := w.Body.String()
	if w.Code >= http.StatusInternalServerError {
		d.t.Errorf("%s: %d %s", what, w.Code, answered)
	}
	if w.Code < http.StatusMultipleChoices {
		d.succeeded[o.id]++
	}
	response := w.Result()
	defer response.Body.Close()
	if ok, findings := d.validator().ValidateHttpResponse(r, response); !ok {
		d.t.Errorf("%s: the answer %d is not as documented: %v\n%s", what, w.Code, findings, answered)
	}
	d.checkHeaders(o, response, what)
}

// checkHeaders checks that the answer has the headers that the document promises, and no
// other headers that clients rely on.
func (d *driver) checkHeaders(o operation, response *http.Response, what string) {
	d.t.Helper()
	documented := object(object(object(o.responses[strconv.Itoa(response.StatusCode)]))["headers"])
	for name, header := range documented {
		if always, _ := object(header)["required"].(bool); always && response.Header.Get(name) == "" {
			d.t.Errorf("%s: %d without %s", what, response.StatusCode, name)
		}
	}
	for _, name := range []string{"ETag", "Location", "Idempotency-Replayed", "Retry-After", "WWW-Authenticate"} {
		if response.Header.Get(name) != "" && documented[name] == nil {
			d.t.Errorf("%s: %d with %s, which is not documented", what, response.StatusCode, name)
		}
	}
}

func (d *driver) param(p map[string]any, wild bool, path *string, query url.Values, header http.Header) {
	name, schema := text(p["name"]), d.resolve(object(p["schema"]))
	switch text(p["in"]) {
	case "path":
		value := pick(d, "1", "1", "2", "3")
		switch {
		case name == "item_id":
			value = d.lineOf(*path)
		case strings.HasSuffix(*path, "/erase"):
			value = d.finished()
		case strings.HasSuffix(*path, "/checkout"):
			value = d.buyer()
		case strings.HasSuffix(*path, "/revert"):
			value = d.changed()
		}
		if wild {
			value = pick(d, "1", "999999", "0", "-1", "abc", "9223372036854775808", "1.5", "%00")
		}
		*path = strings.ReplaceAll(*path, "{"+name+"}", value)
	case "query":
		required, _ := p["required"].(bool)
		if !required && (!d.chance(8) || !wild && (name == "cursor" || name == "offset")) {
			return
		}
		value := d.plain(schema)
		if wild {
			value = pick(d, value, "", "x", "\x00", "9223372036854775808", "null", "-")
		}
		query.Set(name, value)
	case "header":
		if d.chance(20) && (wild || name != "If-Match") {
			header.Set(name, pick(d, `"1"`, strconv.FormatInt(d.random.Int64(), 10), `W/"1"`, "*"))
		}
	}
}

// lineOf returns a line of the cart in the path.
func (d *driver) lineOf(path string) string {
	if d.furnisher == nil {
		return "1"
	}
	cart, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v1"), "/items")
	added := d.furnisher.post(cart+"/items", map[string]any{"product_id": 1, "quantity": 1})
	if added.Status != http.StatusOK {
		return "1"
	}
	return strconv.FormatInt(added.int("items.0.id"), 10)
}

// finished returns a customer without orders.
func (d *driver) finished() string {
	if d.furnisher == nil {
		return "1"
	}
	return strconv.FormatInt(d.furnisher.customer(fmt.Sprintf("new-%d@example.com", d.random.Int64())), 10)
}

// buyer returns a customer with something in the cart.
func (d *driver) buyer() string {
	if d.furnisher == nil {
		return "1"
	}
	name := fmt.Sprintf("buyer-%d", d.random.Int64())
	customer := d.furnisher.customer(name + "@example.com")
	product := d.furnisher.product(name, 100, 10, d.furnisher.category(name))
	d.furnisher.post(in("/customers/%d/cart/items", customer), map[string]any{"product_id": product, "quantity": 1}).is(http.StatusOK)
	return strconv.FormatInt(customer, 10)
}

// changed returns an audit entry that can be undone.
func (d *driver) changed() string {
	if d.furnisher == nil {
		return "1"
	}
	category := d.furnisher.category(fmt.Sprintf("new-%d", d.random.Int64()))
	d.furnisher.patch(fmt.Sprintf("/categories/%d", category), map[string]any{"position": 7}).is(http.StatusOK)
	return strconv.FormatInt(d.furnisher.newest(), 10)
}

// requestToRevert returns the id of a request that can be undone.
func (d *driver) requestToRevert() string {
	id := "019b7600-0000-7000-8000-000000000000"
	if d.furnisher != nil {
		slug := fmt.Sprintf("undo-%d", d.random.Int64())
		done := d.furnisher.post("/categories", map[string]any{"name": slug, "slug": slug}).is(http.StatusCreated)
		id = done.Header.Get("X-Request-ID")
	}
	return fmt.Sprintf(`{"request_id":%q}`, id)
}

// fileText returns a file with some records.
func (d *driver) fileText(o operation, wild bool) string {
	properties := object(d.resolve(o.body)["properties"])
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(properties)), func(name string) bool {
		return !isCell(d.resolve(object(properties[name])))
	})
	var b strings.Builder
	b.WriteString(strings.Join(names, ",") + "\n")
	for range 1 + d.random.IntN(3) {
		record := d.members(d.resolve(o.body))
		for i, name := range names {
			if i > 0 {
				b.WriteByte(',')
			}
			if value := record[name]; value != nil {
				fmt.Fprintf(&b, "%q", fmt.Sprint(value))
			}
			if wild && d.chance(5) {
				b.WriteString(pick(d, `"`, `x`, "\xff", "\n", ",", "\x00", "'="))
			}
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

// isCell reports whether a value of the schema fits in a cell of a file. Files leave out
// fields of JSON.
func isCell(schema map[string]any) bool {
	kinds := array(schema["type"])
	if len(kinds) == 0 {
		kinds = []any{schema["type"]}
	}
	return schema["enum"] != nil || slices.ContainsFunc(kinds, func(kind any) bool {
		return slices.Contains([]string{"string", "integer", "number", "boolean"}, text(kind))
	})
}

// soundCount is a count that expects what the stock is.
func (d *driver) soundCount(path string) string {
	now := d.api.get(strings.TrimSuffix(path, "take"))
	if now.Status != http.StatusOK {
		return `{"counted":1,"expected":1}`
	}
	stock := now.int("stock")
	return fmt.Sprintf(`{"counted":%d,"expected":%d}`, stock+int64(d.random.IntN(2)), stock)
}

// plain returns a value of the schema as it is written in a query.
func (d *driver) plain(schema map[string]any) string {
	if items := object(schema["items"]); items != nil {
		return d.plain(d.resolve(items))
	}
	return fmt.Sprint(d.value(schema))
}

func (d *driver) bodyText(o operation, wild bool) string {
	value := d.value(o.body)
	if !wild {
		return d.marshal(value)
	}
	if d.chance(10) {
		return pick(d, "", "{", "[]", "null", `"x"`, "1", `{"a":`+strings.Repeat("[", 200)+strings.Repeat("]", 200)+"}", "{\"name\":\"\xff\"}")
	}
	if members, ok := value.(map[string]any); ok && len(members) > 0 {
		name := pick(d, slices.Sorted(maps.Keys(members))...)
		switch d.random.IntN(4) {
		case 0:
			delete(members, name)
		case 1:
			members["unknown"] = 1
		default:
			members[name] = pick[any](d, nil, "", "x", -1, 0, 1.5, json.Number("9007199254740992"),
				json.Number("1e400"), true, []any{}, map[string]any{}, strings.Repeat("é", 20_000), "\u0000")
		}
	}
	return d.marshal(value)
}

func (d *driver) marshal(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(out)
}

// resolve returns the component that a part of the document refers to, or the part itself
// if it is not a reference.
func (d *driver) resolve(part map[string]any) map[string]any {
	ref := text(part["$ref"])
	if ref == "" {
		return part
	}
	found := d.document
	for name := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		found = object(found[name])
	}
	return found
}

// value returns a value that the schema allows, often at its limits.
func (d *driver) value(schema map[string]any) any {
	schema = d.resolve(schema)
	if enum := array(schema["enum"]); len(enum) > 0 {
		return pick(d, enum...)
	}
	switch kind := d.kindOf(schema); kind {
	case "object":
		return d.members(schema)
	case "array":
		item := d.value(object(schema["items"]))
		return []any{item}
	case "integer", "number":
		return d.number(schema)
	case "boolean":
		return d.chance(50)
	case "null":
		return nil
	default:
		return d.string(schema)
	}
}

func (d *driver) kindOf(schema map[string]any) string {
	if kinds := array(schema["type"]); len(kinds) > 0 {
		return text(pick(d, kinds...))
	}
	return text(schema["type"])
}

func (d *driver) members(schema map[string]any) map[string]any {
	out := map[string]any{}
	required := array(schema["required"])
	properties := object(schema["properties"])
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if slices.Contains(required, any(name)) || d.chance(40) {
			out[name] = d.value(object(properties[name]))
		}
	}
	return out
}

func (d *driver) number(schema map[string]any) any {
	least, ok := schema["minimum"].(float64)
	if !ok {
		least = -5
	}
	most, ok := schema["maximum"].(float64)
	if !ok {
		most = 100
	}
	near := least
	if near < 1 && most >= 1 {
		near = 1
	}
	return json.Number(fmt.Sprintf("%.0f", pick(d, least, most, near, near, near, near, min(most, near+2))))
}

func (d *driver) string(schema map[string]any) any {
	switch {
	case text(schema["format"]) == "date-time":
		return "2026-11-01T00:00:00Z"
	case strings.Contains(text(schema["pattern"]), "@"):
		return fmt.Sprintf("p%d@example.com", d.random.IntN(1_000_000))
	case text(schema["format"]) == "uuid":
		return uuid.NewString()
	case text(schema["pattern"]) == shop.SlugPattern:
		return fmt.Sprintf("slug-%d", d.random.IntN(1_000_000))
	case text(schema["pattern"]) != "":
		return d.matching(text(schema["pattern"]))
	}
	value := fmt.Sprintf("text %d é", d.random.IntN(1_000_000))
	if most, ok := schema["maxLength"].(float64); ok {
		runes := []rune(value)
		value = string(runes[:min(len(runes), int(most))])
	}
	return value
}
