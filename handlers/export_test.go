package handlers

import (
	"context"
	"net/http"
	"net/netip"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
)

// ClientOf is what a server behind these proxies knows of who sent a request.
func ClientOf(trusted []netip.Prefix, r *http.Request) (origin access.Origin, secure bool) {
	from := proxies(trusted).peer(r)
	return originOf(r, "id", from), from.secure
}

// ServeUnversioned serves the categories once more, at /unversioned, as an entity of
// which the schema has no versions.
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
