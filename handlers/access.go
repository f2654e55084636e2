package handlers

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// permission is the extension that names the permissions of an operation. One of those
// listed is enough to be let in. If the list is empty, being signed in is enough. What the
// operation then does may need a certain one of them, as its description says.
const permission = "x-permission"

// besides is the extension that lists the additional permissions, all of which are
// required.
const besides = "x-permission-besides"

// needing declares the permissions of an operation.
func needing(op huma.Operation, anyOf ...access.Permission) huma.Operation {
	declared := slices.DeleteFunc(append([]access.Permission{}, anyOf...), func(p access.Permission) bool { return p == access.Anyone })
	op.Extensions = map[string]any{permission: declared}
	return op
}

// needingBesides declares additional permissions, all of which the operation requires.
func needingBesides(op huma.Operation, all ...access.Permission) huma.Operation {
	op.Extensions[besides] = all
	return op
}

// neededBesides returns what needingBesides declared.
func neededBesides(op *huma.Operation) []access.Permission {
	all, _ := op.Extensions[besides].([]access.Permission)
	return all
}

// needed returns the declared permissions. It panics when nothing was declared: an
// operation that anybody may call has to say so.
func needed(op *huma.Operation) []access.Permission {
	declared, ok := op.Extensions[permission].([]access.Permission)
	if !ok {
		panic("handlers: " + op.OperationID + " does not say which permission it needs")
	}
	return declared
}

// guarded checks that the caller has the permissions that the operation declares, and
// returns the context in which it runs (see access.Allow).
func guarded(ctx context.Context, op *huma.Operation) (context.Context, error) {
	for _, p := range neededBesides(op) {
		if err := access.Check(ctx, p); err != nil {
			return ctx, err
		}
	}
	if anyOf := needed(op); len(anyOf) > 0 {
		return access.AllowAny(ctx, anyOf...)
	}
	return ctx, access.Check(ctx, access.Anyone)
}

// guardOperation refuses callers without the permission before their input is read, and
// documents that.
func guardOperation(api huma.API, s *Server, op *huma.Operation) {
	anyOf := needed(op)
	op.Security = []map[string][]string{{sessionScheme: {}}, {tokenScheme: {}}}
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	if op.Description != "" {
		op.Description += "\n\n"
	}
	needs := "to be signed in"
	if len(anyOf) > 0 {
		needs = access.Needs(anyOf...)
	}
	also := rendered(neededBesides(op), func(p access.Permission) string { return " and " + access.Needs(p) })
	op.Description += "Needs " + needs + strings.Join(also, "") + "."
	op.Middlewares = append(op.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
		requestOf(ctx.Context()).Operation = op
		_, err := guarded(ctx.Context(), op)
		if err == nil {
			err = cmp.Or(checkPath(ctx), checkValues(ctx), checkUnused(ctx))
		}
		if err != nil {
			p := problemOf(ctx.Context(), s.log, err)
			_ = huma.WriteErr(api, ctx, p.Status, p.Detail, p)
			return
		}
		next(ctx)
	})
}

// The security schemes of the document.
const (
	sessionScheme = "sessionCookie" // not "session": a schema is called Session
	tokenScheme   = "token"
)

func securitySchemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{
		sessionScheme: {
			Type: "apiKey", In: "cookie", Name: staff.CookieName,
			Description: "a session that POST /api/v1/auth/login started",
		},
		tokenScheme: {
			Type: "http", Scheme: "bearer", BearerFormat: "sk_…",
			Description: "an API token: it has the permissions that are both in its own list and in its member's role",
		},
	}
}

// checkGuards returns an error that names the operations below the API's prefix that are
// not open and do not declare permissions.
func (s *Server) checkGuards() error {
	for path, item := range s.api.OpenAPI().Paths {
		for _, op := range operationsOf(item) {
			_, declared := op.Extensions[permission]
			if strings.HasPrefix(path, prefix) && declared == slices.Contains(open, path) {
				return fmt.Errorf("handlers: %s: declares a permission: %t; open to everybody: %t",
					op.OperationID, declared, !declared)
			}
		}
	}
	return nil
}

func operationsOf(item *huma.PathItem) []*huma.Operation {
	all := []*huma.Operation{
		item.Get, item.Put, item.Post, item.Delete, item.Options, item.Head, item.Patch, item.Trace,
	}
	return slices.DeleteFunc(all, func(op *huma.Operation) bool { return op == nil })
}

// Permission is something that a role can allow.
type Permission struct {
	Name        access.Permission `json:"name" doc:"RESOURCE:ACTION"`
	Resource    string            `json:"resource"`
	Action      string            `json:"action"`
	Description string            `json:"description" doc:"what it allows, to be read after \"may\""`
}

// PermissionList is the list of all permissions.
type PermissionList struct {
	Items []Permission `json:"items"`
}

// registerPermissions registers the list of permissions.
func registerPermissions(api huma.API, s *Server) {
	op := needing(huma.Operation{
		OperationID: "list-permissions",
		Path:        prefix + "/permissions",
		Summary:     "List all permissions",
		Description: "The permissions that roles and tokens can have.",
		Tags:        []string{"Definitions"},
	})
	read(api, s, op, func(context.Context, *ent.Client, *struct{}) (*Answer[PermissionList], error) {
		items := rendered(access.Permissions(), func(p access.Info) Permission {
			return Permission{Name: p.Name, Resource: p.Resource, Action: p.Action, Description: p.Description}
		})
		return &Answer[PermissionList]{Body: PermissionList{Items: items}}, nil
	})
}
