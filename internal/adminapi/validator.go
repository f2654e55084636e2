package adminapi

import (
	"errors"
	"fmt"
	"go/ast"
	consts "go/constant"
	"go/token"
	"go/types"
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
	if len(v.args) == 0 || v.args[0] == nil {
		return v.name
	}
	return fmt.Sprintf("%s(%s)", v.name, v.args[0].ExactString())
}

// validators are those of each field, by the name of the type whose method Fields lists it:
// an entity or a mixin. Mixins are those of each entity.
type validators struct {
	fields map[string]map[string][]validator
	mixins map[string][]string
}

// validating are the methods of ent's builders that add one validator each.
var validating = []string{
	"Match", "Max", "MaxLen", "MaxRuneLen", "Min", "MinLen", "MinRuneLen", "Negative", "NonNegative", "NotEmpty", "Positive", "Range",
	"Validate",
}

// readValidators reads the validators in the source of the schema, because ent keeps them as
// functions, of which the graph has only the number.
func readValidators(graph *gen.Graph) (*validators, error) {
	out := &validators{fields: map[string]map[string][]validator{}, mixins: map[string][]string{}}
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
		out.read(p)
	}
	return out, nil
}

func (v *validators) read(p *packages.Package) {
	r := reader{info: p.TypesInfo, variables: map[types.Object]ast.Expr{}, functions: map[types.Object]*ast.FuncDecl{}}
	var methods []*ast.FuncDecl
	for _, file := range p.Syntax {
		ast.Inspect(file, r.declared)
		for _, decl := range file.Decls {
			switch f, ok := decl.(*ast.FuncDecl); {
			case !ok || f.Body == nil:
			case f.Recv == nil:
				r.functions[p.TypesInfo.Defs[f.Name]] = f
			default:
				methods = append(methods, f)
			}
		}
	}
	for _, method := range methods {
		switch owner := receiver(method.Recv.List[0].Type); method.Name.Name {
		case "Fields":
			v.fields[owner] = map[string][]validator{}
			r.fieldsIn(method.Body, v.fields[owner])
		case "Mixin":
			v.mixins[owner] = r.mixinsIn(method.Body)
		}
	}
}

// of returns the validators of an entity's field, and whether they are all that ent counts.
func (v *validators) of(node *gen.Type, f *gen.Field) ([]validator, bool) {
	for _, owner := range append([]string{node.Name}, v.mixins[node.Name]...) {
		if found, ok := v.fields[owner][f.Name]; ok {
			return found, len(found) == f.Validators
		}
	}
	return nil, f.Validators == 0
}

// reader reads expressions of a package.
type reader struct {
	info *types.Info
	// variables are the expressions that those of the package are declared with.
	variables map[types.Object]ast.Expr
	// functions are those of the package, without the methods.
	functions map[types.Object]*ast.FuncDecl
}

// fieldsIn adds the validators of the fields that a function of the schema builds, itself or
// in a function of the package that it calls.
func (r reader) fieldsIn(body ast.Node, fields map[string][]validator) {
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if function, ok := call.Fun.(*ast.Ident); ok {
			called := r.functions[r.info.Uses[function]]
			if called != nil {
				delete(r.functions, r.info.Uses[function]) // a function may call itself
				r.fieldsIn(called.Body, fields)
				r.functions[r.info.Uses[function]] = called
			}
			return true
		}
		if name, found := r.chain(call); name != "" && fields[name] == nil { // the outermost call comes first
			fields[name] = found
		}
		return true
	})
}

// chain returns the name of the field that a chain of calls builds, "" for anything else,
// and the validators among these calls.
func (r reader) chain(call *ast.CallExpr) (string, []validator) {
	found := []validator{}
	for {
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return "", nil
		}
		inner, ok := method.X.(*ast.CallExpr)
		if !ok {
			return r.begun(method, call.Args), found
		}
		if slices.Contains(validating, method.Sel.Name) {
			v := validator{name: method.Sel.Name}
			for _, arg := range call.Args {
				v.args = append(v.args, r.value(arg))
			}
			found = append(found, v)
		}
		call = inner
	}
}

