package handlers_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/internal/access"
)

const csvType = "text/csv; charset=utf-8"

// sheet imports a file. The path is that of the resource, with the query.
func (a *api) sheet(path, file string, headers ...string) *answer {
	a.t.Helper()
	name, query, _ := strings.Cut(path, "?")
	return a.post(name+"/import?"+query, file, append([]string{"Content-Type", csvType}, headers...)...)
}

// verdicts returns the counts of an import: created/updated/unchanged/refused.
func (r *answer) verdicts() string {
	r.t.Helper()
	r.is(200)
	return fmt.Sprintf("%d/%d/%d/%d", r.int("created"), r.int("updated"), r.int("unchanged"), r.int("refused"))
}

func (r *answer) says4(created, updated, unchanged, refused int) *answer {
	r.t.Helper()
	if got, want := r.verdicts(), fmt.Sprintf("%d/%d/%d/%d", created, updated, unchanged, refused); got != want {
		r.t.Fatalf("%s: %s, want %s\n%s", r.what, got, want, r.Text)
	}
	return r
}

// exported returns the records in the format in which the admin UI exports them.
func (a *api) exported(resource string) string {
	a.t.Helper()
	var fields []map[string]any
	for _, r := range array(a.get("/schema").is(200).at("resources")) {
		if r := object(r); r["name"] == resource {
			for _, f := range array(r["fields"]) {
				fields = append(fields, object(f))
			}
		}
	}
	var b strings.Builder
	b.WriteString("\ufeff")
	line := func(cell func(field map[string]any) string) {
		for i, f := range fields {
			if i > 0 {
				b.WriteByte(',')
			}
			text := cell(f)
			if strings.ContainsAny(text, "\",\r\n") {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			b.WriteString(text)
		}
		b.WriteString("\r\n")
	}
	line(func(f map[string]any) string { return text(f["name"]) })
	for offset := 0; ; offset += 200 {
		items := array(a.get(fmt.Sprintf("/%s?limit=200&offset=%d", resource, offset)).is(200).at("items"))
		for _, item := range items {
			line(func(f map[string]any) string {
				switch v := object(item)[text(f["name"])].(type) {
				case nil:
					return ""
				case float64:
					if f["type"] == "money" {
						return fmt.Sprintf("%.2f", v/100)
					}
					return fmt.Sprintf("%.0f", v)
				case string:
					if rest := strings.TrimLeft(v, "'"); rest != "" && strings.ContainsRune("=+-@\t\r\n", rune(rest[0])) {
						return "'" + v
					}
					return v
				default:
					return fmt.Sprint(v)
				}
			})
		}
		if len(items) < 200 {
			return b.String()
		}
	}
}

// An import of an unchanged export changes nothing, whatever the records contain.
func TestImportRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		category := a.category("things")
		names := []string{"plain", "=1+1", "'=1", "-5", "a,b;c", "q\"q", "two\r\nlines", "two\nlines", " blanks ", "🪑", "'tis", "@x", "+49"}
		for i := range 201 {
			body := map[string]any{
				"sku": fmt.Sprintf("S-%03d", i), "name": names[i%len(names)], "description": names[(i+3)%len(names)],
				"price": i * 7, "stock": i % 5, "category_id": category, "is_active": i%3 > 0,
			}
			if i%2 > 0 {
				body["low_stock_at"] = i % 4
			}
			a.post("/products", body).is(201)
		}
		a.post("/customers", `{"email":"A@example.com","name":"A","phone":"","note":"=x"}`).is(201)
		a.post("/customers", `{"email":"b@example.com","name":"B"}`).is(201)
		a.post("/categories", map[string]any{"name": "Below", "slug": "below", "parent_id": category, "position": -3}).is(201)
		before := a.snapshot()
		for resource, n := range map[string]int{"products": 201, "customers": 2, "categories": 2} {
			out := a.sheet("/"+resource, a.exported(resource)).says4(0, 0, n, 0).has("applied", true)
			out.has("ignored_columns.0", "id").has("rows.0.verdict", "unchanged").has("rows.0.line", 2)
		}
		a.unchanged(before)
		a.reconciled()
	})
}

