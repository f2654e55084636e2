package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
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
	said    validity // of pair, in the log
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
	p.pair, p.changed, p.checked, p.said = &pair, changed, time.Now(), valid
	return nil
}

// validity is whether browsers take a certificate.
type validity int

const (
	valid   validity = iota
	expires          // soon: less than a tenth of its life is left, and whatever renews it has failed for a while
	expired
	notYetValid
)

func validityOf(c *x509.Certificate, now time.Time) validity {
	switch {
	case now.After(c.NotAfter):
		return expired
	case now.Before(c.NotBefore):
		return notYetValid
	case c.NotAfter.Sub(now) < c.NotAfter.Sub(c.NotBefore)/10:
		return expires
	}
	return valid
}

// sayValidity logs once that browsers refuse the certificate, or will soon.
func (p *keyPair) sayValidity(ctx context.Context) {
	found := validityOf(p.pair.Leaf, time.Now())
	if found == p.said {
		return
	}
	p.said = found
	log := p.log.With("file", p.cert, "from", p.pair.Leaf.NotBefore, "until", p.pair.Leaf.NotAfter)
	switch found {
	case expires:
		log.WarnContext(ctx, "the certificate expires soon: renew it")
	case expired:
		log.ErrorContext(ctx, "the certificate has expired, and browsers refuse it: renew it")
	case notYetValid:
		log.ErrorContext(ctx, "the certificate is not valid yet, and browsers refuse it: is the clock of this machine right?")
	case valid:
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
	p.sayValidity(hello.Context())
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
