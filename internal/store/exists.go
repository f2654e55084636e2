package store

import (
	"errors"
	"fmt"
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
	if err != nil {
		return false, fmt.Errorf("database URL: %w", err)
	}
	return true, nil
}
