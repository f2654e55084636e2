package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
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
