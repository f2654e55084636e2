package handlers

import (
	"context"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// Me is who is signed in, and what they may do.
type Me struct {
	ID                 int64               `json:"id" doc:"of the staff member"`
	Email              string              `json:"email"`
	Name               string              `json:"name"`
	RoleID             int64               `json:"role_id"`
	Role               string              `json:"role" doc:"name of the role"`
	RoleLabel          string              `json:"role_label"`
	Permissions        []access.Permission `json:"permissions" nullable:"false" doc:"of the role, or of the token if one is used"`
	MaxStockAdjustment *int64              `json:"max_stock_adjustment" nullable:"true" doc:"maximum number of units in one stock adjustment; null for no limit"`
	TOTPEnabled        bool                `json:"totp_enabled"`
	Via                string              `json:"via" enum:"session,token"`
}

// meOf is the member as they see themselves. The viewer is nil for a session that has just
// begun.
func meOf(m *ent.Staff, v *access.Viewer) *Me {
	r := m.Edges.Role
	me := &Me{
		ID: m.ID, Email: m.Email, Name: m.Name, RoleID: m.RoleID, Role: r.Name, RoleLabel: r.Label,
		Permissions: []access.Permission{}, TOTPEnabled: m.TotpEnabled, Via: "session",
	}
	if v == nil {
		v = access.NewViewer(
			access.Viewer{Kind: access.KindStaff, StaffID: m.ID, MaxStockAdjustment: r.MaxStockAdjustment}, r.Permissions...,
		)
	}
	me.MaxStockAdjustment = v.MaxStockAdjustment
	if v.Kind == access.KindToken {
		me.Via = "token"
	}
	for _, p := range access.All() {
		if v.Can(p) {
			me.Permissions = append(me.Permissions, p)
		}
	}
	return me
}

// SignIn is the answer to a step of signing in.
type SignIn struct {
	Status string `json:"status" enum:"signed_in,totp_required" doc:"totp_required: send a code to /auth/totp"`
	Me     *Me    `json:"me" doc:"null until signed in"`
}

// TransformSchema implements huma.SchemaTransformer: me is nullable.
func (SignIn) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	me := s.Properties["me"]
	s.Properties["me"] = &huma.Schema{
		Description: "null until signed in",
		AnyOf:       []*huma.Schema{{Ref: me.Ref}, {Type: "null"}},
	}
	return s
}

// signInAnswer is a SignIn that sets the session cookie.
type signInAnswer struct {
	SetCookie string `header:"Set-Cookie"`
	Body      SignIn
}

// cookieAnswer is an answer without content that sets the session cookie.
type cookieAnswer struct {
	SetCookie string `header:"Set-Cookie"`
}

// cookieInput reads the session cookie.
type cookieInput struct{ session string }

// Resolve implements huma.Resolver.
func (in *cookieInput) Resolve(ctx huma.Context) []error {
	in.session, _ = staff.SessionCookie(humagin.Unwrap(ctx).Request)
	return nil
}

type cookieBody[B any] struct {
	cookieInput
	Body B
}

// Login is the first step of signing in.
type Login struct {
	Email    string `json:"email" minLength:"1" maxLength:"254"`
	Password string `json:"password" format:"password" minLength:"1" maxLength:"1024"`
}

// Code is a code from an authenticator, or a recovery code.
type Code struct {
	Code string `json:"code" minLength:"6" maxLength:"32" doc:"six digits from the authenticator, or a recovery code"`
}

// SetupRequest uses a setup link.
type SetupRequest struct {
	Token    string      `json:"token" minLength:"1" maxLength:"128" doc:"token in the link"`
	Name     Opt[string] `json:"name,omitempty" minLength:"1" maxLength:"255" doc:"only for the first owner: all others already have one"`
	Email    Opt[string] `json:"email,omitempty" minLength:"1" maxLength:"254" doc:"only for the first owner: all others already have one"`
	Password string      `json:"password" format:"password" minLength:"12" maxLength:"1024"`
}

// PasswordChange replaces the own password.
type PasswordChange struct {
	CurrentPassword string `json:"current_password" format:"password" minLength:"1" maxLength:"1024"`
	NewPassword     string `json:"new_password" format:"password" minLength:"12" maxLength:"1024"`
}

// Password confirms an operation with the own password.
type Password struct {
	Password string `json:"password" format:"password" minLength:"1" maxLength:"1024"`
}

// MePatch is a merge patch of the own account.
type MePatch struct {
	Name Opt[string] `json:"name,omitempty" minLength:"1" maxLength:"255"`
}

// TOTPEnrolment is what an authenticator needs to generate codes.
type TOTPEnrolment struct {
	Secret     string `json:"secret" doc:"base32, to be typed into the authenticator"`
	OtpauthURL string `json:"otpauth_url"`
	QRPNG      string `json:"qr_png_base64" doc:"the URL as a QR code: a base64-encoded PNG image"`
}

