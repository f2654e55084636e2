package handlers

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"unicode"

	"github.com/storekeeper/storekeeper/internal/access"
)

// peer is the client of a request, as far as it can be trusted.
type peer struct {
	ip     netip.Addr // invalid if the connection has no address
	secure bool       // the client uses TLS, to us or to a trusted proxy
}

// proxies are the networks of the trusted proxies.
type proxies []netip.Prefix

func (p proxies) trust(ip netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(ip) })
}

// peer finds the client of a request. Without trusted proxies that is the other end of the
// connection. Otherwise X-Forwarded-For is read from the right, where the nearest proxy
// wrote, up to the first address that is not a trusted proxy. What is left of that may be
// forged. If an entry is not an address, the last one that was trusted counts.
func (p proxies) peer(r *http.Request) peer {
	ip := address(r.RemoteAddr)
	found := peer{ip: ip, secure: r.TLS != nil}
	if !p.trust(ip) {
		return found
	}
	if proto := r.Header.Values("X-Forwarded-Proto"); len(proto) > 0 {
		found.secure = strings.EqualFold(last(proto[len(proto)-1]), "https")
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.trust(found.ip); i-- {
		hop := address(strings.TrimSpace(hops[i]))
		if !hop.IsValid() {
			break
		}
		found.ip = hop
	}
	return found
}

// last returns the last member of a list in a header.
func last(list string) string {
	return strings.TrimSpace(list[strings.LastIndex(list, ",")+1:])
}

// address parses an address with or without a port. IPv4-mapped IPv6 becomes IPv4.
func address(text string) netip.Addr {
	ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		with, err := netip.ParseAddrPort(text)
		if err != nil {
			return netip.Addr{}
		}
		ip = with.Addr()
	}
	return ip.Unmap().WithZone("")
}

// maxUserAgent is the maximum number of bytes of a stored User-Agent. The audit trail and
// the sessions have room for that many characters.
const maxUserAgent = 500

// originOf is what the audit trail stores of a request: text that both databases can store
// and that cannot break a line of a log.
func originOf(r *http.Request, id string, from peer) access.Origin {
	o := access.Origin{RequestID: id, UserAgent: printable(r.UserAgent(), maxUserAgent)}
	if from.ip.IsValid() {
		o.IP = from.ip.String()
	}
	return o
}

// printable returns at most that many bytes of a text, without invalid or invisible
// characters.
func printable(text string, most int) string {
	text = strings.Map(func(c rune) rune {
		if c == unicode.ReplacementChar || !unicode.IsPrint(c) {
			return -1
		}
		return c
	}, text)
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") // without a partial character
	}
	return text
}
