package access

import "context"

// Origin is where a request came from, as the audit trail and sessions record it. Its
// texts are printable: the address and the id have at most 64 characters, the browser at
// most 500. The zero value is for changes that no request caused.
type Origin struct {
	RequestID string
	IP        string // the client's address, behind trusted proxies too
	UserAgent string
}

type originKey struct{}

// WithOrigin returns a context whose changes are recorded with this origin.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// OriginFrom returns where the changes of this context come from.
func OriginFrom(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin)
	return o
}
