package handlers

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

const (
	// lsnHeader gives a client a position in the database's log after its change. The
	// client sends it back, so that it is never shown an earlier state.
	lsnHeader = "Storekeeper-Lsn"
	// lsnCookie does the same for the admin UI.
	lsnCookie = "storekeeper_lsn"
	// lsnLife is longer than the lag of any standby that is read.
	lsnLife = 10 * time.Minute
)

// follow makes sure that callers who read from a standby see what they have written. The
// client keeps the position that this requires, so it works across all replicas of this
// program.
func (s *Server) follow(c *gin.Context) {
	viewer := access.From(c.Request.Context())
	screen := viewer != nil && viewer.Kind == access.KindStaff
	secure := requestOf(c.Request.Context()).Secure
	ctx := store.Follow(c.Request.Context(), lsnOf(c.Request), func(lsn store.LSN) {
		c.Header(lsnHeader, lsn.String())
		if screen {
			setOnly(c.Writer.Header(), &http.Cookie{ //nolint:gosec // Secure behind TLS
				Name: lsnCookie, Value: lsn.String(), Path: prefix, MaxAge: int(lsnLife.Seconds()),
				HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure,
			})
		}
	})
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// lsnOf is the position up to which the client must see everything. If it cannot be parsed,
// it is UnknownLSN, which only the primary serves.
func lsnOf(r *http.Request) store.LSN {
	text := r.Header.Get(lsnHeader)
	if text == "" {
		if cookie, err := r.Cookie(lsnCookie); err == nil {
			text = cookie.Value
		}
	}
	if text == "" {
		return 0
	}
	lsn, err := store.ParseLSN(text)
	if err != nil {
		return store.UnknownLSN
	}
	return lsn
}

// setOnly sets a cookie, and removes an earlier one of the same name.
func setOnly(h http.Header, cookie *http.Cookie) {
	h["Set-Cookie"] = append(slices.DeleteFunc(h["Set-Cookie"], func(set string) bool {
		return strings.HasPrefix(set, cookie.Name+"=")
	}), cookie.String())
}
