package main

import (
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
	p.pair, p.changed, p.checked = &pair, changed, time.Now()
	return nil
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
	changed, err := p.times()
	if err == nil && changed == p.changed {
		return p.pair, nil
	}
	if err == nil {
		err = p.load()
	}
	if err != nil {
		p.log.WarnContext(hello.Context(), "the new certificate cannot be used; the old one stays in use", "error", err)
		return p.pair, nil
	}
	p.log.InfoContext(hello.Context(), "the certificate was renewed", "until", p.pair.Leaf.NotAfter)
	return p.pair, nil
}