func TestImport(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		file := ids.in("sku;name;price;stock;category;low_stock_at;is_active\r\n" +
			"P-2;\"Chair \"\"Oslo\"\"\";2.50;99;chairs;;TRUE\r\n" + // known
			"NEW-1;New one;19.9;7;furniture;2;\r\n" +
			"P-1;Product P-1;19.99;;furniture;;true\r\n" + // nothing differs
			"P-3;Again;1;;spare;;false\r\n") // deleted before: a new record
		before := a.snapshot()
		dry := a.sheet("/products?dry_run=true", file).says4(2, 1, 1, 0).has("dry_run", true).has("applied", false).
			has("rows.1.id", nil).has("rows.0.changes.name.after", `Chair "Oslo"`)
		a.unchanged(before)
		done := a.sheet("/products", file).says4(2, 1, 1, 0).has("dry_run", false).has("applied", true).
			has("ignored_columns.0", "stock").
			has("rows.0.line", 2).has("rows.0.key", "P-2").has("rows.0.id", int(ids["second"])).has("rows.0.verdict", "updated").
			has("rows.0.changes.name.before", "Product P-2").has("rows.0.changes.category_id.after", int(ids["child"])).
			has("rows.1.verdict", "created").has("rows.2.verdict", "unchanged").has("rows.2.id", int(ids["product"]))
		if got, want := verdictsOf(done), verdictsOf(dry); got != want {
			t.Errorf("the dry run said\n%s\nand then\n%s", want, got)
		}
		if n := len(object(done.at("rows.0.changes"))); n != 2 {
			t.Errorf("%d changes: %s", n, done.Text)
		}
		if done.Header.Get("X-Request-ID") != done.at("request_id") {
			t.Error("another request id than the header's")
		}
		a.get(fmt.Sprintf("/products/%d", done.int("rows.1.id"))).has("price", 1990).has("stock", 7).has("low_stock_at", 2).has("is_active", true)
		a.get(ids.in("/products/{second}")).has("stock", 5).has("version", 2)
		a.get(ids.in("/products/{product}")).has("version", 1)
		a.get(ids.in("/products/{second}/history?action=update")).has("total", 1).has("items.0.request_id", done.at("request_id"))
		a.get(fmt.Sprintf("/products/%d/stock-movements", done.int("rows.1.id"))).has("total", 1).
			has("items.0.reason", "initial").has("items.0.quantity_change", 7)

		// A blank cell empties an optional field.
		a.sheet("/products", "sku;name;price;category;low_stock_at\r\nNEW-1;New one;19.9;furniture;\r\n").says4(0, 1, 0, 0)
		a.get(fmt.Sprintf("/products/%d", done.int("rows.1.id"))).has("low_stock_at", nil)
		a.reconciled()
	})
}

// verdictsOf returns the answer of an import without the ids of created records.
func verdictsOf(r *answer) string {
	r.t.Helper()
	var rows []string
	for _, row := range array(r.JSON["rows"]) {
		row := maps.Clone(object(row))
		if row["verdict"] == "created" {
			row["id"] = nil
		}
		rows = append(rows, fmt.Sprint(row))
	}
	return fmt.Sprint(r.verdicts(), r.JSON["ignored_columns"], "\n", strings.Join(rows, "\n"))
}

