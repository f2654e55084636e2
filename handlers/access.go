package handlers

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// AuthenticateFunc returns the viewer who sends a request, or nil for nobody. An error of
// kind Unauthenticated means an invalid credential, and is answered like a missing one.
type AuthenticateFunc func(r *http.Request) (*access.Viewer, error)

// open are the paths below the API's prefix that can be called without signing in.
var open = []string{prefix + "/auth/login", prefix + "/auth/totp", prefix + "/auth/setup"}

// authenticate finds out who sends the request before anything else in it is read, and
// refuses an anonymous request below the API's prefix. The sender becomes the viewer of the
// request's context, in place of the viewer of the server's own context.
func (s *Server) authenticate(c *gin.Context) {
	r := c.Request
	var viewer *access.Viewer
	if strings.HasPrefix(r.URL.Path, prefix) && !slices.Contains(open, r.URL.Path) {
		c.Header("Cache-Control", "no-store")
		ctx, cancel := context.WithTimeout(r.Context(), s.timeout) // the request of an export has no deadline
		defer cancel()
		err := s.gate.Caller(ctx, func() (err error) {
			viewer, err = s.viewer(r.WithContext(ctx))
			return err
		})
		if err != nil {
			s.fail(c, problemOf(r.Context(), s.log, err))
			return
		}
	}
	c.Request = r.WithContext(access.With(r.Context(), viewer))
	c.Next()
}

// viewer returns who sends the request. It is never nil without an error.
func (s *Server) viewer(r *http.Request) (*access.Viewer, error) {
	if s.auth != nil {
		if viewer, err := s.auth(r); err != nil {
			return nil, err
		} else if viewer != nil {
			return viewer, meant(r, viewer)
		}
	}
	return nil, access.Check(access.With(r.Context(), nil), access.Anyone)
}

// memberHeader is the header with which a page says for which member it was loaded. A
// browser has one session, and somebody else may have signed in since, in another tab.
const memberHeader = "Storekeeper-Member"

// meant refuses a request that was meant for another member's session.
func meant(r *http.Request, viewer *access.Viewer) error {
	member := r.Header.Get(memberHeader)
	if member == "" || member == strconv.FormatInt(viewer.StaffID, 10) {
		return nil
	}
	return shop.Errorf(shop.KindUnauthenticated, "somebody else has signed in here since: sign in again")
}

// write waits for its turn at the database and runs the writes of a request.
func (s *Server) write(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	return s.gate.Write(ctx, func() error { return s.tx(ctx, fn) })
}

// tx runs the writes of a request that already has its turn.
func (s *Server) tx(ctx context.Context, fn func(ctx context.Context, tx *ent.Client) error) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		ctx, err := s.confirmed(ctx, tx)
		if err != nil {
			return err
		}
		return fn(ctx, tx)
	})
}

// confirmed returns the context of a request that may have taken long to get here. It looks
// up the sender again, so that the operation begins with the permissions that they have
// now.
func (s *Server) confirmed(ctx context.Context, tx *ent.Client) (context.Context, error) {
	if s.staff == nil {
		return ctx, nil
	}
	now, err := s.staff.Confirm(ctx, tx)
	if err != nil || now == access.From(ctx) {
		return ctx, err
	}
	return guarded(access.With(ctx, now), requestOf(ctx).Operation)
}

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
