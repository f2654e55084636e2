package adminapi

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/entc/gen"
)

// position matches where ent found a schema.
var position = regexp.MustCompile(`^(.+\.go):\d+`)

// commentOf returns the first sentence of the comment on an entity's schema, without the
// name that it begins with: "Something the shop sells." for "Product is something the
// shop sells." It is empty for a schema that is in no file or has no comment.
func commentOf(node *gen.Type) (string, error) {
	found := position.FindStringSubmatch(node.Pos())
	if found == nil {
		return "", nil
	}
	file, err := parser.ParseFile(token.NewFileSet(), found[1], nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", fmt.Errorf("adminapi: read the comment of %s: %w", node.Name, err)
	}
	for _, d := range file.Decls {
		declared, ok := d.(*ast.GenDecl)
		if !ok || declared.Tok != token.TYPE || len(declared.Specs) != 1 {
			continue
		}
		if spec, ok := declared.Specs[0].(*ast.TypeSpec); ok && spec.Name.Name == node.Name {
			return described(declared.Doc.Text(), node.Name), nil
		}
	}
	return "", nil
}

func described(comment, name string) string {
	text := strings.TrimPrefix(new(doc.Package).Synopsis(comment), name+" ")
	text = strings.TrimPrefix(text, "is ")
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