// A row is refused for the same reasons as a request body. It prevents the other rows from
// being written, unless refused rows are to be skipped.
func TestImportRefusals(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		file := ids.in("sku,name,price,category_id,low_stock_at\n" +
			"OK-1,Fine,1,{category},\n" +
			"P-1,,1,{category},\n" +
			"BAD-1," + times("x", 256) + ",\"1,50\",{gone_category},-1\n" +
			"BAD-2,N,1,{gone_category},\n" +
			"P-2,N,90071992547409.92,x,\n" +
			"OK-1,Twice,1,{category},\n" +
			"OK-2,Short\n")
		before := a.snapshot()
		all := a.sheet("/products", file).problem(422, "invalid",
			"body.lines[3].name", "body.lines[4].name", "body.lines[4].price", "body.lines[4].low_stock_at",
			"body.lines[5].category_id", "body.lines[6].price", "body.lines[6].category_id", "body.lines[7].sku", "body.lines[8]").
			says("6 of 7 rows were refused; nothing was written")
		if n := len(array(all.at("errors"))); n != 9 {
			t.Errorf("%d errors: %s", n, all.Text)
		}
		dry := a.sheet("/products?dry_run=true", file).says4(1, 0, 0, 6)
		a.unchanged(before)
		done := a.sheet("/products?skip_refused=true", file).says4(1, 0, 0, 6).
			has("rows.1.id", int(ids["product"])).has("rows.1.errors.0.location", "name").has("rows.1.errors.0.message", "is required").
			has("rows.5.errors.0.message", "is in line 2 already").has("rows.6.errors.0.location", "")
		if got, want := verdictsOf(done), verdictsOf(dry); got != want {
			t.Errorf("the dry run said\n%s\nand then\n%s", want, got)
		}
		a.get("/products?sku=OK-1").has("total", 1).has("items.0.name", "Fine")
		a.sheet("/products", "sku\nNEW\n").problem(422, "invalid").says("1 of 1 row was refused")
		a.sheet("/products", "sku,stock\nP-1,1\nNEW,1\n").problem(422, "invalid").says("1 of 2 rows was refused")
		a.reconciled()

		var many strings.Builder
		many.WriteString("email,name\n")
		for i := range 300 {
			fmt.Fprintf(&many, "x%d,N\n", i)
		}
		wrong := a.sheet("/customers", many.String()).problem(422, "invalid", "body.lines[2].email").says("300 of 300 rows")
		if n := len(array(wrong.at("errors"))); n != 101 {
			t.Errorf("%d errors", n)
		}

		a.post("/customers", `{"email":"k@example.com","name":"Kim"}`).is(201)
		a.sheet("/customers?skip_refused=true", "email,name\n\u212a@example.com,Kelvin\nK@example.com,Kit\n").says4(0, 1, 0, 1).
			has("rows.0.errors.0.location", "email") // not the address of somebody else
		a.get("/customers?email=%E2%84%AA@example.com").has("total", 0)
	})
}

// Invisible characters in the key of a spreadsheet create no second record beside the
// intended one. A record whose key has them keeps them.
func TestImportOfHiddenKeys(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		a.exec("UPDATE products SET sku = ' OLD' WHERE id = $1", ids["second"])
		done := a.sheet("/products?skip_refused=true", ids.in("sku,name,price,category_id\n"+
			"P-1 ,N,1,{category}\n\u00a0P-1,N,1,{category}\nP\u200b-1,N,1,{category}\n OLD,Other,1,{category}\nTWO WORDS,N,1,{category}\n")).
			says4(1, 1, 0, 3)
		for i := range 3 {
			done.has(in("rows.%d.errors.0.location", i), "sku").
				has(in("rows.%d.errors.0.message", i), "must have no invisible characters, and no white space but single blanks between words")
		}
		a.get("/products?sku=%20OLD").has("items.0.name", "Other")
	})
}

// Rows can refer to records that the same file creates, above or below.
func TestImportOfATree(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.category("known")
		file := "slug,name,parent\nleaf,Leaf,branch\nknown,Known,root\nbranch,Branch,root\nroot,Root,\nself,Self,self\n"
		a.sheet("/categories?skip_refused=true&dry_run=true", file).says4(3, 1, 0, 1)
		done := a.sheet("/categories?skip_refused=true", file).says4(3, 1, 0, 1).has("rows.4.errors.0.location", "parent")
		a.get(fmt.Sprintf("/categories/%d", done.int("rows.0.id"))).has("parent_id", int(done.int("rows.2.id")))
		a.get(fmt.Sprintf("/categories/%d", done.int("rows.1.id"))).has("parent_id", int(done.int("rows.3.id")))
	})
}

