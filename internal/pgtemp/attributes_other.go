//go:build !unix

package pgtemp

import "syscall"

// attributes is never reached: serverAccount refuses these systems before.
func attributes(*account, syscall.Signal) *syscall.SysProcAttr {
	return nil
}
