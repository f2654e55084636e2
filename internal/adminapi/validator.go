package adminapi

import (
	"errors"
	"fmt"
	"go/ast"
	consts "go/constant"
	"go/token"
	"go/types"
	"math"
	"slices"

	"entgo.io/ent/entc/gen"
	"golang.org/x/tools/go/packages"
)

// validator is a call that gives a field a validator, such as Max(100) or Match(re). Its
// arguments are constants, a pattern that of the regular expression; an argument that is
// only known while the program runs is nil.
type validator struct {
	name string
	args []consts.Value
}

// text writes the validator as it stands in the schema.
func (v validator) text() string {
	if v.arg(0) == nil {
		return v.name
	}
	return fmt.Sprintf("%s(%s)", v.name, v.arg(0).ExactString())
}

// arg returns an argument, nil if it is only known while the program runs.
func (v validator) arg(n int) consts.Value {
	if n < len(v.args) {
		return v.args[n]
	}
	return nil
}

// validators are those of each entity's fields, by name.
type validators map[string]map[string][]validator

// validating are the methods of ent's builders that add one validator each.
var validating = []string{
	"Match", "Max", "MaxLen", "MaxRuneLen", "Min", "MinLen", "MinRuneLen", "Negative", "NonNegative", "NotEmpty", "Positive", "Range",
	"Validate",
}

// readValidators reads the validators in the source of the schema, because ent keeps them as
// functions, of which the graph has only the number.
func readValidators(graph *gen.Graph) (validators, error) {
	out := validators{}
	if !slices.ContainsFunc(graph.Nodes, func(node *gen.Type) bool {
		return slices.ContainsFunc(node.Fields, func(f *gen.Field) bool { return f.Validators > 0 })
	}) {
		return out, nil
	}
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, graph.Schema)
	if err != nil {
		return nil, fmt.Errorf("adminapi: read %s: %w", graph.Schema, err)
	}
	for _, p := range loaded {
		for _, e := range p.Errors {
			return nil, fmt.Errorf("adminapi: read %s: %w", graph.Schema, e)
		}
		r := reader{info: p.TypesInfo, declared: map[types.Object]ast.Node{}}
		for _, file := range p.Syntax {
			ast.Inspect(file, r.declare)
		}
		for _, node := range graph.Nodes {
			if entity := p.Types.Scope().Lookup(node.Name); entity != nil {
				out[node.Name] = r.fields(entity.Type())
			}
		}
	}
	return out, nil
}

// reader reads a package.
type reader struct {
	info *types.Info
	// declared are the bodies of functions and methods, and what variables are declared with.
	declared map[types.Object]ast.Node
}

func (r reader) declare(n ast.Node) bool {
	switch d := n.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			r.declared[r.info.Defs[d.Name]] = d.Body
		}
	case *ast.ValueSpec:
		if len(d.Names) == len(d.Values) {
			for i, name := range d.Names {
				r.declared[r.info.Defs[name]] = d.Values[i]
			}
		}
	}
	return true
}

// fields returns the validators of the fields of an entity and of its mixins.
func (r reader) fields(entity types.Type) map[string][]validator {
	fields := map[string][]validator{}
	read := func(owner types.Type) {
		r.walk(method(owner, "Fields"), map[types.Object]bool{}, func(n ast.Node) {
			if call, ok := n.(*ast.CallExpr); ok {
				if name, found := r.chain(call); name != "" && fields[name] == nil { // the outermost call comes first
					fields[name] = found
				}
			}
		})
	}
	read(entity)
	r.walk(method(entity, "Mixin"), map[types.Object]bool{}, func(n ast.Node) {
		if mixin, ok := n.(*ast.CompositeLit); ok {
			read(r.info.TypeOf(mixin))
		}
	})
	return fields
}

// method returns a method of a type, which may be that of an embedded one.
func method(t types.Type, name string) types.Object {
	found, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	if f, ok := found.(*types.Func); ok {
		return f.Origin()
	}
	return nil
}

// walk visits what an object is declared with, and what that uses of the package.
func (r reader) walk(o types.Object, seen map[types.Object]bool, visit func(ast.Node)) {
	if r.declared[o] == nil || seen[o] {
		return
	}
	seen[o] = true
	ast.Inspect(r.declared[o], func(n ast.Node) bool {
		visit(n)
		if name, ok := n.(*ast.Ident); ok {
			r.walk(r.info.Uses[name], seen, visit)
		}
		return true
	})
}

// chain returns the name of the field that a chain of calls such as field.Int("x").Max(3)
// builds, "" for anything else, and the validators among these calls.
func (r reader) chain(call *ast.CallExpr) (string, []validator) {
	found := []validator{}
	for {
		fun, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return "", nil
		}
		inner, ok := fun.X.(*ast.CallExpr)
		if !ok {
			name := r.value(call.Args, 0)
			x, _ := fun.X.(*ast.Ident)
			imported, ok := r.info.Uses[x].(*types.PkgName)
			if !ok || imported.Imported().Path() != "entgo.io/ent/schema/field" || name == nil || name.Kind() != consts.String {
				return "", nil
			}
			return consts.StringVal(name), found
		}
		if slices.Contains(validating, fun.Sel.Name) {
			v := validator{name: fun.Sel.Name}
			for i := range call.Args {
				v.args = append(v.args, r.value(call.Args, i))
			}
			found = append(found, v)
		}
		call = inner
	}
}