// An id means a record that was there before, not one that the file creates and that gets
// the id by chance: on PostgreSQL, what was rolled back has used ids up.
func TestImportOfIdsToCome(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		for ahead := int64(1); ahead <= 2; ahead++ {
			for place, rows := range []string{"child,Child,%d\nnew,New,\n", "new,New,\nchild,Child,%d\n"} {
				id := a.category(in("c-%d-%d", ahead, place)) + ahead
				done := a.sheet("/categories?skip_refused=true&dry_run=true", "slug,name,parent_id\n"+in(rows, id)).says4(1, 0, 0, 1)
				done.has(in("rows.%d.errors.0.location", place), "parent_id").
					has(in("rows.%d.errors.0.message", place), in("category %d does not exist", id))
			}
		}
	})
}

// People write the name that they see on screen where the key is expected.
func TestImportOfNames(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		a.small()
		for _, slug := range []string{"beds-1", "beds-2"} {
			a.post("/categories", map[string]any{"name": "Beds", "slug": slug}).is(201)
		}
		a.post("/categories", map[string]any{"name": "Bed linen", "slug": "linen"}).is(201)
		before := a.snapshot()
		said := func(out *answer, want ...string) {
			a.t.Helper()
			for n, message := range want {
				if message != "" {
					out.has(fmt.Sprintf("rows.%d.errors.0.message", n), message)
				}
			}
		}
		const expected = "expected the slug of one of the categories, got "
		said(a.sheet("/products?dry_run=true", "sku,name,price,category\n"+
			"A,N,1,Chairs\nB,N,1,chairs \nC,N,1,beds\nD,N,1,Bed\nE,N,1,Nowhere\nF,N,1,gone\nG,N,1,CHAIRS\nH,N,1,"+times("x", 300)+"\n"),
			expected+`"Chairs": did you mean chairs?`,
			expected+`"chairs ": did you mean chairs?`,
			expected+`"beds": did you mean beds-1 or beds-2?`,
			expected+`"Bed": did you mean linen or beds-1 or beds-2?`,
			expected+`"Nowhere"`,
			expected+`"gone"`, // it is deleted
			expected+`"CHAIRS": did you mean chairs?`,
			expected+`"`+times("x", 60)+`…"`)
		said(a.sheet("/products?dry_run=true", "sku,name,price,category_id\nA,N,1,Chairs\n"),
			"expected an id; a slug goes into a column named category")
		a.sheet("/products", "sku,Name,price\nA,N,1\n").problem(422, "invalid", "body.lines[1].Name").
			says("did you mean name?")
		// The record may be in the same file.
		said(a.sheet("/categories?dry_run=true", "slug,name,parent\nroot-1,Root,\nleaf,Leaf,Root\nx,X,bad\nbad,,\nself,S,self\n"),
			"", expected+`"Root": did you mean root-1?`, expected+`"bad", whose row is refused`, "is required", expected+`"self", which is the row itself`)
		const circle = ", whose row leads back to this one in a circle"
		said(a.sheet("/categories?dry_run=true", "slug,name,parent\na,A,b\nb,B,a\nbelow,C,a\nx,X,y\ny,Y,z\nz,Z,x\n"),
			expected+`"b"`+circle, expected+`"a"`+circle, expected+`"a", whose row is refused`,
			expected+`"y"`+circle, expected+`"z"`+circle, expected+`"x"`+circle)
		// Callers who may not read categories learn nothing about them.
		a.by(staff(access.DataImport, "products:read", "products:create")).sheet("/products", "sku,name,price,category\nA,N,1,Chairs\n").
			problem(403, "forbidden")
		a.unchanged(before)
	})
}

