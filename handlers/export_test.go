package handlers

import (
	"net/http"
	"net/netip"

	"github.com/storekeeper/storekeeper/internal/access"
)

// ClientOf is what a server behind these proxies knows of who sent a request.
func ClientOf(trusted []netip.Prefix, r *http.Request) (origin access.Origin, secure bool) {
	from := proxies(trusted).peer(r)
	return originOf(r, "id", from), from.secure
}
