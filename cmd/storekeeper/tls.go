package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// keyPair is a certificate and its key, in files that another program renews. They are
// checked for changes at most once every recheck, and read again when changed. While the
// new pair cannot be read, the old one stays in use: renewals write one file after the
// other.
type keyPair struct {
	cert, key string
	log       *slog.Logger

	mu      sync.Mutex
	pair    *tls.Certificate
	changed [2]time.Time // of the files that pair was read from
	checked time.Time
	expired bool // has been said of pair
}

const recheck = 10 * time.Second

// load reads the files.
func (p *keyPair) load() error {
	changed, err := p.times()
	if err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(p.cert, p.key)
	if err != nil {
		return fmt.Errorf("--tls-cert %s, --tls-key %s: %w", p.cert, p.key, err)
	}
	p.pair, p.changed, p.checked, p.expired = &pair, changed, time.Now(), false
	return nil
}

// sayExpired warns once of a certificate that browsers refuse.
func (p *keyPair) sayExpired(ctx context.Context) {
	if until := p.pair.Leaf.NotAfter; !p.expired && time.Now().After(until) {
		p.expired = true
		p.log.ErrorContext(ctx, "the certificate has expired, and browsers refuse it: renew it", "file", p.cert, "until", until)
	}
}

func (p *keyPair) times() ([2]time.Time, error) {
	var out [2]time.Time
	for i, file := range []struct{ flag, name string }{{"--tls-cert", p.cert}, {"--tls-key", p.key}} {
		info, err := os.Stat(file.name)
		if err != nil {
			return out, fmt.Errorf("%s: %w", file.flag, err)
		}
		out[i] = info.ModTime()
	}
	return out, nil
}

// get returns the pair for a handshake.
func (p *keyPair) get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.checked) < recheck {
		return p.pair, nil
	}
	p.checked = time.Now()
	p.renew(hello.Context())
	p.sayExpired(hello.Context())
	return p.pair, nil
}

// renew reads the files again if they have changed.
func (p *keyPair) renew(ctx context.Context) {
	changed, err := p.times()
	if err == nil && changed == p.changed {
		return
	}
	if err == nil {
		err = p.load()
	}
	if err != nil {
		p.log.WarnContext(ctx, "the new certificate cannot be used; the old one stays in use", "error", err)
		return
	}
	p.log.InfoContext(ctx, "the certificate was renewed", "until", p.pair.Leaf.NotAfter)
}