func TestImportBadFiles(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		before := a.snapshot()
		for _, c := range []struct{ file, location, message string }{
			{"\n", "body", "expected a line of column names and rows below it"},
			{"sku,name\n", "body", "expected a line of column names and rows below it"},
			{"sku,colour\nP-1,red\n", "body.lines[1].colour", "; there are sku, name, description, price, stock, low_stock_at, is_active, category"},
			{"sku,name,name\nP-1,a,b\n", "body.lines[1].name", "expected once"},
			{"sku,category,category_id\nP-1,spare,1\n", "body.lines[1].category_id", "expected either category or category_id"},
			{"name\nA\n", "body.lines[1].sku", "is required: it tells which record a row is about"},
			{"sku,name\nP-1,\"a\nb\n", "body.lines[2]", "expected the quote that begins here to end"},
			{"sku,name\nP-1,St\xfchle\n", "body.lines[2]", "expected UTF-8: save the file as CSV in UTF-8"},
			{"sku,name\r\nP-1,Tee\r\nP-2,St\xfchle\r\n", "body.lines[3]", "expected UTF-8: save the file as CSV in UTF-8"},
			{"sku,name\rP-1,Tee\rP-2,St\xfchle\r", "body.lines[3]", "expected UTF-8: save the file as CSV in UTF-8"},
			{"sku,name\nP-1,a\x00b\n", "body.lines[2]", "expected text without NUL: save the file as CSV in UTF-8"},
			{"sku\n" + times("x\n", 1001), "body", "expected at most 1000 rows: split the file"},
		} {
			a.sheet("/products?skip_refused=true", c.file).problem(422, "invalid", c.location).says(c.message)
		}
		wide := a.sheet("/products", times("colour,", 100_000)+"sku\nx\n").problem(422, "invalid", "body.lines[1].colour").says("and 99900 more")
		if len(wide.Text) > 20_000 {
			a.t.Errorf("100,000 unknown columns are answered with %d bytes", len(wide.Text))
		}
		a.sheet("/products", "").problem(400, "malformed", "body")
		a.sheet("/products", "sku\n"+times("x", 1<<20)).problem(413, "too_large", "body")
		file := "sku,name\nP-1,N\n"
		for _, kind := range []string{"application/json", "text/csv; charset=iso-8859-1", "text/plain", "application/x-www-form-urlencoded"} {
			a.post("/products/import", file, "Content-Type", kind).problem(415, "unsupported_media_type", "header.Content-Type").says("text/csv")
		}
		a.post("/products", file, "Content-Type", "text/csv").problem(415, "unsupported_media_type", "header.Content-Type")
		a.sheet("/products?dry_run=perhaps", file).problem(422, "invalid", "query.dry_run")
		a.sheet("/products?dry=true", file).problem(422, "invalid", "query.dry")
		for _, other := range []string{"/orders", "/staff", "/roles", "/api-tokens"} {
			if status := a.post(other+"/import", nil).Status; status != 404 && status != 405 {
				a.t.Errorf("%s are imported: %d", other, status)
			}
		}
		a.unchanged(before)
		a.sheet("/products", ids.in("sku,stock\nP-1,1\n")).says4(0, 0, 1, 0).has("ignored_columns.0", "stock")
	})
}

