package handlers_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

var update = flag.Bool("update", false, "rewrite docs/permissions.md")

// permissionsPage is generated from the permissions of the program.
const permissionsPage = "../docs/permissions.md"

// The page lists the permissions of the program. With -update it is written again.
func TestPermissionsPage(t *testing.T) {
	t.Parallel()
	d := newDriver(t, newAPI(t, storetest.SQLite(t)))
	page := strings.Join([]string{
		introduction, rolesTable(), permissionsTable(), operationsTable(d.operations), grantsTable(), ending,
	}, "\n")
	if *update {
		if err := os.WriteFile(permissionsPage, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(permissionsPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(written), page); diff != "" {
		t.Errorf("docs/permissions.md is not what the program does (-page +program); run the test with -update if it should be:\n%s", diff)
	}
}

const introduction = `# Permissions

A permission is ` + "`RESOURCE:ACTION`" + `. A role is a list of permissions, a member of staff has one role, and an API token may do
what is both in its own list and in the role of its member.

Permissions are enforced by the ent schema itself: every entity has a privacy policy, which asks who acts before each query and
each mutation, whether it comes from the API, from an import or from a line of Go. Without a viewer in the context nothing can
be read or written. The command line acts as the system, which may do everything: whoever can start the program with the
database's password needs no permission of it.

This page is written from the data that the program goes by (` + "`go test ./handlers -run TestPermissionsPage -update`" + `).
`

const ending = `What the tables say is tested: each built-in role against each operation of the OpenAPI document on the real server, against
each entity through the generated client, and against each use case called directly; each operation with its one permission
and with all others; and each line of the last table by taking it out, whereupon some operation fails.
`

func rolesTable() string {
	var b strings.Builder
	b.WriteString("## Built-in roles\n\nThey cannot be changed or deleted; other roles can be made beside them. A new entity can be seen by all of " +
		"them and is\nwritten by managers and owners, unless its schema says otherwise (see [extending](extending.md)).\n\n| role | |\n|---|---|\n")
	for _, role := range access.Roles() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", role.Name, role.Description)
	}
	return b.String()
}

func permissionsTable() string {
	var b strings.Builder
	b.WriteString("## Permissions and who has them\n\n| permission | allows to |")
	roles := access.Roles()
	for _, role := range roles {
		b.WriteString(" " + role.Name + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat(":-:|", len(roles)) + "\n")
	for _, p := range access.Permissions() {
		fmt.Fprintf(&b, "| `%s` | %s |", p.Name, p.Description)
		for _, role := range roles {
			mark := " "
			if slices.Contains(role.Permissions, p.Name) {
				mark = " yes "
			}
			b.WriteString(mark + "|")
		}
		b.WriteByte('\n')
	}
	b.WriteString("\nA role may limit how many units of stock can be corrected at once (`max_stock_adjustment`): adjustments, damages, " +
		"counts, and\ndeliveries or returns that take stock away, up and down. The damaged units of a return are part of it: whoever may book it " +
		"may\nbook them, without a limit.\n")
	return b.String()
}

func operationsTable(operations []operation) string {
	sorted := slices.Clone(operations)
	slices.SortFunc(sorted, func(a, b operation) int { return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.method, b.method)) })
	var b strings.Builder
	b.WriteString("## Operations and what they need\n\nWhere several are named, one of them is needed; which, depends on what is asked " +
		"for and is said in the description of the\noperation. The OpenAPI document has them as `x-permission`, and what is needed besides as `x-permission-besides`.\n\n| operation | needs |\n|---|---|\n")
	for _, o := range sorted {
		needs := "nothing"
		switch {
		case len(o.anyOf) > 0:
			needs = strings.Join(append([]string{strings.Join(quoted(o.anyOf), " or ")}, quoted(o.besides)...), " and ")
		case o.guarded:
			needs = "to be signed in"
		}
		fmt.Fprintf(&b, "| `%s %s` | %s |\n", o.method, o.path, needs)
	}
	return b.String()
}

func quoted(permissions []access.Permission) []string {
	out := make([]string, len(permissions))
	for i, p := range permissions {
		out[i] = "`" + string(p) + "`"
	}
	return out
}

func grantsTable() string {
	var b strings.Builder
	b.WriteString("## What operations may do besides\n\nAn operation of several writes is given what it has to do, while it lasts, and " +
		"nothing else: who may check out may not create\norders in any other way. What no role can have is in italics.\n\n| operation | is given |\n|---|---|\n")
	name := func(p access.Permission) string {
		if access.Known(p) {
			return "`" + string(p) + "`"
		}
		return "*" + string(p) + "*"
	}
	grants := access.Grants()
	for _, p := range slices.Sorted(maps.Keys(grants)) {
		given := grants[p]
		names := make([]string, len(given))
		for i, g := range given {
			names[i] = name(g)
		}
		fmt.Fprintf(&b, "| %s | %s |\n", name(p), strings.Join(names, ", "))
	}
	return b.String()
}
