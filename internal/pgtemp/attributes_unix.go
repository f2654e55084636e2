//go:build unix && !linux

package pgtemp

import "syscall"

// attributes cannot bind the child's life to this program's on these systems.
func attributes(owner *account, _ syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Credential: owner.credential()}
}