// RecoveryCodes are shown once.
type RecoveryCodes struct {
	RecoveryCodes []string `json:"recovery_codes" nullable:"false" doc:"each replaces a code from the authenticator once"`
}

type recoveryAnswer struct {
	SetCookie string `header:"Set-Cookie"`
	Body      RecoveryCodes
}

// SetupState says whether the shop is waiting for its first owner.
type SetupState struct {
	Vacant bool `json:"vacant" doc:"the shop has no staff yet: the link that the program printed at startup creates the first owner"`
}

// cookie returns the Set-Cookie header that keeps a session or, without a token, ends it.
func cookie(ctx context.Context, token string, expires time.Time) string {
	c := http.Cookie{ //nolint:gosec // Secure behind TLS
		Name: staff.CookieName, Value: token, Path: "/", Expires: expires,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: requestOf(ctx).Secure,
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c.String()
}

func signedIn(ctx context.Context, signed *staff.SignedIn) *signInAnswer {
	out := &signInAnswer{SetCookie: cookie(ctx, signed.Token, signed.Expires), Body: SignIn{Status: "totp_required"}}
	if !signed.AwaitsTOTP {
		out.Body.Status, out.Body.Me = "signed_in", meOf(signed.Member, nil)
	}
	return out
}

// authOperation describes an operation below /auth with a request body.
func authOperation(id, path, summary, description string, status int) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: http.MethodPost, Path: prefix + "/auth/" + path, Summary: summary, Description: description,
		Tags: []string{"Signing in"}, DefaultStatus: status,
	}
}

// anonymous registers an operation that everybody may call. Its path is one of the open
// ones.
func anonymous[I any](api huma.API, s *Server, op huma.Operation, fn func(ctx context.Context, in *I) (*staff.SignedIn, error)) {
	op.Security = []map[string][]string{}
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests)
	documentErrors(&op)
	huma.Register(api, op, func(ctx context.Context, in *I) (*signInAnswer, error) {
		signed, err := fn(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, s.log, err)
		}
		return signedIn(ctx, signed), nil
	})
}

// atScreen refuses callers who are not signed in with a session. Tokens cannot change their
// member's own account.
func atScreen(ctx context.Context) error {
	if v := access.From(ctx); v == nil || v.Kind != access.KindStaff {
		return shop.Errorf(shop.KindForbidden, "this needs a session: sign in, a token is not enough")
	}
	return nil
}

// account is act for operations on the caller's own account.
func account[I, O any](api huma.API, s *Server, op huma.Operation, fn func(ctx context.Context, in *I) (*O, error)) {
	act(api, s, op, func(ctx context.Context, in *I) (*O, error) {
		if err := atScreen(ctx); err != nil {
			return nil, err
		}
		return fn(ctx, in)
	})
}

func registerAuth(api huma.API, s *Server) {
	anonymous(api, s, authOperation("login", "login", "Sign in",
		"Starts a session, kept in a cookie. An unknown email and a wrong password get the same answer. "+
			"After failed attempts, further ones have to wait longer and longer: 429 with Retry-After.", http.StatusOK),
		func(ctx context.Context, in *cookieBody[Login]) (*staff.SignedIn, error) {
			return s.staff.Login(ctx, in.Body.Email, in.Body.Password, in.session)
		})
	anonymous(api, s, authOperation("login-totp", "totp", "Sign in with the second factor",
		"After the first step was answered with totp_required; send its cookie. Each code is accepted once.", http.StatusOK),
		func(ctx context.Context, in *cookieBody[Code]) (*staff.SignedIn, error) {
			return s.staff.SecondFactor(ctx, in.Body.Code, in.session)
		})
	anonymous(api, s, authOperation("setup", "setup", "Use a setup link",
		"Creates the first owner of a new shop, with the link that the program prints, or sets an invited member's password. "+
			"A link works once.", http.StatusOK),
		func(ctx context.Context, in *cookieBody[SetupRequest]) (*staff.SignedIn, error) {
			if err := notNull(nullMember{"name", in.Body.Name.Null}, nullMember{"email", in.Body.Email.Null}); err != nil {
				return nil, err
			}
			return s.staff.SetUp(ctx, staff.Setup{
				Token: in.Body.Token, Name: in.Body.Name.Value, Email: in.Body.Email.Value, Password: in.Body.Password,
			}, in.session)
		})
	registerSetupState(api, s)

	account(api, s, needing(authOperation("logout", "logout", "Sign out", "Ends the session.", http.StatusNoContent)),
		func(ctx context.Context, in *cookieInput) (*cookieAnswer, error) {
			return &cookieAnswer{SetCookie: cookie(ctx, "", time.Time{})}, s.staff.Logout(ctx, in.session)
		})
	registerMe(api, s)
	registerPassword(api, s)
	registerTOTP(api, s)
}