func TestImportPermissions(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		ids := a.small()
		file := "sku,name,price,category,stock\nP-1,Other,1,spare,\nNEW,N,1,spare,5\n"
		may := func(permissions ...access.Permission) *api {
			return a.by(staff(append(permissions, "products:read", "categories:read")...))
		}
		before := a.snapshot()
		may("products:create", "products:update").sheet("/products", file).problem(403, "forbidden").says("data:import")
		a.by(staff(access.DataImport)).sheet("/products", file).problem(403, "forbidden").says("products:read")
		a.by(staff(access.DataImport, "products:read", "products:create")).sheet("/products", file).
			problem(403, "forbidden").says("categories:read")
		may(access.DataImport).sheet("/products?skip_refused=true", file).says4(0, 0, 0, 2).
			has("rows.0.errors.0.message", "this needs the permission products:update").
			has("rows.1.errors.0.message", "this needs the permission products:create")
		may(access.DataImport, "products:create").sheet("/products", file).
			problem(422, "invalid", "body.lines[2]").says("products:update")
		may(access.DataImport, "products:update").sheet("/products?dry_run=true", file).says4(0, 1, 0, 1)
		a.unchanged(before)
		may(access.DataImport, "products:create").sheet("/products?skip_refused=true", file).says4(1, 0, 0, 1)
		may(access.DataImport, "products:update").sheet("/products", file).says4(0, 1, 1, 0)
		a.get(ids.in("/products/{product}")).has("name", "Other")
		a.reconciled()

		// A limit on stock adjustments does not apply to the initial stock of a product.
		limited := access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 2, Email: "s@example.com", MaxStockAdjustment: new(int64(1))},
			access.DataImport, "products:read", "products:create", "categories:read")
		single := a.by(limited).post("/products", ids.in(`{"sku":"L-1","name":"N","price":1,"stock":5,"category_id":{spare}}`)).Status
		imported := a.by(limited).sheet("/products", "sku,name,price,stock,category\nL-2,N,1,5,spare\n").Status
		if single != 201 || imported != 200 {
			a.t.Errorf("created alone: %d, by a file: %d", single, imported)
		}
	})
}

func TestImportIdempotency(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.category("spare")
		file := "sku,name,price,category\nA,N,1,spare\n"
		for range 2 { // a dry run is not remembered
			a.sheet("/products?dry_run=true", file, "Idempotency-Key", "k").says4(1, 0, 0, 0)
		}
		first := a.sheet("/products", file, "Idempotency-Key", "k").says4(1, 0, 0, 0)
		again := a.sheet("/products", file, "Idempotency-Key", "k").says4(1, 0, 0, 0)
		if again.Text != first.Text || again.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("first %s\nthen %s", first.Text, again.Text)
		}
		a.sheet("/products", file+"B,N,1,spare\n", "Idempotency-Key", "k").problem(422, "invalid", "header.Idempotency-Key")
		a.sheet("/products", file).says4(0, 0, 1, 0)
	})
}

// Two imports of the same records in opposite order, half of them new: both are answered,
// and no record exists twice.
func TestImportsAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.category("spare")
		const n = 60
		rows := make([]string, n)
		for i := range rows {
			rows[i] = fmt.Sprintf("S-%02d,%%s,1,spare,1\n", i)
		}
		file := func(name string) string {
			return "sku,name,price,category,stock\n" + strings.ReplaceAll(strings.Join(rows, ""), "%s", name)
		}
		a.sheet("/products", "sku,name,price,category,stock\n"+strings.ReplaceAll(strings.Join(rows[:n/2], ""), "%s", "0")).says4(n/2, 0, 0, 0)
		first := file("1")
		slices.Reverse(rows)
		second := file("2")
		var answers [4]*answer
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = a.sheet("/products", []string{first, second}[i%2]) })
		}
		all.Wait()
		for _, got := range answers {
			if got.Status != 200 || got.int("refused") > 0 {
				t.Errorf("%d %.300s", got.Status, got.Text)
			}
		}
		a.get("/products").has("total", n)
		if distinct := a.number("SELECT COUNT(DISTINCT name) FROM products"); distinct != 1 {
			t.Errorf("%d names: the imports did not come one after the other", distinct)
		}
		a.reconciled()
	})
}

