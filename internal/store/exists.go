package store

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Exists reports whether the file of an SQLite URL exists. For other databases it returns
// true, because only opening them shows whether they exist.
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
