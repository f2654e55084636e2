package pgtemp

import (
	"fmt"
	"os"
	"strconv"
)

// killHolders kills every process that holds the writing end of the lifeline.
// Only descendants of the process it was made for can: the pipe has no name.
func killHolders(lifeline os.FileInfo) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err == nil && pid != os.Getpid() && holds(pid, lifeline) {
			killHolder(pid, lifeline)
		}
	}
}

// killHolder looks again once it has hold of the process, so that a process
// which got the number of one that just ended is left alone.
func killHolder(pid int, lifeline os.FileInfo) {
	holder, err := os.FindProcess(pid)
	if err != nil {
		return
	}
	if holds(pid, lifeline) {
		_ = holder.Kill()
	}
	_ = holder.Release()
}

// holds looks at descriptor 3, the first after the standard ones, where launch
// puts the lifeline. Only its writing end counts.
func holds(pid int, lifeline os.FileInfo) bool {
	descriptor := fmt.Sprintf("/proc/%d/fd/3", pid)
	link, err := os.Lstat(descriptor)
	if err != nil || link.Mode().Perm()&0o600 != 0o200 {
		return false
	}
	target, err := os.Stat(descriptor)
	return err == nil && os.SameFile(target, lifeline)
}
