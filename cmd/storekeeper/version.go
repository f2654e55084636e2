package main

import (
	"fmt"
	"io"
	"runtime/debug"
)

// release is set by the linker in release builds.
var release string //nolint:gochecknoglobals // the linker can set nothing else

// version is the release, or else the commit that the binary was built from.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				dirty = "-dirty"
			}
		}
	}
	if revision == "" {
		return "devel"
	}
	return "devel-" + revision + dirty
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(a *app) error {
	return a.print(map[string]string{"version": version()}, func(w io.Writer) { fmt.Fprintln(w, version()) })
}
