package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
)

// httpFlags are the limits for slow or hostile clients, and settings for what stands
// between the clients and this program.
type httpFlags struct {
	ReadHeaderTimeout time.Duration `default:"10s" help:"How long a client may take to send the header of a request."`
	ReadTimeout       time.Duration `default:"60s" help:"How long a client may take to send a whole request."`
	WriteTimeout      time.Duration `default:"120s" help:"How long an answer may take, from the header of the request to the last byte of the answer."`
	IdleTimeout       time.Duration `default:"120s" help:"How long a connection is kept open between requests."`
	RequestTimeout    time.Duration `default:"30s" help:"How long a request may be processed, including its SQL."`
	MaxHeaderBytes    int           `default:"32768" help:"Maximum size of a request's header in bytes, including cookies; at least 16384."`

	TLSCert string        `name:"tls-cert" default:"" type:"path" help:"Certificate file (PEM, with its chain) for TLS; reloaded when it changes."`
	TLSKey  string        `name:"tls-key" default:"" type:"path" help:"Key file (PEM) of the certificate."`
	HSTS    time.Duration `name:"hsts" default:"8760h" help:"How long browsers are told to insist on TLS (Strict-Transport-Security), only over TLS; 0 turns it off."`

	TrustedProxies []network `placeholder:"CIDR" help:"Addresses or networks of the proxies whose X-Forwarded-For and X-Forwarded-Proto are trusted."`
	CORSOrigins    []string  `name:"cors-origins" placeholder:"ORIGIN" help:"Other origins whose pages may call the API, for example https://shop.example; or * for all, without cookies."`
}

// network is a network of IP addresses; a single address is a network of one.
type network netip.Prefix

// UnmarshalText implements encoding.TextUnmarshaler, for kong.
func (n *network) UnmarshalText(text []byte) error {
	if ip, err := netip.ParseAddr(string(text)); err == nil {
		ip = ip.Unmap().WithZone("")
		*n = network(netip.PrefixFrom(ip, ip.BitLen()))
		return nil
	}
	prefix, err := netip.ParsePrefix(string(text))
	if err != nil || prefix.Addr().Is4In6() {
		return fmt.Errorf("%q: expected an address or a network, such as 10.0.0.0/8", text)
	}
	*n = network(prefix.Masked())
	return nil
}

// minHeaderBytes is the minimum of --max-header-bytes, on which every client can rely.
const minHeaderBytes = 16 << 10

// Validate implements kong's validation.
func (f *httpFlags) Validate() error {
	if err := errors.Join(
		positive(
			period{"--read-header-timeout", f.ReadHeaderTimeout},
			period{"--read-timeout", f.ReadTimeout},
			period{"--write-timeout", f.WriteTimeout},
			period{"--idle-timeout", f.IdleTimeout},
			period{"--request-timeout", f.RequestTimeout},
		),
		notNegative(period{"--hsts", f.HSTS}),
	); err != nil {
		return err
	}
	switch {
	case f.ReadHeaderTimeout > f.ReadTimeout:
		return errors.New("--read-header-timeout: expected no more than --read-timeout, which includes it")
	case f.RequestTimeout >= f.WriteTimeout:
		return errors.New("--request-timeout: expected less than --write-timeout, or the answer to it could not be sent")
	case f.MaxHeaderBytes < minHeaderBytes:
		return fmt.Errorf("--max-header-bytes: expected at least %d, got %d", minHeaderBytes, f.MaxHeaderBytes)
	case f.MaxHeaderBytes > 1<<20:
		return fmt.Errorf("--max-header-bytes: expected at most %d, got %d", 1<<20, f.MaxHeaderBytes)
	case (f.TLSCert == "") != (f.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key: expected both, or neither")
	}
	if err := handlers.CheckOrigins(f.CORSOrigins); err != nil {
		return fmt.Errorf("--cors-origins: %w", err)
	}
	return nil
}

func (f *httpFlags) proxies() []netip.Prefix {
	out := make([]netip.Prefix, len(f.TrustedProxies))
	for i, n := range f.TrustedProxies {
		out[i] = netip.Prefix(n)
	}
	return out
}

func (f *httpFlags) scheme() string {
	if f.TLSCert != "" {
		return "https"
	}
	return "http"
}

// server is the HTTP server with its limits. Its requests are not cancelled when ctx
// ends, because they are drained, and they do not inherit the viewer of ctx.
func (f *httpFlags) server(ctx context.Context, a *app, api http.Handler) *http.Server {
	return &http.Server{
		Handler:           api,
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: f.ReadHeaderTimeout,
		ReadTimeout:       f.ReadTimeout,
		WriteTimeout:      f.WriteTimeout,
		IdleTimeout:       f.IdleTimeout,
		// OPTIONS * is answered like every unknown request, with the headers of all answers.
		DisableGeneralOptionsHandler: true,
		// net/http adds 4096 for what it reads in one go; without this the limit would not
		// be what the flag says.
		MaxHeaderBytes: f.MaxHeaderBytes - 4096,
		BaseContext:    func(net.Listener) context.Context { return access.With(context.WithoutCancel(ctx), nil) },
	}
}

// listen opens the address, with TLS when there is a certificate. A certificate that
// cannot be read is an error now, not at the first handshake.
func (f *httpFlags) listen(ctx context.Context, a *app, address string) (net.Listener, error) {
	var config *tls.Config
	if f.TLSCert != "" {
		pair := &keyPair{cert: f.TLSCert, key: f.TLSKey, log: a.log}
		if err := pair.load(); err != nil {
			return nil, err
		}
		pair.sayValidity(ctx)
		config = &tls.Config{
			MinVersion:     tls.VersionTLS12,
			NextProtos:     []string{"h2", "http/1.1"},
			GetCertificate: pair.get,
		}
	}
	listener, err := listenOn(ctx, "--listen", address)
	if err != nil {
		return nil, err
	}
	if config != nil {
		listener = tls.NewListener(listener, config)
	}
	return listener, nil
}

// checkAddress refuses invalid addresses. Whether this machine has the address shows only
// when it listens.
func checkAddress(flag, address string) error {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = net.LookupPort("tcp", port) //nolint:noctx // looks into a table
	}
	if err != nil {
		return fmt.Errorf("%s: expected an address and a port, such as 127.0.0.1:8080, or :8080 for all addresses", flag)
	}
	return nil
}

// listenOn opens the address that the flag gives.
func listenOn(ctx context.Context, flag, address string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken, perhaps by another storekeeper: choose an address with %s", address, flag)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s: this account may not listen on %s: choose a port from 1024 on, "+
			"or allow it with CAP_NET_BIND_SERVICE (man 7 capabilities)", flag, address)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", flag, err)
	}
	return listener, nil
}
