package handlers

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"
	"github.com/swaggest/swgui/v5/static"
	"github.com/vearutop/statigz"
)

// docsPage is the page that loads the bundled Swagger UI, without inline scripts.
//
//go:embed docs
var docsPage embed.FS

// registerDocs serves the OpenAPI document and Swagger UI. Neither is an operation of the
// document.
func (s *Server) registerDocs() error {
	s.engine.GET("/openapi.json", func(c *gin.Context) {
		c.Data(http.StatusOK, "application/openapi+json", s.OpenAPI())
	})
	s.engine.GET("/docs", func(c *gin.Context) {
		c.Header(policyHeader, docsPolicy)
		c.FileFromFS("docs/", http.FS(docsPage))
	})
	script, err := fs.ReadFile(docsPage, "docs/init.js")
	if err != nil {
		return fmt.Errorf("docs: %w", err)
	}
	files := statigz.FileServer(static.FS)
	bundle := http.StripPrefix("/docs", conforming(files))
	s.engine.GET("/docs/:file", func(c *gin.Context) {
		if c.Param("file") == "init.js" {
			c.Data(http.StatusOK, "text/javascript; charset=utf-8", script)
			return
		}
		if !files.Found(&http.Request{URL: &url.URL{Path: "/" + c.Param("file")}, Header: c.Request.Header}) {
			s.nothing(c)
			return
		}
		bundle.ServeHTTP(c.Writer, c.Request)
	})
	return nil
}
