package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/vearutop/statigz"
)

// index is the only page of the admin UI, which routes by the fragment of the URL.
const index = "index.html"

// parts is the folder of the files that the page loads.
const parts = "ui/"

// registerUI serves the built admin UI: index.html at /, with the nonce of the answer in
// place of __CSP_NONCE__, and every other file under its name. The page loads the files
// below ui under addresses that contain the build, so they can be cached forever, and a tab
// that was opened before an upgrade never loads files of the new build, which would not fit
// its own. Browsers that open any other path, such as /orders, are redirected to that page
// of the UI.
func (s *Server) registerUI(files fs.FS) error {
	if files == nil {
		return nil
	}
	page, err := fs.ReadFile(files, index)
	if err != nil {
		return fmt.Errorf("admin UI: %w", err)
	}
	build, err := buildOf(files)
	if err != nil {
		return fmt.Errorf("admin UI: %w", err)
	}
	text := strings.ReplaceAll(string(page), `"/`+parts, `"/`+parts+build+"/")
	s.engine.GET("/", func(c *gin.Context) {
		body, policy := withNonce(text)
		c.Header(policyHeader, policy)
		c.Header("Cache-Control", "no-store")
		c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(body))
	})
	folder, ok := files.(fs.ReadDirFS)
	if !ok {
		return errors.New("admin UI: the files cannot be listed")
	}
	server := conforming(statigz.FileServer(folder, statigz.EncodeOnInit))
	err = fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir(), path == index:
			return nil
		case strings.ContainsAny(path, ":*"):
			return fmt.Errorf("%s: not a name for a route", path)
		}
		caching, address := "no-cache", "/"+path
		if name, ok := strings.CutPrefix(path, parts); ok {
			caching, address = "public, max-age=31536000, immutable", "/"+parts+build+"/"+name
		}
		s.engine.GET(address, func(c *gin.Context) {
			c.Header("Cache-Control", caching)
			r := c.Request.Clone(c.Request.Context())
			r.URL.Path = "/" + path
			server.ServeHTTP(c.Writer, r)
		})
		return nil
	})
	if err != nil {
		return fmt.Errorf("admin UI: %w", err)
	}
	s.engine.NoRoute(func(c *gin.Context) {
		r := c.Request
		person := r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html")
		if !person || strings.HasPrefix(r.URL.Path+"/", "/api/") {
			s.nothing(c)
			return
		}
		c.Redirect(http.StatusFound, "/#"+r.URL.RequestURI())
	})
	return nil
}

// buildOf identifies a build by the content of its files.
func buildOf(files fs.FS) (string, error) {
	hash := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		fmt.Fprintf(hash, "%s %d\n%s", path, len(data), data)
		return nil
	})
	return hex.EncodeToString(hash.Sum(nil)[:8]), err
}
