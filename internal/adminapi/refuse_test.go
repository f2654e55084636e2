package adminapi_test

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// TestRefused: the error for what cannot be served names entity and field.
func TestRefused(t *testing.T) {
	t.Parallel()
	ops := func(ops ...definition.Operation) admin.Resource {
		return admin.Resource{Operations: append([]definition.Operation{definition.List, definition.Get}, ops...)}
	}
	text := field.String("x")
	for name, c := range map[string]struct {
		spec spec
		want string
	}{
		"title that is not there":    {serving(admin.Resource{Title: "y"}, text), `Thing: Title names "y"`},
		"title that is hidden":       {serving(admin.Resource{Title: "x"}, field.String("x").Optional().Annotations(admin.Hidden())), `Thing: Title names "x"`},
		"required and hidden":        {thing(field.String("x").Annotations(admin.Hidden())), "Thing.x: no client can give it"},
		"required and sensitive":     {thing(field.String("x").Sensitive()), "Thing.x: no client can give it"},
		"required bytes":             {thing(field.Bytes("x")), "Thing.x: no client can give it"},
		"sort that is not there":     {serving(admin.Resource{Sort: "-y"}, text), `Thing: Sort names "y"`},
		"sort by text":               {serving(admin.Resource{Sort: "id,x"}, field.Text("x")), "Thing: Sort names x"},
		"sort twice":                 {serving(admin.Resource{Sort: "x,-x"}, text), "Thing: Sort names x twice"},
		"searchable number":          {thing(field.Int64("x").Annotations(admin.Searchable())), "Thing.x: admin.Searchable is for strings, this is integer"},
		"searchable and hidden":      {thing(field.String("x").Annotations(admin.Searchable(), admin.Hidden())), "Thing.x: what is hidden"},
		"searchable and sensitive":   {thing(field.String("x").Sensitive().Annotations(admin.Searchable())), "Thing.x: what is hidden"},
		"digits that are not there":  {thing(field.String("x").Annotations(admin.Telephone("y"))), "Thing.x: admin.Telephone: there is no field y"},
		"digits that are shown":      {thing(field.String("x").Annotations(admin.Telephone("y")), field.String("y")), "Thing.x: admin.Telephone: y is no string that is hidden and untracked"},
		"digits in the trail":        {thing(field.String("x").Annotations(admin.Telephone("y")), field.String("y").Annotations(admin.Hidden())), "Thing.x: admin.Telephone: y is no string that"},
		"digits that are a number":   {thing(field.String("x").Annotations(admin.Telephone("y")), field.Int("y").Annotations(admin.Hidden(), admin.Untracked())), "Thing.x: admin.Telephone: y is no string that"},
		"telephone that is a number": {thing(field.Int("x").Annotations(admin.Telephone("y"))), "Thing.x: admin.Searchable is for strings"},
		"folds what is not there":    {thing(field.String("y_folded").Annotations(admin.Folds("y"))), "Thing.y_folded: there is no field y to fold"},
		"folds what is not searched": {thing(text, field.String("x_folded").Annotations(admin.Folds("x"))), "Thing.x: x_folded keeps it for searches: annotate it with"},
		"index of a long folding":    {orderedFolded(field.String("x").MaxRuneLen(501).Annotations(admin.Searchable())), "Thing.x: PostgreSQL could not store all of its values in the index that begins with x_folded"},
		"index of an endless one":    {orderedFolded(field.Text("x").Annotations(admin.Searchable())), "Thing.x: PostgreSQL could not store all of its values in the index"},
		"multiline number":           {thing(field.Int64("x").Annotations(admin.Multiline())), "Thing.x: admin.Multiline is for strings"},
		"pattern on a boolean":       {thing(field.Bool("x").Annotations(admin.Pattern("a"))), "Thing.x: admin.Pattern is for strings, this is boolean"},
		"pattern that is none":       {thing(field.String("x").Annotations(admin.Pattern("("))), "Thing.x: admin.Pattern:"},
		"range of text":              {thing(field.String("x").Annotations(admin.Range(0, 1))), "Thing.x: admin.Range is for numbers, this is string"},
		"range upside down":          {thing(field.Int64("x").Annotations(admin.Range(1, 0))), "Thing.x: no number is at least 1 and at most 0"},
		"default too long":           {thing(field.String("x").MaxRuneLen(3).Default("näher")), `Thing.x: Default("näher"): its own limits refuse it`},
		"default without a match":    {thing(field.String("x").Default("A").Annotations(admin.Pattern("^[a-z]$"))), `Thing.x: Default("A"): its own limits`},
		"default past the range":     {thing(field.Int64("x").Default(-1).Annotations(admin.Range(0, 9))), "Thing.x: Default(-1): its own limits"},
		"default past the fraction":  {thing(field.Float("x").Default(9.5).Annotations(admin.Range(0, 9))), "Thing.x: Default(9.5): its own limits"},
		"range past JSON":            {thing(field.Int64("x").Annotations(admin.Range(0, 1<<53))), "Thing.x: admin.Range: 9007199254740992"},
		"values of no list":          {thing(field.String("x").Annotations(admin.MaxItems(3))), "Thing.x: admin.MaxItems is for lists"},
		"a list of no values":        {thing(field.Strings("x").Annotations(admin.MaxItems(0))), "Thing.x: admin.MaxItems is for lists"},
		"range past the type":        {thing(field.Int8("x").Annotations(admin.Range(0, 128))), "Thing.x: admin.Range: 128"},
		"none where never null":      {thing(field.String("x").Annotations(admin.None("a"))), "Thing.x: admin.None is for fields that may be null"},
		"resource on a field":        {thing(field.String("x").Annotations(admin.Resource{Path: "a"})), "Thing.x: not an annotation for this place"},
		"field note on an entity":    {spec{fields: []ent.Field{text}, notes: []schema.Annotation{admin.Searchable()}}, "Thing: not an annotation for this place"},
		"path with a slash":          {serving(admin.Resource{Path: "a/b"}, text), `Thing: the path "a/b"`},
		"path of the definitions":    {serving(admin.Resource{Path: "schema"}, text), `Thing: the path "schema" serves something else: set another`},
		"two JSON names alike":       {thing(field.String("fooBar"), field.String("foo_bar")), "Thing.foo_bar: two members"},
		"computed like a field":      {serving(admin.Resource{Computed: []admin.Computed{{Name: "x", Type: definition.String}}}, text), "Thing.x: two members"},
		"computed without a type":    {serving(admin.Resource{Computed: []admin.Computed{{Name: "y"}}}, text), `Thing.y: unknown type ""`},
		"two Go names alike":         {thing(field.String("a_1b"), field.String("a1b")), "Thing.a1b: the same name in Go as a_1b"},
		"unknown operation":          {serving(ops("explode"), text), `Thing: unknown operation "explode"`},
		"restore without deletion":   {serving(ops(definition.Restore), text), "Thing: without a field deleted_at"},
		"update of nothing":          {serving(ops(definition.Update), field.String("x").Immutable()), "Thing: no field can be updated"},
		"import without a key":       {serving(ops(definition.Create, definition.Update, definition.Import), text), "Thing: import needs"},
		"import without update":      {serving(ops(definition.Create, definition.Import), field.String("x").Unique()), "Thing: import needs"},
		"bulk of nothing":            {serving(ops(definition.Bulk), text), "Thing: bulk needs"},
		"no list":                    {serving(admin.Resource{Operations: []definition.Operation{definition.Get}}, text), "Thing: every resource offers list"},
		"value with a comma":         {thing(field.Enum("x").NamedValues("A", "a,b")), `Thing.x: the value "a,b"`},
		"version that is text":       {thing(field.String("version")), "Thing.version: a version is"},
		"deletion that is required":  {thing(field.Time("deleted_at")), "Thing.deleted_at: the mark"},
		"Go type of its own":         {thing(field.Time("x").GoType(&sql.NullTime{})), "Thing.x: the API cannot read and write"},
		"no form in JSON":            {thing(field.Other("x", &sql.NullString{}).SchemaType(map[string]string{"sqlite3": "text"})), "Thing.x: a field of type"},
		"JSON object or null":        {thing(field.JSON("x", struct{ A int }{}).Optional()), "Thing.x: JSON that may be null"},
		"time that is a date":        {thing(field.Time("x").SchemaType(map[string]string{"postgres": "date"})), "Thing.x: a column of type date keeps less of a time"},
		"float of 32 bits":           {thing(field.Float32("x")), "Thing.x: SQLite keeps another number"},
		"values of its own":          {thing(field.String("x").GoType(&url.URL{}).ValueScanner(field.BinaryValueScanner[*url.URL]{})), "Thing.x: filters and the audit trail read the column"},
		"Value of a Go type":         {thing(field.String("x").GoType(inCode(""))), "Thing.x: filters and the audit trail read the column"},
		"no length at all":           {thing(field.String("x").MaxRuneLen(-1)), "Thing.x: a limit of -1 characters"},
	} {
		_, err := described(t, c.spec)
		if err == nil || !strings.Contains(err.Error(), "adminapi: "+c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := described(t, hooking{thing(field.Bytes("x"))}); err != nil {
		t.Errorf("what a hook may fill: %v", err)
	}
}

// orderedFolded is a thing whose text x is kept folded, too, with an index on that.
func orderedFolded(text ent.Field) spec {
	s := thing(text, field.String("x_folded").Default("").Annotations(admin.Folds("x")))
	s.indexes = []ent.Index{index.Fields("x_folded", "id")}
	return s
}

// hooking has a hook.
type hooking struct{ spec }

func (hooking) Hooks() []ent.Hook {
	return []ent.Hook{func(next ent.Mutator) ent.Mutator { return next }}
}

// TestRefusedFilters: no filter may have the name of another parameter of its list,
// unless the list does not offer that parameter.
func TestRefusedFilters(t *testing.T) {
	t.Parallel()
	type fields []ent.Field
	cases := map[string]fields{
		"x_gte: its filter x_gte is also one of x":   {field.Int64("x"), field.Int64("x_gte")},
		"x: its filter x_gt is also one of x_gt":     {field.String("x_gt"), field.Float("x")},
		"x_lte: its filter x_lte is also one of x":   {field.Time("x"), field.Bool("x_lte")},
		"x_lt: its filter x_lt is also one of x":     {field.Int64("x").GoType(shop.Money(0)), field.Enum("x_lt").Values("a")},
		"x_null: its filter x_null is also one of x": {field.String("x").Optional(), field.String("x_null")},
	}
	for _, p := range listquery.Params(&definition.Resource{
		SoftDelete: true, Fields: []definition.Field{{Name: "x", Type: definition.String, Searchable: true}},
	}) {
		cases[fmt.Sprintf("%s: every list has a parameter %[1]s", p.Name)] = fields{field.String(p.Name)}
	}
	if len(cases) != 5+7 {
		t.Errorf("lists have other parameters than these: %v", cases)
	}
	for want, fields := range cases {
		_, err := described(t, thing(fields...))
		if err == nil || !strings.Contains(err.Error(), "adminapi: Thing."+want+": annotate it with admin.Unfilterable()") {
			t.Errorf("%v, want %s", err, want)
		}
	}
	hidden := field.Int64("limit").Annotations(admin.Unfilterable())
	if _, err := described(t, thing(hidden, field.Int64("x"), field.Int64("x_gte").Annotations(admin.Unfilterable()))); err != nil {
		t.Error(err)
	}
}

func TestRefusedTogether(t *testing.T) {
	t.Parallel()
	served := func(name string, a admin.Resource) spec {
		return spec{name: name, fields: []ent.Field{field.String("x")}, notes: []schema.Annotation{a}}
	}
	for want, schemas := range map[string][]ent.Interface{
		`Thing and Other have the same path "things": set another`:  {served("Thing", admin.Resource{}), served("Other", admin.Resource{Path: "things"})},
		"Order and OrderCreate both need a type OrderCreate":        {served("Order", admin.Resource{}), served("OrderCreate", admin.Resource{})},
		"Stock: the API has another operation get-stock: rename":    {served("Stock", admin.Resource{})},
		"OrderHistory and Order both have an operation get-order-h": {served("Order", admin.Resource{}), served("OrderHistory", admin.Resource{})},
		"Thing.a: admin.Searchable is for strings, this is integer": {twice()},
		"Thing.b: admin.Searchable is for strings, this is boolean": {twice()},
	} {
		_, err := described(t, schemas...)
		if err == nil || !strings.Contains(err.Error(), "adminapi: "+want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestRefusedEdges: what is written through an edge is in a field that the API and the
// audit trail know, even of entities that the API does not serve.
func TestRefusedEdges(t *testing.T) {
	t.Parallel()
	type (
		Thing struct{ ent.Schema }
		Shelf struct{ ent.Schema }
		Place struct{ ent.Schema }
	)
	edged := func(name string, e ent.Edge, fields ...ent.Field) spec {
		return spec{name: name, fields: append(fields, field.String("x")), edges: []ent.Edge{e}}
	}
	shelf := edged("Shelf", edge.From("things", Thing.Type).Ref("shelves"))
	place := spec{
		name: "Place", fields: []ent.Field{field.Int64("thing_id"), field.Int64("shelf_id")},
		edges: []ent.Edge{
			edge.To("thing", Thing.Type).Unique().Required().Field("thing_id"), edge.To("shelf", Shelf.Type).Unique().Required().Field("shelf_id"),
		},
	}
	soft := field.Time("deleted_at").Optional().Nillable()
	link := spec{name: "Place", fields: place.fields, edges: place.edges, notes: []schema.Annotation{admin.Resource{}}}
	end := func(name string) spec { return spec{name: name, fields: []ent.Field{field.String("x"), soft}} }
	alone, id := spec{name: "Shelf", fields: []ent.Field{field.String("x")}}, field.Int64("shelf_id")
	for _, c := range []struct {
		want    string
		schemas []ent.Interface
	}{
		{"Thing.shelf: the edge needs a field shelf_id", []ent.Interface{alone, edged("Thing", edge.To("shelf", Shelf.Type).Unique())}},
		{"Thing.shelf: ent makes no column of an edge unique: leave that out of the field, and add index.Fields(\"shelf_id\")", []ent.Interface{
			alone, edged("Thing", edge.To("shelf", Shelf.Type).Unique().Required().Field("shelf_id"), id.Unique()),
		}},
		{"Thing.thing: ent takes this for one to one, and writes it into both records", []ent.Interface{
			edged("Thing", edge.To("thing", Thing.Type).Unique().Field("thing_id"), field.Int64("thing_id").Optional()),
		}},
		{"Thing.shelves: the records of Shelf need a field for it", []ent.Interface{alone, edged("Thing", edge.To("shelves", Shelf.Type))}},
		{"Thing.related: the API and the audit trail know no edge of many to many", []ent.Interface{edged("Thing", edge.To("related", Thing.Type))}},
		{"Thing.shelves: the API and the audit trail know no edge of many to many: leave it out, and write an entity that refers to both, " +
			"such as ThingShelf", []ent.Interface{shelf, edged("Thing", edge.To("shelves", Shelf.Type))}},
		{"Thing.shelves: the API and the audit trail know no edge of many to many", []ent.Interface{
			edged("Shelf", edge.From("things", Thing.Type).Ref("shelves").Through("places", Place.Type)), place,
			edged("Thing", edge.To("shelves", Shelf.Type).Through("places", Place.Type)),
		}},
		{"Place: it links Thing and Shelf, and would not keep them from being deleted", []ent.Interface{end("Thing"), end("Shelf"), link}},
		{`Thing.shelf_id: nothing says that it is the id of a Shelf: add edge.To("shelf", Shelf.Type).Unique().Field("shelf_id")`, []ent.Interface{
			alone, thing(id),
		}},
	} {
		_, err := described(t, c.schemas...)
		if err == nil || !strings.Contains(err.Error(), "adminapi: "+c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// twice has two faults, both of which are named at once.
func twice() spec {
	return thing(field.Int64("a").Annotations(admin.Searchable()), field.Bool("b").Annotations(admin.Searchable()))
}

// inCode is kept in another form than it is written.
type inCode string

func (c inCode) Value() (driver.Value, error) { return "code:" + string(c), nil }
