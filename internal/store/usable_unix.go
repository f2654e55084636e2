//go:build unix

package store

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// usable returns an error when the file is a folder, or may not be read and written. It
// does not open the file: see createPrivate.
func usable(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err //nolint:wrapcheck // says which file
	}
	if info.IsDir() {
		return &fs.PathError{Op: "open", Path: path, Err: unix.EISDIR}
	}
	if err := unix.Access(path, unix.R_OK|unix.W_OK); err != nil {
		return &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return nil
}

// denied names the first of the files of the database that this user may not read and write,
// its owner, and the command that changes that. It returns nothing when there is no such file.
func denied(file string) string {
	for _, name := range []string{file, file + "-wal", file + "-shm"} {
		var info unix.Stat_t
		if unix.Stat(name, &info) != nil || unix.Access(name, unix.R_OK|unix.W_OK) == nil {
			continue
		}
		quoted := "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
		owner, own := userName(info.Uid), userName(uint32(os.Getuid())) //nolint:gosec // not negative on Unix
		if owner == own {
			return fmt.Sprintf("%s may not be read and written, though it belongs to %s: run chmod u+rw %s", name, own, quoted)
		}
		return fmt.Sprintf("%s belongs to %s, and storekeeper runs as %s: run, as root, chown %s %s", name, owner, own, own, quoted)
	}
	return ""
}

// userName is the name of a user, or the number of one without a name.
func userName(uid uint32) string {
	number := strconv.FormatUint(uint64(uid), 10)
	if known, err := user.LookupId(number); err == nil {
		return known.Username
	}
	return number
}