// value returns a constant, or the pattern of a regular expression: that of
// regexp.MustCompile, or of a variable of the package that is declared with it.
func (r reader) value(args []ast.Expr, i int) consts.Value {
	if i >= len(args) {
		return nil
	}
	if v := r.info.Types[args[i]].Value; v != nil {
		return v
	}
	var n ast.Node = args[i]
	if name, ok := n.(*ast.Ident); ok {
		n = r.declared[r.info.Uses[name]]
	}
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if fun, ok := call.Fun.(*ast.SelectorExpr); !ok || fun.Sel.Name != "MustCompile" {
		return nil
	}
	return r.info.Types[call.Args[0]].Value
}

// errUnread is about a field whose validators the generator did not find.
var errUnread = errors.New(`its validators cannot be read from the schema: write them in package schema and in one chain with the ` +
	`name, as field.Int("x").Max(3)`)

// written takes over the limits that the validators of the field set, so that the document
// and the screens have them. What they cannot have is an error, which says what to write.
func (d *describer) written() error {
	if d.source == nil || d.field.Validators == 0 || d.edge() != nil || !d.out.Creatable && !d.out.Updatable {
		return nil
	}
	found := d.source[d.node.Name][d.field.Name]
	all := len(found) == d.field.Validators
	number := d.field.Type.Type.Integer() || d.field.Type.Type.Float()
	size := length(d.field)
	limited := size != defaultLength && size != math.MaxInt32 // the graph has the limit of a MaxLen
	switch {
	case number && !all && d.admin.Min == nil:
		return fmt.Errorf("%w, or say by admin.Range(least, most) what they ask for", errUnread)
	case isText(d.field) && !all && d.admin.Pattern == "" && (d.field.Validators > 1 || !limited):
		return fmt.Errorf("%w, or say by admin.Pattern what they ask for", errUnread)
	}
	for _, v := range found {
		var err error
		switch {
		case number:
			err = d.writtenRange(v)
		case isText(d.field):
			err = d.writtenText(v)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", v.text(), err)
		}
	}
	return nil
}

// writtenRange takes over a limit of a number.
func (d *describer) writtenRange(v validator) error {
	var least, most consts.Value
	switch v.name {
	case "Min":
		least = v.arg(0)
	case "Max":
		most = v.arg(0)
	case "Range":
		least, most = v.arg(0), v.arg(1)
	case "NonNegative":
		least = consts.MakeInt64(0)
	case "Positive":
		least = consts.MakeInt64(1)
	case "Negative":
		most = consts.MakeInt64(-1)
	default:
		return nil
	}
	switch {
	case len(v.args) == 0 && v.name != "NonNegative" && d.field.Type.Type.Float():
		return errors.New("the document and the screens have whole numbers for limits: write NonNegative() or Max(0), or " +
			"Validate(…) with an error that says what is expected")
	case slices.Contains(v.args, nil) && d.admin.Min == nil:
		return errors.New("its limit is only known while the program runs: write a constant, or say it by admin.Range(least, most)")
	case slices.Contains(v.args, nil):
		return nil
	}
	return errors.Join(takeOver(least, &d.least, d.admin.Min), takeOver(most, &d.most, d.admin.Max))
}

// takeOver sets a limit of a number, if the schema names one. One that admin.Range gives has
// to be the same.
func takeOver(value consts.Value, held **int64, given *int64) error {
	if value == nil {
		return nil
	}
	whole, exactly := consts.Int64Val(consts.ToInt(value))
	switch {
	case consts.ToInt(value).Kind() != consts.Int:
		return errors.New("the document and the screens have whole numbers for limits: write the nearest ones, or Validate(…) with an " +
			"error that says what is expected")
	case !exactly:
		return nil // beyond what the type and JSON hold
	case given != nil && *given != whole:
		return fmt.Errorf("admin.Range says %d: leave it out", *given)
	}
	*held = &whole
	return nil
}

// writtenText takes over a limit of a text.
func (d *describer) writtenText(v validator) error {
	value := v.arg(0)
	switch v.name {
	case "MaxLen", "MaxRuneLen":
		if value != nil && consts.Compare(value, token.LSS, consts.MakeInt64(1)) {
			return errors.New("no text is as short as that")
		}
	case "NotEmpty":
		d.shortest = max(d.shortest, 1)
	case "MinLen", "MinRuneLen":
		if value == nil {
			return errors.New("its limit is only known while the program runs: write a constant")
		}
		least, _ := consts.Int64Val(value)
		d.shortest = max(d.shortest, int(least))
	case "Match":
		switch {
		case value == nil && d.admin.Pattern == "":
			return errors.New("its pattern is only known while the program runs: write regexp.MustCompile with a constant, or say it " +
				"by admin.Pattern")
		case value == nil:
		case d.admin.Pattern != "" && d.admin.Pattern != consts.StringVal(value), d.pattern != "" && d.pattern != consts.StringVal(value):
			return errors.New("the document and the screens have one pattern for a field: write one that says all")
		default:
			d.pattern = consts.StringVal(value)
		}
	}
	return nil
}
