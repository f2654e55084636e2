package store

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Exists reports whether there is a file at an SQLite URL. Of other databases it
// says yes: only opening them tells.
func Exists(databaseURL string) (bool, error) {
	if !strings.HasPrefix(databaseURL, "sqlite:") {
		return true, nil
	}
	path, err := sqlitePath(databaseURL)
	if err != nil {
		return false, err
	}
	_, err = os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, onDisk(path, err)
}