// begun returns the name of the field that field.String("name") and the like begin.
func (r reader) begun(fun *ast.SelectorExpr, args []ast.Expr) string {
	name, ok := fun.X.(*ast.Ident)
	if !ok || len(args) == 0 {
		return ""
	}
	imported, ok := r.info.Uses[name].(*types.PkgName)
	if !ok || imported.Imported().Path() != "entgo.io/ent/schema/field" {
		return ""
	}
	if v := r.info.Types[args[0]].Value; v != nil && v.Kind() == consts.String {
		return consts.StringVal(v)
	}
	return ""
}

// value returns a constant, or the pattern of a regular expression: that of
// regexp.MustCompile, or of a variable of the package that is declared with it.
func (r reader) value(e ast.Expr) consts.Value {
	if v := r.info.Types[e].Value; v != nil {
		return v
	}
	if name, ok := e.(*ast.Ident); ok {
		e = r.variables[r.info.Uses[name]]
	}
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if fun, ok := call.Fun.(*ast.SelectorExpr); !ok || fun.Sel.Name != "MustCompile" {
		return nil
	}
	return r.info.Types[call.Args[0]].Value
}

// declared remembers what variables are declared with.
func (r reader) declared(n ast.Node) bool {
	if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
		for i, name := range spec.Names {
			r.variables[r.info.Defs[name]] = spec.Values[i]
		}
	}
	return true
}

// mixinsIn returns the types of the mixins that a function lists.
func (r reader) mixinsIn(body ast.Node) []string {
	var names []string
	ast.Inspect(body, func(n ast.Node) bool {
		if literal, ok := n.(*ast.CompositeLit); ok {
			if name, ok := literal.Type.(*ast.Ident); ok {
				names = append(names, name.Name)
			}
		}
		return true
	})
	return names
}

// errUnread is about a field whose validators the generator did not find.
var errUnread = errors.New("its validators cannot be read from the schema: write them after field.… in Fields() of the entity or " +
	"of a mixin in its package")

// written takes over the limits that the validators of the field set, so that the document
// and the screens have them. What they cannot have is an error, which says what to write.
func (d *describer) written() error {
	if d.source == nil || d.field.Validators == 0 || d.edge() != nil || !d.out.Creatable && !d.out.Updatable {
		return nil
	}
	found, all := d.source.of(d.node, d.field)
	number := d.field.Type.Type.Integer() || d.field.Type.Type.Float()
	switch {
	case number && !all && d.admin.Min == nil:
		return fmt.Errorf("%w, or say by admin.Range(least, most) what they ask for", errUnread)
	case isText(d.field) && !all && d.admin.Pattern == "" && d.field.Validators > 1:
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
		least = v.args[0]
	case "Max":
		most = v.args[0]
	case "Range":
		least, most = v.args[0], v.args[1]
	case "NonNegative":
		least = consts.MakeInt64(0)
	case "Positive", "Negative":
		if d.field.Type.Type.Float() {
			return errors.New("the document and the screens have whole numbers for limits: write NonNegative() or Max(0), or " +
				"Validate(…) with an error that says what is expected")
		}
		least, most = consts.MakeInt64(1), nil
		if v.name == "Negative" {
			least, most = nil, consts.MakeInt64(-1)
		}
	default:
		return nil
	}
	if slices.Contains(v.args, nil) {
		if d.admin.Min == nil {
			return errors.New("its limit is only known while the program runs: write a constant, or say it by admin.Range(least, most)")
		}
		return nil
	}
	for _, limit := range []struct {
		value consts.Value
		held  **int64
		given *int64
	}{{least, &d.least, d.admin.Min}, {most, &d.most, d.admin.Max}} {
		if err := takeOver(limit.value, limit.held, limit.given); err != nil {
			return err
		}
	}
	return nil
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
	var value consts.Value
	if len(v.args) > 0 {
		value = v.args[0]
	}
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
