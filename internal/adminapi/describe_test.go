package adminapi_test

import (
	"cmp"
	"strings"
	"testing"

	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/storekeeper/storekeeper/internal/adminapi"
	"github.com/storekeeper/storekeeper/internal/adminapi/admin"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// spec is an entity for a test. Its name is Thing unless it has another.
type spec struct {
	ent.Schema

	name    string
	fields  []ent.Field
	edges   []ent.Edge
	indexes []ent.Index
	notes   []schema.Annotation
}

func (s spec) Entity() string                   { return cmp.Or(s.name, "Thing") }
func (s spec) Fields() []ent.Field              { return append([]ent.Field{field.Int64("id")}, s.fields...) }
func (s spec) Edges() []ent.Edge                { return s.edges }
func (s spec) Indexes() []ent.Index             { return s.indexes }
func (s spec) Annotations() []schema.Annotation { return s.notes }

// thing is a served entity with these fields.
func thing(fields ...ent.Field) spec {
	return spec{fields: fields, notes: []schema.Annotation{admin.Resource{}}}
}

// serving is thing with another resource annotation.
func serving(a admin.Resource, fields ...ent.Field) spec {
	return spec{fields: fields, notes: []schema.Annotation{a}}
}

func described(t *testing.T, schemas ...ent.Interface) ([]definition.Resource, error) {
	t.Helper()
	graph := graphOf(t, fixtureConfig(), schemas...)
	if err := adminapi.Prepare(graph); err != nil {
		return nil, err
	}
	if err := adminapi.CheckEdges(graph); err != nil {
		return nil, err
	}
	return adminapi.Describe(graph)
}

func describedOne(t *testing.T, s spec) definition.Resource {
	t.Helper()
	all, err := described(t, s)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// fieldOf describes one field of a thing.
func fieldOf(t *testing.T, f ent.Field) definition.Field {
	t.Helper()
	r := describedOne(t, thing(f))
	got, ok := r.Field(f.Descriptor().Name)
	if !ok {
		t.Fatalf("%s is not shown", f.Descriptor().Name)
	}
	return *got
}

// TestDefaults: an entity with nothing but the annotation.
func TestDefaults(t *testing.T) {
	t.Parallel()
	got := describedOne(t, spec{name: "SparePart", fields: []ent.Field{field.String("name")}, notes: []schema.Annotation{admin.Resource{}}})
	want := definition.Resource{
		Name: "spare-parts", Entity: "SparePart", Table: "spare_parts", Label: "Spare part", LabelPlural: "Spare parts",
		Group: "Other", Icon: "record", TitleField: "name", DefaultSort: "-id", History: true,
		Operations: []definition.Operation{
			definition.List, definition.Get, definition.Create, definition.Update, definition.Delete, definition.Bulk,
		},
		Permissions: definition.Permissions{
			Read: "spare-parts:read", Create: "spare-parts:create", Update: "spare-parts:update", Delete: "spare-parts:delete",
		},
		Fields: []definition.Field{
			{
				Name: "id", Label: "ID", Description: "Identifies the record.", Type: definition.Integer, Column: "id",
				Minimum: new(int64(1)), Maximum: new(adminapi.Exact), Sortable: true, Filterable: true, Indexed: true,
				Enum: []string{}, Filters: []string{"id", "id_gte", "id_gt", "id_lte", "id_lt"},
			},
			{
				Name: "name", Label: "Name", Type: definition.String, Column: "name",
				Required: true, Creatable: true, Updatable: true, MinLength: new(1), MaxLength: new(255),
				Sortable: true, Filterable: true, Enum: []string{}, Filters: []string{"name"},
			},
		},
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestExactIsTheLargestMoney(t *testing.T) {
	t.Parallel()
	if adminapi.Exact != int64(shop.MaxMoney) {
		t.Errorf("the generator's limit %d is not the shop's", adminapi.Exact)
	}
}

// TestInternal: entities without annotation are not described, and fields that hold their
// ids are plain numbers.
func TestInternal(t *testing.T) {
	t.Parallel()
	type Secret struct{ ent.Schema }
	owner := serving(admin.Resource{}, field.Int64("secret_id"))
	owner.edges = []ent.Edge{edge.To("secret", Secret.Type).Unique().Required().Field("secret_id")}
	all, err := described(t, spec{name: "Secret", fields: []ent.Field{field.String("x")}}, owner)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 || all[0].Entity != "Thing" {
		t.Fatalf("described %v", all)
	}
	if f, _ := all[0].Field("secret_id"); f.Type != definition.Integer || f.Reference != "" {
		t.Errorf("%+v", f)
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	type Shelf struct{ ent.Schema }
	owner := serving(admin.Resource{}, field.Int64("home").StorageKey("home_shelf"))
	owner.edges = []ent.Edge{edge.To("shelf", Shelf.Type).Unique().Required().Immutable().Field("home")}
	owner.fields[0] = field.Int64("home").StorageKey("home_shelf").Immutable()
	all, err := described(t, spec{name: "Shelf", notes: []schema.Annotation{admin.Resource{Path: "racks"}}}, owner)
	if err != nil {
		t.Fatal(err)
	}
	f, ok := all[1].Field("shelf_id")
	if !ok {
		t.Fatalf("%+v", all[1].Fields)
	}
	switch {
	case f.Type != definition.Reference, f.Reference != "racks", f.Label != "Shelf", f.Column != "home_shelf", *f.Minimum != 1,
		!f.Required, !f.Creatable, f.Updatable:
		t.Errorf("%+v", f)
	}
}

func TestOrderOfFields(t *testing.T) {
	t.Parallel()
	r := describedOne(t, serving(admin.Resource{Computed: []admin.Computed{{Name: "extra", Type: definition.JSON}}},
		field.Time("deleted_at").Optional(), field.Int64("version").Default(1), field.String("b"), field.Time("updated_at"),
		field.Time("created_at"), field.String("a"), field.Bytes("raw").Optional(), field.String("pin").Sensitive().Default("")))
	var names []string
	for _, f := range r.Fields {
		names = append(names, f.Name)
	}
	if got, want := strings.Join(names, " "), "id b a extra created_at updated_at version deleted_at"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !r.SoftDelete || !r.Versioned || !r.Offers(definition.Restore) {
		t.Errorf("%+v", r)
	}
	for _, name := range []string{"extra", "created_at", "updated_at", "version", "deleted_at"} {
		if f, _ := r.Field(name); f.Creatable || f.Updatable || f.Required || f.Default != nil {
			t.Errorf("clients write %s: %+v", name, f)
		}
	}
	if f, _ := r.Field("extra"); !f.Computed || f.Sortable || f.Filterable {
		t.Errorf("%+v", f)
	}
}

// TestKept: clients do not write a time that every update sets.
func TestKept(t *testing.T) {
	t.Parallel()
	if f := fieldOf(t, field.Time("checked_at").Default(shop.Now).UpdateDefault(shop.Now)); f.Creatable || f.Updatable {
		t.Errorf("%+v", f)
	}
	if f := fieldOf(t, field.Int("pages").Default(0).UpdateDefault(func() int { return 0 })); !f.Updatable {
		t.Errorf("a time alone is kept: %+v", f)
	}
}

// TestHistory: a record has a history if the audit trail records a change of it.
func TestHistory(t *testing.T) {
	t.Parallel()
	fixed := field.String("x").Immutable()
	quiet := field.Time("used_at").Optional().Annotations(admin.ReadOnly(), admin.Untracked())
	kept := field.Time("checked_at").Default(shop.Now).UpdateDefault(shop.Now)
	read := admin.Resource{Operations: []definition.Operation{definition.List, definition.Get}}
	for name, c := range map[string]struct {
		spec
		want bool
	}{
		"written once":             {serving(read, fixed), false},
		"kept by the program":      {serving(read, fixed, quiet), false},
		"set by every update":      {serving(read, fixed, kept), false},
		"deleted":                  {serving(admin.Resource{Operations: append(read.Operations, definition.Delete)}, fixed), true},
		"changed by an operation":  {serving(read, fixed, field.Time("ended_at").Optional().Annotations(admin.ReadOnly())), true},
		"changed out of sight":     {serving(read, fixed, field.String("key").Sensitive()), true},
		"changed, and nobody told": {spec{fields: []ent.Field{field.String("x")}, notes: []schema.Annotation{read, admin.Unaudited{}}}, false},
	} {
		if got := describedOne(t, c.spec).History; got != c.want {
			t.Errorf("%s: a history: %t", name, got)
		}
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field    ent.Field
		typ      definition.Type
		sortable bool
	}{
		{field.String("x"), definition.String, true},
		{field.String("x").MaxRuneLen(1000), definition.String, true},
		{field.String("x").MaxRuneLen(1001), definition.Text, false},
		{field.Text("x"), definition.Text, false},
		{field.Text("x").MaxRuneLen(10_000), definition.Text, false},
		{field.String("x").Annotations(admin.Multiline()), definition.Text, false},
		{field.String("x").GoType(shop.Currency("")), definition.String, true},
		{field.Int64("x").GoType(shop.Money(0)), definition.Money, true},
		{field.Int64("x"), definition.Integer, true},
		{field.Uint8("x"), definition.Integer, true},
		{field.Float("x"), definition.Number, true},
		{field.Bool("x"), definition.Boolean, true},
		{field.Time("x"), definition.DateTime, true},
		{field.Enum("x").Values("a", "b"), definition.Enum, true},
		{field.Enum("x").GoType(shop.OrderStatus("")), definition.Enum, true},
		{field.Strings("x"), definition.Strings, false},
		{field.JSON("x", []string{}).Optional(), definition.Strings, false},
		{field.JSON("x", []shop.OrderStatus{}), definition.JSON, false},
		{field.JSON("x", map[string]int{}).Optional(), definition.JSON, false},
	} {
		f := fieldOf(t, c.field)
		if f.Type != c.typ || f.Sortable != c.sortable || f.Filterable != c.sortable || (len(f.Filters) > 0) != c.sortable {
			t.Errorf("%v: %s, sortable %t, filters %v", c.field.Descriptor().Info, f.Type, f.Sortable, f.Filters)
		}
	}
	if f := fieldOf(t, field.Enum("x").Values("a", "b")); strings.Join(f.Enum, ",") != "a,b" {
		t.Errorf("%v", f.Enum)
	}
}

// A uint32 does not fit OpenAPI's int32.
func TestFormatOfUint32(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field ent.Field
		wide  bool
	}{{field.Uint32("x"), true}, {field.Int32("x"), false}, {field.Uint16("x"), false}} {
		graph := graphOf(t, fixtureConfig(), thing(c.field))
		files, err := adminapi.Files(graph)
		if err != nil {
			t.Fatal(err)
		}
		tagged := strings.Count(string(files["thing_gen.go"]), `format:"int64"`)
		if want := map[bool]int{true: 3}[c.wide]; tagged != want { // shown, created, patched
			t.Errorf("%v is told to be an int64 %d times, want %d", c.field.Descriptor().Info, tagged, want)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field       ent.Field
		least, most int64
	}{
		{field.Int64("x"), -adminapi.Exact, adminapi.Exact},
		{field.Int("x"), -adminapi.Exact, adminapi.Exact},
		{field.Uint64("x"), 0, adminapi.Exact},
		{field.Int8("x"), -128, 127},
		{field.Int16("x"), -32768, 32767},
		{field.Int32("x"), -2147483648, 2147483647},
		{field.Uint8("x"), 0, 255},
		{field.Uint16("x"), 0, 65535},
		{field.Uint32("x"), 0, 4294967295},
		{field.Int64("x").GoType(shop.Money(0)), 0, adminapi.Exact},
		{field.Int64("x").GoType(shop.Money(0)).Annotations(admin.Range(5, 9)), 5, 9},
		{field.Int64("x").Annotations(admin.Range(-3, 4)), -3, 4},
	} {
		f := fieldOf(t, c.field)
		if *f.Minimum != c.least || *f.Maximum != c.most {
			t.Errorf("%v: %d..%d, want %d..%d", c.field.Descriptor().Info, *f.Minimum, *f.Maximum, c.least, c.most)
		}
	}
	if f := fieldOf(t, field.Float("x")); f.Minimum != nil || f.Maximum != nil {
		t.Errorf("%+v", f)
	}
	if f := fieldOf(t, field.Float("x").Annotations(admin.Range(0, 5))); *f.Minimum != 0 || *f.Maximum != 5 {
		t.Errorf("%+v", f)
	}
	if f := fieldOf(t, field.Text("x")); f.MaxLength != nil {
		t.Errorf("a text without limit: %d", *f.MaxLength)
	}
	if f := fieldOf(t, field.String("x").MaxLen(40)); *f.MaxLength != 40 {
		t.Errorf("%d", *f.MaxLength)
	}
}

// TestAccess: who writes a field, and whether it must be given.
func TestAccess(t *testing.T) {
	t.Parallel()
	const required, nullable, creatable, updatable = 1, 2, 4, 8
	for _, c := range []struct {
		name  string
		field ent.Field
		want  int
	}{
		{"plain", field.String("x"), required | creatable | updatable},
		{"optional", field.String("x").Optional(), nullable | creatable | updatable},
		{"default", field.String("x").Default("a"), creatable | updatable},
		{"default function", field.String("x").DefaultFunc(func() string { return "" }), creatable | updatable},
		{"immutable", field.String("x").Immutable(), required | creatable},
		{"create only", field.String("x").Annotations(admin.CreateOnly()), required | creatable},
		{"read-only", field.String("x").Annotations(admin.ReadOnly()), 0},
		{"read-only optional", field.String("x").Optional().Annotations(admin.ReadOnly()), nullable},
	} {
		f := fieldOf(t, c.field)
		got := 0
		for bit, is := range map[int]bool{required: f.Required, nullable: f.Nullable, creatable: f.Creatable, updatable: f.Updatable} {
			if is {
				got |= bit
			}
		}
		if got != c.want {
			t.Errorf("%s: %04b, want %04b", c.name, got, c.want)
		}
		if hasLeast := f.MinLength != nil; hasLeast != f.Required {
			t.Errorf("%s: a shortest length: %t", c.name, hasLeast)
		}
	}
}

func TestLiterals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field ent.Field
		want  any
	}{
		{field.String("x").Default("a"), "a"},
		{field.Int64("x").Default(3), int64(3)},
		{field.Uint8("x").Default(3), int64(3)},
		{field.Int64("x").GoType(shop.Money(0)).Default(3), int64(3)},
		{field.Float("x").Default(1.5), 1.5},
		{field.Bool("x").Default(true), true},
		{field.Enum("x").Values("a", "b").Default("b"), "b"},
		{field.Time("x").Default(shop.Now), nil},
		{field.Strings("x").Default([]string{"a"}), nil},
		{field.String("x"), nil},
	} {
		if got := fieldOf(t, c.field).Default; got != c.want {
			t.Errorf("%v: %T %v, want %v", c.field.Descriptor().Info, got, got, c.want)
		}
	}
}

func TestAnnotations(t *testing.T) {
	t.Parallel()
	f := fieldOf(t, field.String("x").Comment("Why.").Annotations(
		admin.Searchable(), admin.Unsortable(), admin.Unfilterable(), admin.Label("Ex"), admin.Pattern("^a"), admin.CreateOnly(), admin.None("Nix")).Optional())
	switch {
	case !f.Searchable, f.Sortable, f.Filterable, len(f.Filters) != 0, f.Label != "Ex", f.None != "Nix", f.Pattern != "^a", f.Updatable,
		f.Description != "Why.", f.Indexed:
		t.Errorf("%+v", f)
	}
	for pattern, want := range map[string]string{shop.SlugPattern: "slug", shop.EmailPattern: "email", "^a": "", "": ""} {
		if got := fieldOf(t, field.String("x").Annotations(admin.Pattern(pattern))).Format; got != want {
			t.Errorf("the format of %q is %q, want %q", pattern, got, want)
		}
	}
	r := describedOne(t, thing(field.String("x").Optional().Annotations(admin.Hidden())))
	if _, ok := r.Field("x"); ok {
		t.Error("a hidden field is shown")
	}
}

// TestIndexed: a field is indexed when an index really finds and orders by it.
func TestIndexed(t *testing.T) {
	t.Parallel()
	where := func(w string) ent.Index { return index.Fields("x").Annotations(entsql.IndexWhere(w)) }
	deleted := field.Time("deleted_at").Optional()
	for _, c := range []struct {
		name   string
		fields []ent.Field
		index  ent.Index
		want   bool
	}{
		{"none", nil, nil, false},
		{"alone", nil, index.Fields("x"), true},
		{"first", nil, index.Fields("x", "id"), true},
		{"second", nil, index.Fields("id", "x"), false},
		{"trigrams", nil, index.Fields("x").Annotations(
			entsql.IndexTypes(map[string]string{dialect.Postgres: "GIN"}), entsql.OpClass("gin_trgm_ops")), false},
		{"hash", nil, index.Fields("x").Annotations(entsql.IndexType("HASH")), false},
		{"B-tree by name", nil, index.Fields("x").Annotations(entsql.IndexType("btree")), true},
		{"operator class", nil, index.Fields("x").Annotations(entsql.OpClass("text_pattern_ops")), false},
		{"partial", nil, where("x <> ''"), false},
		{"living", []ent.Field{deleted}, where("deleted_at IS NULL"), true},
		{"living without deletion", nil, where("deleted_at IS NULL"), false},
	} {
		s := thing(append([]ent.Field{field.String("x")}, c.fields...)...)
		if c.index != nil {
			s.indexes = []ent.Index{c.index}
		}
		r := describedOne(t, s)
		if f, _ := r.Field("x"); f.Indexed != c.want {
			t.Errorf("%s: indexed is %t", c.name, f.Indexed)
		}
	}
	// A text that is kept folded is sorted by that.
	name := field.String("x").Annotations(admin.Searchable())
	for column, want := range map[string]bool{"x": false, "x_folded": true} {
		s := thing(name, field.String("x_folded").Default("").Annotations(admin.Folds("x")))
		s.indexes = []ent.Index{index.Fields(column)}
		r := describedOne(t, s)
		if f, _ := r.Field("x"); f.Indexed != want || f.Folded != "x_folded" {
			t.Errorf("folded, with an index on %s: %+v", column, f)
		}
	}
	if f := fieldOf(t, field.String("x").Unique()); !f.Indexed {
		t.Error("a unique field has an index")
	}
}

func TestOperations(t *testing.T) {
	t.Parallel()
	join := func(r definition.Resource) string {
		var s []string
		for _, op := range r.Operations {
			s = append(s, string(op))
		}
		return strings.Join(s, " ")
	}
	for want, s := range map[string]spec{
		"list get create update delete bulk":         thing(field.String("x")),
		"list get create delete bulk":                thing(field.String("x").Immutable()),
		"list get create update delete restore bulk": thing(field.String("x"), field.Time("deleted_at").Optional()),
		"list get": serving(admin.Resource{
			Operations: []definition.Operation{definition.Get, definition.List},
		}, field.String("x")),
	} {
		if got := join(describedOne(t, s)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// The key of imports is the only required text that is unique among records that are not
// deleted.
func TestImportKey(t *testing.T) {
	t.Parallel()
	where := func(condition string) ent.Index {
		return index.Fields("x").Unique().Annotations(entsql.IndexWhere(condition))
	}
	indexed := func(of ent.Index, fields ...ent.Field) spec {
		s := thing(append(fields, field.String("x"), field.Time("deleted_at").Optional())...)
		s.indexes = []ent.Index{of}
		return s
	}
	for name, c := range map[string]struct {
		spec spec
		want string
	}{
		"unique":             {thing(field.String("x").Unique()), "x"},
		"by an index":        {indexed(index.Fields("x").Unique()), "x"},
		"among the living":   {indexed(where("deleted_at IS NULL")), "x"},
		"among some":         {indexed(where("x <> 'a'")), ""},
		"together":           {indexed(index.Fields("x", "y").Unique(), field.String("y")), ""},
		"not unique":         {indexed(index.Fields("x")), ""},
		"two":                {indexed(index.Fields("x").Unique(), field.String("y").Unique()), ""},
		"one and a number":   {indexed(index.Fields("x").Unique(), field.Int64("y").Unique()), "x"},
		"optional":           {thing(field.String("x").Unique().Optional(), field.String("y")), ""},
		"read-only":          {thing(field.String("x").Unique().Annotations(admin.ReadOnly()), field.String("y")), ""},
		"unsortable":         {thing(field.String("x").Unique().Annotations(admin.Unsortable()), field.String("y")), ""},
		"a UUID":             {thing(field.UUID("x", uuid.UUID{}).Unique(), field.String("y")), ""},
		"nothing to update":  {thing(field.String("x").Unique().Immutable()), ""},
		"fixed, but not all": {thing(field.String("x").Unique().Immutable(), field.String("y")), "x"},
		"not offered": {serving(admin.Resource{
			Operations: []definition.Operation{definition.Get, definition.List, definition.Create, definition.Update},
		}, field.String("x").Unique()), ""},
	} {
		r := describedOne(t, c.spec)
		if r.ImportKey != c.want || r.Offers(definition.Import) != (c.want != "") {
			t.Errorf("%s: %q, want %q; offered: %v", name, r.ImportKey, c.want, r.Operations)
		}
	}
}

func TestTitleAndSort(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]spec{
		"name -id":  thing(field.String("title"), field.String("name")),
		"title -id": thing(field.String("title")),
		"id -id":    thing(field.String("x")),
		"x -x,id":   serving(admin.Resource{Title: "x", Sort: "-x,id"}, field.String("x")),
		"y -id": serving(admin.Resource{Title: "y", Computed: []admin.Computed{{Name: "y", Type: definition.String}}},
			field.String("x")),
	} {
		r := describedOne(t, s)
		if got := r.TitleField + " " + r.DefaultSort; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
