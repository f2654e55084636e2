package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// imports sends a file to be imported.
func (p *process) imports(resource, file string) (status int, body string) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, "http://"+p.address+"/api/v1/"+resource+"/import",
		strings.NewReader(read(p.t, file)))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/csv")
	r.Header.Set("Authorization", "Bearer "+p.bearer)
	answer, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// The exports of a shop become files that an empty shop imports. Without that, the import
// says how to make them.
func TestShopify(t *testing.T) {
	t.Parallel()
	dialects(t, func(t *testing.T, name string) {
		p := serve(t, storetest.URL(t, name)).ready()
		if code, _, errOut := call(t, p.url, "staff", "add", "--email", "ada@shop.test", "--name", "Ada", "--role", "owner"); code != 0 {
			t.Fatal(errOut)
		}
		p.token("ada@shop.test")
		dir := t.TempDir()
		products, customers := filepath.Join(dir, "products_export.csv"), filepath.Join(dir, "customers_export.csv")
		for file, text := range map[string]string{
			products: "Handle,Title,Body (HTML),Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status\n" +
				"mug,Mug,<p>For tea</p>,Cups & Mugs,Title,Default Title,-M1,7,12.50,active\n" +
				"tea,Green tea,,Tea,Size,50 g,T-50,3,4.00,draft\n" + "tea,,,,,1 kg,,1,60.00,\n",
			customers: "First Name,Last Name,Email,Default Address Address1,Default Address Zip,Default Address City,Phone\n" +
				"Zoë,Weiß,Zoe@example.com,Lange Str. 1,'50667,Köln,'+49 170 1234567\n",
		} {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if status, body := p.imports("products", products); status != http.StatusUnprocessableEntity || !strings.Contains(body, "storekeeper shopify FILE") {
			t.Errorf("an export as it is: %d %s", status, body)
		}
		to := filepath.Join(dir, "to import")
		if code, out, errOut := call(t, p.url, "shopify", "--to", to, products, customers); code != 0 || !strings.Contains(out, "products.csv: records: 3") {
			t.Fatal(out, errOut)
		}
		for _, resource := range []string{"categories", "products", "customers"} {
			if status, body := p.imports(resource, filepath.Join(to, resource+".csv")); status != http.StatusOK {
				t.Fatalf("%s: %d %s", resource, status, body)
			}
		}
		for path, want := range map[string]string{
			"products?q=Mug":           `"sku":"-M1","name":"Mug","description":"For tea","price":1250,"stock":7`,
			"products?q=tea-1":         `"name":"Green tea, 1 kg","description":"","price":6000,"stock":1,"low_stock_at":null,"is_active":false`,
			"customers?q=0170-1234567": `"email":"zoe@example.com","name":"Zoë Weiß","phone":"+49 170 1234567","address":"Lange Str. 1\n50667 Köln"`,
			"categories?q=Cups+":       `"name":"Cups & Mugs","slug":"cups-mugs"`,
		} {
			if _, body := p.get("/api/v1/" + path); !strings.Contains(strings.ReplaceAll(body, `\u0026`, "&"), want) {
				t.Errorf("%s: %s", path, body)
			}
		}
	})
}

// Files that are there are kept.
func TestShopifyReplacesNothing(t *testing.T) {
	t.Parallel()
	url, dir := storetest.URL(t, dialect.SQLite), t.TempDir()
	export := filepath.Join(dir, "export.csv")
	if err := os.WriteFile(export, []byte("First Name,Last Name,Email\nAda,Lovelace,ada@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, try := range []struct {
		args string
		code int
		says string
	}{
		{"", 0, "customers.csv: records: 1"},
		{"", 1, "exists: choose another folder with --to, or use --force"},
		{"--force", 0, "customers.csv: records: 1"},
		{filepath.Join(dir, "no.csv"), 1, "no.csv: open"},
	} {
		code, out, errOut := call(t, url, append([]string{"shopify", "--to", dir, export}, strings.Fields(try.args)...)...)
		if code != try.code || !strings.Contains(out+errOut, try.says) {
			t.Errorf("%s: %d %s%s", try.args, code, out, errOut)
		}
	}
}
