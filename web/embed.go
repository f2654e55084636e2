// Package web holds the admin UI as `make web` builds it. The build is committed,
// so that the program needs Go alone.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files are the files of the built admin UI: index.html and what it loads, under
// names that do not change from build to build: whoever serves them keeps builds apart.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("web: " + err.Error()) // the name is constant and valid
	}
	return files
}
