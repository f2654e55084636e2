package store

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Missing returns the path of the file of an SQLite URL if there is no such file, else "". It
// does so for other databases, because only opening them shows whether they exist.
func Missing(databaseURL string) (string, error) {
	if !strings.HasPrefix(databaseURL, "sqlite:") {
		return "", nil
	}
	path, err := sqlitePath(databaseURL)
	if err != nil {
		return "", err
	}
	_, err = os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	return "", onDisk(path, err)
}
