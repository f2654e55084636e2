package staff

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/apitoken"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/role"
	"github.com/storekeeper/storekeeper/ent/session"
	entstaff "github.com/storekeeper/storekeeper/ent/staff"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// CookieName is the name of the cookie that holds the session's token.
const CookieName = "storekeeper_session"

// tokenPrefix begins every API token, so that people and scanners recognise one.
const tokenPrefix = "sk_"

// Authenticate returns who sends the request: the member whose session its cookie holds,
// or the member behind the token in its Authorization header, which takes precedence over
// any cookie. It takes one statement. In all other cases the error is of kind
// Unauthenticated: when credentials are missing, malformed, unknown, expired or revoked,
// when the member is not active, and when the session still awaits its second factor.
func (s *Service) Authenticate(r *http.Request) (*access.Viewer, error) {
	switch headers := r.Header.Values("Authorization"); {
	case len(headers) > 1:
		return nil, unauthenticated("expected one Authorization header")
	case len(headers) == 1:
		token, ok := bearer(headers[0])
		if !ok {
			return nil, unauthenticated("expected Authorization: Bearer sk_…")
		}
		return s.ofToken(r.Context(), token)
	}
	token, ok := SessionCookie(r)
	if !ok {
		return nil, unauthenticated("sign in, or send a token")
	}
	return s.ofSession(r.Context(), token)
}

func unauthenticated(text string) error { return shop.Errorf(shop.KindUnauthenticated, "%s", text) }

func bearer(header string) (token string, ok bool) {
	scheme, token, _ := strings.Cut(header, " ")
	return token, strings.EqualFold(scheme, "Bearer") && secret.Valid(token, tokenPrefix)
}

// SessionCookie returns the content of the request's session cookie. It returns false
// when there are several cookies of that name, because another site may have set one of
// them.
func SessionCookie(r *http.Request) (token string, ok bool) {
	cookies := r.CookiesNamed(CookieName)
	if len(cookies) != 1 || !secret.Valid(cookies[0].Value, "") {
		return "", false
	}
	return cookies[0].Value, true
}

// holder is the owner of a session or a token, read in one row.
type holder struct {
	ID          int64      `sql:"id"`
	StaffID     int64      `sql:"holder_id"`
	Email       string     `sql:"holder_email"`
	Active      bool       `sql:"holder_active"`
	Permissions []byte     `sql:"holder_permissions"`
	Most        *int64     `sql:"holder_most"`
	TokenName   string     `sql:"token_name"`
	TokenMost   *int64     `sql:"token_most"`
	Scope       []byte     `sql:"token_scope"`
	LastUsed    *time.Time `sql:"last_used"`
}

// viewer makes a viewer of this kind from the holder.
func (h *holder) viewer(kind access.Kind, now time.Time) (*access.Viewer, error) {
	var permissions []access.Permission
	if err := json.Unmarshal(h.Permissions, &permissions); err != nil {
		return nil, fmt.Errorf("read the role's permissions: %w", err)
	}
	v := access.Viewer{Kind: kind, StaffID: h.StaffID, Email: h.Email, MaxStockAdjustment: h.Most, Authenticated: now}
	if kind != access.KindToken {
		v.SessionID = h.ID
		return access.NewViewer(v, permissions...), nil
	}
	v.TokenID, v.TokenName = h.ID, h.TokenName
	if h.TokenMost != nil && (h.Most == nil || *h.TokenMost < *h.Most) {
		v.MaxStockAdjustment = h.TokenMost
	}
	var scope []access.Permission
	if len(h.Scope) > 0 {
		if err := json.Unmarshal(h.Scope, &scope); err != nil {
			return nil, fmt.Errorf("read the token's permissions: %w", err)
		}
	}
	if scope != nil {
		permissions = access.Both(permissions, scope)
	}
	return access.NewViewer(v, permissions...), nil
}

// joinHolder joins the member and their role to the rows of a table with a staff_id, and
// selects the columns that a holder needs.
func joinHolder(s *sql.Selector, own ...string) {
	member, its := sql.Table(entstaff.Table), sql.Table(role.Table)
	s.Join(member).On(s.C(session.FieldStaffID), member.C(entstaff.FieldID))
	s.Join(its).On(member.C(entstaff.FieldRoleID), its.C(role.FieldID))
	s.Select(append(own,
		sql.As(member.C(entstaff.FieldID), "holder_id"),
		sql.As(member.C(entstaff.FieldEmail), "holder_email"),
		sql.As(member.C(entstaff.FieldIsActive), "holder_active"),
		sql.As(its.C(role.FieldPermissions), "holder_permissions"),
		sql.As(its.C(role.FieldMaxStockAdjustment), "holder_most"),
	)...)
}

func (s *Service) ofSession(ctx context.Context, token string) (*access.Viewer, error) {
	now := s.now()
	h, err := s.sessionHolder(ctx, s.db.Reader, session.TokenHash(secret.Hash(token)))
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, unauthenticated("the session has ended: sign in again")
	}
	s.touchSession(ctx, h)
	return h.viewer(access.KindStaff, now)
}

// sessionHolder returns the holder of the session, or nil if the session is not valid.
func (s *Service) sessionHolder(ctx context.Context, client *ent.Client, which predicate.Session) (*holder, error) {
	var rows []holder
	err := client.Session.Query().
		Where(which, s.alive()).
		Modify(func(q *sql.Selector) {
			joinHolder(q, q.C(session.FieldID), sql.As(q.C(session.FieldLastSeenAt), "last_used"))
		}).
		Scan(store.Lookup(access.System(ctx)), &rows)
	if err != nil {
		return nil, fmt.Errorf("look up a session: %w", err)
	}
	return active(rows), nil
}

func (s *Service) ofToken(ctx context.Context, token string) (*access.Viewer, error) {
	now := s.now()
	h, err := s.tokenHolder(ctx, s.db.Reader, apitoken.TokenHash(secret.Hash(token)))
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, unauthenticated("the token is unknown, expired or revoked, or its member is not active")
	}
	s.touchToken(ctx, h)
	return h.viewer(access.KindToken, now)
}

// tokenHolder returns the holder of the token, or nil if the token is not valid.
func (s *Service) tokenHolder(ctx context.Context, client *ent.Client, which predicate.APIToken) (*holder, error) {
	var rows []holder
	err := client.APIToken.Query().
		Where(which, valid(s.now())).
		Modify(func(q *sql.Selector) {
			joinHolder(q, q.C(apitoken.FieldID), sql.As(q.C(apitoken.FieldName), "token_name"),
				sql.As(q.C(apitoken.FieldPermissions), "token_scope"), sql.As(q.C(apitoken.FieldMaxStockAdjustment), "token_most"),
				sql.As(q.C(apitoken.FieldLastUsedAt), "last_used"))
		}).
		Scan(store.Lookup(access.System(ctx)), &rows)
	if err != nil {
		return nil, fmt.Errorf("look up a token: %w", err)
	}
	return active(rows), nil
}

// active returns the holder that was found, or nil when there is none or the member is
// not active.
func active(rows []holder) *holder {
	if len(rows) != 1 || !rows[0].Active {
		return nil
	}
	return &rows[0]
}
