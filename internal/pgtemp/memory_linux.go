package pgtemp

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	sharedMemory = "/dev/shm"
	tmpfsMagic   = 0x01021994  // see statfs(2)
	orphanAge    = time.Minute // a log that is younger may be about to be held
	// memoryNeeded leaves room for what all tests together write, their write-ahead
	// log included.
	memoryNeeded = 4 << 30
)

// Memory returns a directory in memory if the system has one with 4 GiB left, and
// os.TempDir() otherwise. Creating a database there costs a sixth of what it does on ext4,
// which for every new file looks among all files that were deleted in the last seconds.
// Memory removes what programs that were killed have left behind there.
func Memory() string {
	var stat syscall.Statfs_t
	err := syscall.Statfs(sharedMemory, &stat)
	if err != nil || stat.Type != tmpfsMagic || stat.Bavail*uint64(stat.Bsize) < memoryNeeded { //nolint:gosec // sizes are positive
		return os.TempDir()
	}
	removeOrphans(sharedMemory)
	return sharedMemory
}

// removeOrphans removes the directories of servers whose log nobody holds any more.
// What fails here is left for the next time.
func removeOrphans(parent string) {
	logs, err := filepath.Glob(filepath.Join(parent, directoryPrefix+"*", logName))
	if err != nil {
		return
	}
	for _, name := range logs {
		if orphaned(name) {
			_ = os.RemoveAll(filepath.Dir(name))
		}
	}
}

// orphaned reports whether neither the program that started the server nor a process
// of the server is there to hold its log.
func orphaned(name string) bool {
	file, err := os.Open(name) //nolint:gosec // a name of ours
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil || time.Since(info.ModTime()) < orphanAge {
		return false
	}
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

// hold keeps the directory of the log from being taken for an orphan, as long as this
// process or one that inherits the file is there.
func hold(log *os.File) error {
	if err := syscall.Flock(int(log.Fd()), syscall.LOCK_SH); err != nil {
		return fmt.Errorf("flock: %w", err)
	}
	return nil
}
