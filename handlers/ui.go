package handlers

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/vearutop/statigz"
)

// index is the page of the admin UI, the only one: it finds its way by the
// fragment of the address.
const index = "index.html"

// registerUI serves the built admin UI: index.html at /, with the nonce of the
// answer in the places of __CSP_NONCE__, and every other file under its name.
// Files below assets have the hash of their content in their names and are kept
// for good.
func (s *Server) registerUI(files fs.FS) error {
	if files == nil {
		return nil
	}
	page, err := fs.ReadFile(files, index)
	if err != nil {
		return fmt.Errorf("admin UI: %w", err)
	}
	s.engine.GET("/", func(c *gin.Context) {
		body, policy := withNonce(string(page))
		c.Header(policyHeader, policy)
		c.Header("Cache-Control", "no-store")
		c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(body))
	})
	folder, ok := files.(fs.ReadDirFS)
	if !ok {
		return errors.New("admin UI: the files cannot be listed")
	}
	server := statigz.FileServer(folder, statigz.EncodeOnInit)
	err = fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir(), path == index:
			return nil
		case strings.ContainsAny(path, ":*"):
			return fmt.Errorf("%s: not a name for a route", path)
		}
		caching := "no-cache"
		if strings.HasPrefix(path, "assets/") {
			caching = "public, max-age=31536000, immutable"
		}
		s.engine.GET("/"+path, func(c *gin.Context) {
			c.Header("Cache-Control", caching)
			server.ServeHTTP(c.Writer, c.Request)
		})
		return nil
	})
	if err != nil {
		return fmt.Errorf("admin UI: %w", err)
	}
	return nil
}
