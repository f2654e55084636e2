package pgtemp

import (
	"context"
	"syscall"
	"time"
)

// How long each way to end a server may take before the next, harder one. In
// an immediate shutdown the postmaster itself kills what is left after five
// seconds.
const (
	fastPatience      = 10 * time.Second
	immediatePatience = 7 * time.Second
)

// halt takes the server down: in order if that is quick enough, as in a crash
// otherwise. When it returns nil no process of the server is left.
func (s *Server) halt(ctx context.Context) error {
	child := s.running.Load()
	if child == nil {
		return nil
	}
	child.shutDown(ctx)
	if err := child.sweep(ctx); err != nil {
		return err
	}
	s.crashed = s.crashed || child.killed()
	s.running.Store(nil)
	return nil
}

func (p *process) shutDown(ctx context.Context) {
	if !p.alive() {
		return
	}
	p.signal(syscall.SIGINT)
	if p.ends(ctx, fastPatience) {
		return
	}
	p.signal(syscall.SIGQUIT)
	if p.ends(context.WithoutCancel(ctx), immediatePatience) {
		return
	}
	p.signal(syscall.SIGKILL)
}
