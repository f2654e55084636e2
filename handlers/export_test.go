package handlers

import (
	"context"
	"net/http"
	"net/netip"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
)

// ClientOf returns what a server behind these proxies knows about the sender of a request.
func ClientOf(trusted []netip.Prefix, r *http.Request) (origin access.Origin, secure bool) {
	from := proxies(trusted).peer(r)
	return originOf(r, "id", from), from.secure
}

// ServeUnversioned serves the categories a second time, at /unversioned, as an entity
// without versions.
func ServeUnversioned(s *Server) {
	r := categoryResource()
	def := *r.def
	def.Name, def.Label, def.Versioned = "unversioned", "Unversioned", false
	r.def = &def
	r.version = func(*ent.Category) int64 { return 1 }
	update := r.update
	r.update = func(ctx context.Context, tx *ent.Client, id int64, _ *int64, in *CategoryPatch) (*ent.Category, error) {
		return update(ctx, tx, id, nil, in)
	}
	registerGet(s.api, s, r)
	registerUpdate(s.api, s, r)
}