// A dry run writes nothing, and predicts the verdicts of the import, for any file.
func TestDryRunsSayWhatImportsDo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		a.small()
		cells := map[string]*rapid.Generator[string]{
			"sku":          rapid.SampledFrom([]string{"P-1", "P-2", "P-3", "NEW-1", "NEW-2", "NEW-3", "", "'=1"}),
			"name":         rapid.SampledFrom([]string{"A", "B", "", "=1", times("x", 256)}),
			"price":        rapid.SampledFrom([]string{"1", "19.99", "1,5", "", "-1"}),
			"stock":        rapid.SampledFrom([]string{"", "3", "-1", "x"}),
			"category":     rapid.SampledFrom([]string{"furniture", "chairs", "gone", ""}),
			"category_id":  rapid.SampledFrom([]string{"1", "2", "4", "99", ""}),
			"is_active":    rapid.SampledFrom([]string{"true", "FALSE", "", "no"}),
			"low_stock_at": rapid.SampledFrom([]string{"", "2", "-2"}),
			"id":           rapid.SampledFrom([]string{"", "1", "x"}),
		}
		names := slices.Sorted(maps.Keys(cells))
		rapid.Check(t, func(rt *rapid.T) {
			columns := append([]string{"sku"}, rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 6, rapid.ID[string]).Draw(rt, "columns")...)
			columns = slices.Compact(slices.Sorted(slices.Values(columns)))
			separator := rapid.SampledFrom([]string{";", "\t"}).Draw(rt, "separator")
			lines := []string{strings.Join(columns, separator)}
			for range rapid.IntRange(1, 5).Draw(rt, "rows") {
				row := make([]string, len(columns))
				for i, name := range columns {
					row[i] = cells[name].Draw(rt, name)
				}
				lines = append(lines, strings.Join(row, separator))
			}
			file := strings.Join(lines, "\n")
			before := a.snapshot()
			dry := a.sheet("/products?dry_run=true", file)
			a.unchanged(before)
			if dry.Status != 200 {
				if again := a.sheet("/products", file); again.Status != dry.Status || fmt.Sprint(again.JSON["errors"]) != fmt.Sprint(dry.JSON["errors"]) {
					rt.Fatalf("%q\ndry %s\nreal %s", file, dry.Text, again.Text)
				}
				return
			}
			if dry.int("refused") > 0 {
				a.sheet("/products", file).problem(422, "invalid")
				a.unchanged(before)
			}
			done := a.sheet("/products?skip_refused=true", file)
			if got, want := verdictsOf(done), verdictsOf(dry); got != want {
				rt.Fatalf("%q\ndry  %s\nreal %s", file, want, got)
			}
			written := done.int("created") + done.int("updated")
			if n := a.get("/audit-entries?request_id=" + text(done.at("request_id"))).int("total"); n != written {
				rt.Fatalf("%d entries of %d records: %s", n, written, done.Text)
			}
		})
		a.reconciled()
	})
}

