package pgtemp

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const directoryPrefix = "storekeeper-postgres-"

// The names below a server's directory.
const (
	dataDir      = "data"
	configFile   = "postgresql.conf"
	logName      = "server.log"
	passwordFile = "password"
)

// directory is the one place where a server keeps its files.
type directory struct {
	path     string
	password string
	log      logFile
}

// newDirectory makes a private directory below parent, with the log and these
// files in it, which may hold the password: a new random one if it is empty. It
// belongs to the owner only once it is filled, so that nobody can slip in a link
// that root would write through.
func newDirectory(parent string, owner *account, password string, files func(password string) map[string]string) (directory, error) {
	if parent == "" {
		parent = os.TempDir()
	}
	parent, err := filepath.Abs(parent)
	if err != nil {
		return directory{}, fmt.Errorf("pgtemp: directory of the server: %w", err)
	}
	path, err := os.MkdirTemp(parent, directoryPrefix)
	if err != nil {
		return directory{}, fmt.Errorf("pgtemp: directory of the server: %w", err)
	}
	if password == "" {
		password = rand.Text()
	}
	d := directory{path: path, password: password}
	if err := d.fill(owner, files(password)); err != nil {
		return directory{}, errors.Join(err, d.remove())
	}
	return d, nil
}

func (d *directory) fill(owner *account, files map[string]string) error {
	for name, content := range files {
		if err := os.WriteFile(d.file(name), []byte(content), 0o600); err != nil {
			return fmt.Errorf("pgtemp: prepare the server's directory: %w", err)
		}
		if err := owner.take(d.file(name)); err != nil {
			return err
		}
	}
	log, err := openLog(d.file(logName))
	if err != nil {
		return err
	}
	d.log = log
	return owner.take(d.path)
}

func (d *directory) file(name string) string {
	return filepath.Join(d.path, name)
}

// remove takes away the directory with all that is in it.
func (d *directory) remove() error {
	if err := errors.Join(d.log.close(), os.RemoveAll(d.path)); err != nil {
		return fmt.Errorf("pgtemp: remove the server's directory: %w", err)
	}
	return nil
}
