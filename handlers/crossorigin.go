package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/rs/cors"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// anyOrigin lets pages of every origin call the API with a token.
const anyOrigin = "*"

// crossOrigin says what pages of other origins may do.
type crossOrigin struct {
	allowed    *cors.Cors // nil when none may do anything
	protection *http.CrossOriginProtection
}

// newCrossOrigin allows pages of these origins, such as https://shop.example, to call the
// API. Origins that are named share the browser's login. "*" must be the only entry: it
// allows all origins, and does not share the login.
func newCrossOrigin(origins []string) (crossOrigin, error) {
	c := crossOrigin{protection: http.NewCrossOriginProtection()}
	if len(origins) == 0 {
		return c, nil
	}
	wildcard := slices.Contains(origins, anyOrigin)
	if wildcard && len(origins) > 1 {
		return c, fmt.Errorf("%q allows every origin: expected it alone, or origins by name", anyOrigin)
	}
	for _, origin := range origins {
		if wildcard {
			break
		}
		if err := checkOrigin(origin); err != nil {
			return c, err
		}
		if err := c.protection.AddTrustedOrigin(origin); err != nil {
			return c, fmt.Errorf("origin %q: %w", origin, err)
		}
	}
	c.allowed = cors.New(cors.Options{
		AllowedOrigins:   origins,
		AllowedMethods:   []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete},
		AllowedHeaders:   []string{"Authorization", "Content-Type", "Idempotency-Key", "If-Match", lsnHeader, "X-Request-Id"},
		ExposedHeaders:   []string{"ETag", "Idempotency-Replayed", "Location", "Retry-After", lsnHeader, "X-Request-Id"},
		AllowCredentials: !wildcard,
		MaxAge:           600,
	})
	return c, nil
}

// CheckOrigins refuses invalid values of Config.CORSOrigins.
func CheckOrigins(origins []string) error {
	_, err := newCrossOrigin(origins)
	return err
}

// checkOrigin refuses patterns, and whatever else no browser would send as an Origin.
func checkOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(origin, "*, ") ||
		origin != u.Scheme+"://"+strings.ToLower(u.Host) {
		return fmt.Errorf("origin %q: expected SCHEME://HOST[:PORT] in lower case, such as https://shop.example", origin)
	}
	return nil
}

// allowOrigins answers the preflight requests of browsers, and marks the answers that pages
// of other origins may read.
func (s *Server) allowOrigins(c *gin.Context) {
	if s.origins.allowed == nil || !strings.HasPrefix(c.Request.URL.Path, prefix+"/") {
		c.Next()
		return
	}
	s.origins.allowed.HandlerFunc(c.Writer, c.Request)
	if c.Request.Method == http.MethodOptions && c.GetHeader("Access-Control-Request-Method") != "" {
		c.Abort()
		c.Writer.WriteHeaderNow()
		return
	}
	c.Next()
}

// refuseCrossOrigin keeps pages of other origins from writing with the login of the browser
// that shows them. It lets requests with a token pass: a browser adds cookies by itself,
// but never a token, and it sends a preflight request (allowOrigins) before one to which a
// page has added a token.
func (s *Server) refuseCrossOrigin(c *gin.Context) {
	if !hasToken(c.Request) {
		if err := s.origins.protection.Check(c.Request); err != nil {
			s.fail(c, newProblem(http.StatusForbidden, string(shop.KindForbidden),
				"a page of another origin may not do this; its origin is not among those allowed"))
			return
		}
	}
	c.Next()
}

// hasToken reports whether the request has a token. The cookies of such a request are
// ignored.
func hasToken(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Bearer") && strings.TrimSpace(token) != ""
}
