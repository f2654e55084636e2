package pgtemp

import (
	"fmt"
	"os"
	"path/filepath"
)

// account is the user a server runs as when that is not the current one. The
// nil account is the current user.
type account struct {
	name     string
	uid, gid uint32
}

// take gives a file to the account. The nil account has it already.
func (a *account) take(file string) error {
	if a == nil {
		return nil
	}
	if err := os.Chown(file, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("pgtemp: give %s to user %s: %w", file, a.name, err)
	}
	return nil
}

// obstacle names the first directory, from dir upwards, that is not open to
// everyone and so may be what keeps the account from its files; "" if none is.
func (a *account) obstacle(dir string) string {
	for a != nil {
		info, err := os.Stat(dir)
		if err == nil && info.Mode().Perm()&0o001 == 0 {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return ""
}
