package shopify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/shopify"
)

// rows returns the rows of a table, each as one text.
func rows(t *testing.T, files *shopify.Files, name string) []string {
	t.Helper()
	at := slices.IndexFunc(files.Tables, func(table shopify.Table) bool { return table.Name == name })
	if at < 0 {
		t.Fatalf("there is no %s", name)
	}
	var out []string
	for _, row := range files.Tables[at].Rows {
		out = append(out, strings.Join(row, "|"))
	}
	return out
}

func convert(t *testing.T, lines ...string) *shopify.Files {
	t.Helper()
	files, err := shopify.Convert(strings.NewReader(strings.Join(lines, "\n") + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestProducts(t *testing.T) {
	t.Parallel()
	files := convert(t,
		"\ufeffHandle,Title,Body (HTML),Vendor,Product Category,Type,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"+
			"Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status",
		`mug,"Mug, ""Nord""","<p>For&nbsp;tea &amp; more.</p>`+"\n"+`<ul><li>1 < 2</li></ul><style>p {}</style>",Acme,A > Mugs,Cups & Mugs,true,Title,Default Title,,,'0042,7,12.50,x.jpg,active`,
		`mug,,,,,,,,,,,,,,y.jpg,`,
		`sencha,Sencha,Green,Acme,Food > Tea,,false,Size,50 g,Grade,A,,-2,4.00,,draft`,
		`sencha,,,,,,,,1 kg,,B,S-1KG,3,60.00,,`,
		`gift,Gift,,,,cups & MUGS,,Title,Default Title,,,=G,1,5.00,,archived`,
		`odd,Odd,,,,C++,,Title,Default Title,,,C1,1,5.00,,active`,
		`odder,Odder,,,,C,,Title,Default Title,,,C2,1,5.00,,active`,
	)
	same(t, rows(t, files, "categories.csv"), "slug|name", "cups-mugs|Cups & Mugs", "tea|Tea", "c|C++", "c-2|C")
	same(t, rows(t, files, "products.csv"),
		"sku|name|description|price|stock|is_active|category",
		"0042|Mug, \"Nord\"|For\u00a0tea & more.\n• 1 < 2|12.50|7|true|cups-mugs",
		"sencha-50-g-a|Sencha, 50 g, A|Green|4.00|0|false|tea",
		"S-1KG|Sencha, 1 kg, B|Green|60.00|3|false|tea",
		"'=G|Gift||5.00|1|false|cups-mugs",
		"C1|Odd||5.00|1|true|c",
		"C2|Odder||5.00|1|true|c-2",
	)
	same(t, files.Remarks,
		"Rows that are only a picture, and were left out: 1",
		"Variants without a SKU, which is now made of the handle and the options: 1",
		"Variants with a stock below 0, which is now 0: 1",
		"Left out: Vendor, Image Src",
	)
}

// The newer template has other names of columns, and shops with several locations have no
// column of the stock.
func TestProductsOfTheTemplate(t *testing.T) {
	t.Parallel()
	files := convert(t,
		"Title,URL handle,Description,Type,Published on online store,SKU,Option1 name,Option1 value,Price",
		"Mug,mug,Plain,,false,M1,Title,Default Title,12.50",
	)
	same(t, rows(t, files, "products.csv")[1:], "M1|Mug|Plain|12.50||false|uncategorised")
	same(t, files.Remarks, "There is no column Variant Inventory Qty, as in shops with several locations: all have a stock of 0. Count it.")
}

func TestCustomers(t *testing.T) {
	t.Parallel()
	files := convert(t,
		"Customer ID,First Name,Last Name,Email,Default Address Company,Default Address Address1,Default Address Address2,"+
			"Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Note,Tags",
		`'71,Zoë,Weiß,zoe@example.com,Büro GmbH,Lange Str. 1,2. OG,Köln,,DE,'50667,'+49 221 1,'+49 170 2,rings twice,"b2b, vip"`,
		`'72,,,,Büro GmbH,'s-Gravenweg 3,,Rotterdam,ZH,NL,3062 ZK,'+31 10 1,,,`,
		`'73,,,plain@example.com,,,,,,DE,,,,,`,
	)
	same(t, rows(t, files, "customers.csv"),
		"email|name|phone|address|note",
		"zoe@example.com|Zoë Weiß|'+49 170 2|Büro GmbH\nLange Str. 1\n2. OG\n50667 Köln\nDE|rings twice\nTags: b2b, vip",
		"|Büro GmbH|'+31 10 1|'s-Gravenweg 3\n3062 ZK Rotterdam\nZH, NL|",
		"plain@example.com|plain@example.com|||",
	)
	same(t, files.Remarks, "Customers without an email address, which the import refuses: 1", "Left out: Customer ID")
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "it is empty",
		"sku;name\nA;B\n":          "its columns are those of neither products nor customers that Shopify exports, separated by commas",
		"Handle,Title\n\"a,b\n":    "",
		"Name,Email,Total\n#1,a,2": "its columns are those of neither products nor customers that Shopify exports, separated by commas",
	} {
		_, err := shopify.Convert(strings.NewReader(text))
		if err == nil || want != "" && err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Handle,Title,Variant Price\n":                    true,
		"\ufeffTitle,URL handle,Price\n":                  true,
		"First Name,Last Name,Default Address Zip\r\n":    true,
		"sku,name,price\nVariant Price,URL handle,1.00\n": false,
	} {
		if got := shopify.Is(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