// registerSetupState lets the sign-in page say that there are no accounts yet. It tells
// strangers nothing that they could not find out by failing to sign in.
func registerSetupState(api huma.API, s *Server) {
	op := authOperation("setup-state", "setup", "Find out whether the shop still has no staff", "", http.StatusOK)
	op.Method = http.MethodGet
	op.Security = []map[string][]string{}
	documentErrors(&op)
	type stateAnswer struct {
		CacheControl string `header:"Cache-Control"`
		Body         SetupState
	}
	huma.Register(api, op, func(ctx context.Context, _ *struct{}) (*stateAnswer, error) {
		out := &stateAnswer{CacheControl: "no-store"}
		err := s.gate.Read(ctx, func() (err error) {
			out.Body.Vacant, err = s.staff.Vacant(ctx)
			return err
		})
		if err != nil {
			return nil, problemOf(ctx, s.log, err)
		}
		return out, nil
	})
}

func registerMe(api huma.API, s *Server) {
	show := needing(authOperation("get-me", "me", "Get the signed-in staff member", "", http.StatusOK))
	read(api, s, show, func(ctx context.Context, _ *ent.Client, _ *struct{}) (*Answer[Me], error) {
		m, err := s.staff.Me(ctx)
		if err != nil {
			return nil, err
		}
		return &Answer[Me]{Body: *meOf(m, access.From(ctx))}, nil
	})
	change := needing(authOperation("update-me", "me", "Change your own name", "", http.StatusOK))
	change.Method = http.MethodPatch
	documentPatch[MePatch](api, &change)
	type meAnswer struct{ Body Me }
	type patchMe struct {
		Body MePatch `contentType:"application/merge-patch+json"`
	}
	account(api, s, change, func(ctx context.Context, in *patchMe) (*meAnswer, error) {
		if err := notNull(nullMember{"name", in.Body.Name.Null}); err != nil {
			return nil, err
		}
		if in.Body.Name.Set {
			if err := s.staff.Rename(ctx, in.Body.Name.Value); err != nil {
				return nil, err
			}
		}
		m, err := s.staff.Me(ctx)
		if err != nil {
			return nil, err
		}
		return &meAnswer{*meOf(m, access.From(ctx))}, nil
	})
}

func registerPassword(api huma.API, s *Server) {
	op := needing(authOperation("change-password", "password", "Change your own password",
		"Ends all other sessions, and renews the cookie of this one.", http.StatusNoContent))
	op.Errors = []int{http.StatusTooManyRequests}
	account(api, s, op, func(ctx context.Context, in *bodyInput[PasswordChange]) (*cookieAnswer, error) {
		signed, err := s.staff.ChangePassword(ctx, in.Body.CurrentPassword, in.Body.NewPassword)
		if err != nil {
			return nil, err
		}
		return &cookieAnswer{cookie(ctx, signed.Token, signed.Expires)}, nil
	})
}

func registerTOTP(api huma.API, s *Server) {
	enrol := needing(authOperation("enrol-totp", "totp/enrol", "Start enrolling an authenticator",
		"The second factor is turned on once a code confirms it.", http.StatusOK))
	enrol.Errors = []int{http.StatusTooManyRequests}
	type enrolAnswer struct{ Body TOTPEnrolment }
	account(api, s, enrol, func(ctx context.Context, in *bodyInput[Password]) (*enrolAnswer, error) {
		e, err := s.staff.EnrolTOTP(ctx, in.Body.Password)
		if err != nil {
			return nil, err
		}
		return &enrolAnswer{TOTPEnrolment{e.Secret, e.URL, base64.StdEncoding.EncodeToString(e.QR)}}, nil
	})
	confirm := needing(authOperation("confirm-totp", "totp/confirm", "Turn the second factor on",
		"Returns the recovery codes, shown only once. Ends all other sessions, and renews the cookie of this one.", http.StatusOK))
	account(api, s, confirm, func(ctx context.Context, in *bodyInput[Code]) (*recoveryAnswer, error) {
		signed, codes, err := s.staff.ConfirmTOTP(ctx, in.Body.Code)
		if err != nil {
			return nil, err
		}
		return &recoveryAnswer{cookie(ctx, signed.Token, signed.Expires), RecoveryCodes{codes}}, nil
	})
	disable := needing(authOperation("disable-totp", "totp/disable", "Turn the second factor off",
		"Ends all other sessions, and renews the cookie of this one.", http.StatusNoContent))
	disable.Errors = []int{http.StatusTooManyRequests}
	account(api, s, disable, func(ctx context.Context, in *bodyInput[Password]) (*cookieAnswer, error) {
		signed, err := s.staff.DisableTOTP(ctx, in.Body.Password)
		if err != nil {
			return nil, err
		}
		return &cookieAnswer{cookie(ctx, signed.Token, signed.Expires)}, nil
	})
}
