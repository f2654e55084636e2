package pgtemp

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrNoBinaries says that no installed PostgreSQL server was found. Its text,
// as Start returns it, lists the places searched and how to install one.
var ErrNoBinaries = errors.New("no PostgreSQL server is installed")

const installHint = "install one, for example with `apt-get install postgresql` or `brew install postgresql`"

// places are where binaries are looked for: a PATH list first, then glob
// patterns of directories in order of preference.
type places struct {
	path     string
	patterns []string
}

func standardPlaces() places {
	return places{
		path: os.Getenv("PATH"),
		patterns: []string{
			"/usr/lib/postgresql/*/bin",
			"/usr/pgsql-*/bin",
			"/opt/homebrew/opt/postgresql*/bin",
			"/usr/local/opt/postgresql*/bin",
			"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
			"/Applications/Postgres.app/Contents/Versions/*/bin",
		},
	}
}

// find returns the directory that holds both postgres and initdb. Symbolic
// links on the PATH are followed, since PostgreSQL finds its other files
// relative to its real place. Of several versions below one pattern the newest
// wins.
func (p places) find() (string, error) {
	for _, dir := range filepath.SplitList(p.path) {
		file, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
		if err == nil && filepath.IsAbs(file) && hasServer(filepath.Dir(file)) {
			return filepath.Dir(file), nil
		}
	}
	for _, pattern := range p.patterns {
		for _, dir := range newestFirst(pattern) {
			if hasServer(dir) {
				return dir, nil
			}
		}
	}
	return "", fmt.Errorf("pgtemp: %w: searched for postgres and initdb on the PATH (%s) and in %s; %s",
		ErrNoBinaries, p.path, strings.Join(p.patterns, ", "), installHint)
}

func hasServer(dir string) bool {
	return executable(filepath.Join(dir, "postgres")) && executable(filepath.Join(dir, "initdb"))
}

func executable(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0
}

func newestFirst(pattern string) []string {
	dirs, err := filepath.Glob(pattern)
	if err != nil {
		return nil
	}
	slices.SortFunc(dirs, func(a, b string) int {
		return slices.Compare(versionIn(b), versionIn(a))
	})
	return dirs
}

var digits = regexp.MustCompile(`\d+`)

// versionIn reads the numbers in a path, so that 16 sorts after 9.6.
func versionIn(dir string) []int {
	var version []int
	for _, number := range digits.FindAllString(dir, -1) {
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil
		}
		version = append(version, n)
	}
	return version
}