// An import can be undone as a whole, except records that were changed since.
func TestImportUndone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		undo := func(id any) *answer { return a.post("/audit-entries/revert", map[string]any{"request_id": id}) }
		done := a.sheet("/products", "sku,name,price,category,stock\n"+
			"P-1,One,1,spare,\nP-2,Two,2,spare,\nNEW-1,A,1,spare,5\nNEW-2,B,1,spare,\nNEW-3,C,1,spare,2\n").says4(3, 2, 0, 0)
		path := func(row int) string { return fmt.Sprintf("/products/%d", done.int(fmt.Sprintf("rows.%d.id", row))) }
		a.patch(path(1), `{"price":300}`).is(200)
		a.patch(path(3), `{"low_stock_at":3}`).is(200) // it was null before
		out := undo(done.at("request_id")).is(200).has("succeeded", 3).has("failed", 2).
			has("results.0.record_id", int(done.int("rows.4.id"))).has("results.0.resource", "products").has("results.0.status", 200).
			has("results.1.status", 409).has("results.1.error.changed_since.0.field", "low_stock_at").
			has("results.2.status", 200).has("results.3.status", 409).has("results.3.error.changed_since.0.field", "price").has("results.4.status", 200)
		if _, ok := out.at("results.0").(map[string]any)["error"]; ok {
			t.Errorf("a success has an error: %s", out.Text)
		}
		a.get(path(0)).has("name", "Product P-1").has("price", 1999).has("category_id", int(ids["category"]))
		a.get(path(1)).has("name", "Two").has("price", 300)
		a.get(path(2)).problem(404, "not_found")
		a.get(path(3)).is(200)
		a.get(path(4) + "?include_deleted=true").is(200)
		a.reconciled()
		undo(done.at("request_id")).is(200).has("succeeded", 0).has("failed", 5).has("results.0.status", 409)
		// The revert is a request as well.
		undo(out.Header.Get("X-Request-ID")).is(200).has("succeeded", 3).has("failed", 0)
		a.get(path(0)).has("name", "One")
		a.get(path(2)).has("name", "A").has("stock", 5)

		// After a sale, a product is no longer as it was created.
		sold := a.post("/products", ids.in(`{"sku":"S","name":"S","price":1,"stock":5,"category_id":{spare}}`)).is(201)
		a.order(ids["buyer"], 1, sold.int("id"))
		made := sold.Header.Get("X-Request-ID")
		undo(made).is(200).has("failed", 1).has("results.0.error.changed_since.0.field", "stock")
		order := a.order(ids["buyer"], 1, sold.int("id"))
		moved := a.post(fmt.Sprintf("/orders/%d/transitions", order), `{"to":"processing"}`).is(200)
		undo(moved.Header.Get("X-Request-ID")).is(200).has("succeeded", 0).has("results.0.status", 422).says("cannot be undone")

		undo("nothing").problem(404, "not_found")
		undo("").problem(422, "invalid", "body.request_id")
		a.by(staff("audit:read", "products:update")).post("/audit-entries/revert", map[string]any{"request_id": made}).problem(403, "forbidden")
		a.by(staff("audit:revert")).post("/audit-entries/revert", map[string]any{"request_id": done.at("request_id")}).is(200).has("succeeded", 0)
	})
}

// A request that created a tree is undone from the leaves up, and the number of entries is
// limited.
func TestUndoBounds(t *testing.T) {
	t.Parallel()
	each(t, func(_ *testing.T, a *api) {
		done := a.sheet("/categories", "slug,name,parent\nleaf,L,branch\nbranch,B,root\nroot,R,\n").says4(3, 0, 0, 0)
		a.post("/audit-entries/revert", map[string]any{"request_id": done.at("request_id")}).is(200).has("succeeded", 3)
		a.get("/categories").has("total", 0)
		// A client cannot merge two requests by giving them the same id.
		for _, slug := range []string{"first", "second"} {
			done = a.post("/categories", map[string]any{"name": "N", "slug": slug}, "X-Request-ID", "mine").is(201)
		}
		a.post("/audit-entries/revert", `{"request_id":"mine"}`).problem(404, "not_found")
		a.post("/audit-entries/revert", map[string]any{"request_id": done.Header.Get("X-Request-ID")}).is(200).has("succeeded", 1)
		a.get("/categories").has("total", 1).has("items.0.slug", "first")
		const large = "019b7600-0000-7000-8000-000000000000" // of 2025-12-31 20:01
		entry := func(at string, record int) {
			a.exec(`INSERT INTO audit_entries (created_at, actor, actor_kind, action, resource, record_id, changes, request_id)
				VALUES ($1, 'x', 'system', 'update', 'categories', $2, '[]', $3)`, at, record, large)
		}
		entry("2026-01-01 00:00:00+00:00", 1) // not looked for: the request was four hours before
		for i := range 1001 {
			if i == 1000 { // exactly the limit
				a.post("/audit-entries/revert", map[string]any{"request_id": large}).is(200).has("failed", 1000)
			}
			entry("2025-12-31 20:30:00+00:00", i+1)
		}
		a.post("/audit-entries/revert", map[string]any{"request_id": large}).problem(422, "invalid", "body.request_id").says("1000")
	})
}
