package pgtemp

import "syscall"

func attributes(owner *account, last syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: last, Credential: owner.credential()}
}
