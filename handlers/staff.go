package handlers

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// Invite asks for a setup link.
type Invite struct {
	RemoveTOTP Opt[bool] `json:"remove_totp,omitempty" doc:"also turn off the member's second factor, if they have lost it, and end their sessions. Default: false."`
}

// InviteLink is a link with which a member chooses a password.
type InviteLink struct {
	URL       string    `json:"url" format:"uri" doc:"works once"`
	ExpiresAt time.Time `json:"expires_at"`
}

type inviteInput struct {
	IDInput
	base string
	Body *Invite `required:"false"`
}

// Resolve implements huma.Resolver.
func (in *inviteInput) Resolve(ctx huma.Context) []error {
	r := humagin.Unwrap(ctx).Request
	scheme := "http"
	if requestOf(r.Context()).Secure {
		scheme = "https"
	}
	in.base = scheme + "://" + r.Host
	return nil
}

func registerStaff(api huma.API, s *Server) {
	op := needing(huma.Operation{
		OperationID: "invite-staff", Method: http.MethodPost, Path: prefix + "/staff/{id}/invite",
		Summary: "Create a link with which a member chooses a password",
		Description: "For new members, and those who have forgotten their password. The link works once and invalidates earlier ones; " +
			"the answer is not stored for an Idempotency-Key.",
		Tags: []string{"Staff"}, Errors: []int{http.StatusNotFound}, DefaultStatus: http.StatusOK,
	}, access.StaffManage)
	type inviteAnswer struct{ Body InviteLink }
	act(api, s, op, func(ctx context.Context, in *inviteInput) (*inviteAnswer, error) {
		without := false
		if in.Body != nil {
			if err := notNull(nullMember{"remove_totp", in.Body.RemoveTOTP.Null}); err != nil {
				return nil, err
			}
			without = in.Body.RemoveTOTP.Value
		}
		var link *staff.Link
		err := s.write(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
			link, err = s.staff.Invite(ctx, tx, in.ID, without)
			return err
		})
		if err != nil {
			return nil, err
		}
		return &inviteAnswer{InviteLink{URL: link.URL(cmp.Or(s.public, in.base)), ExpiresAt: link.Expires}}, nil
	})

	remove := needing(huma.Operation{
		OperationID: "remove-staff-totp", Path: prefix + "/staff/{id}/totp", Summary: "Turn off a member's second factor",
		Description: "For members who have lost their phone and recovery codes: from then on they sign in with only their password, and " +
			"their sessions end. Not for yourself, nor for members with more permissions than you.",
		Tags: []string{"Staff"}, Errors: []int{http.StatusNotFound},
	}, access.StaffManage)
	erase(api, s, remove, func(ctx context.Context, tx *ent.Client, in *IDInput) error {
		return staff.RemoveTOTP(ctx, tx, in.ID)
	})
}

// APITokenRequest asks for an API token.
type APITokenRequest struct {
	Name        string                   `json:"name" minLength:"1" maxLength:"100"`
	StaffID     Opt[int64]               `json:"staff_id,omitempty" minimum:"1" maximum:"9007199254740991" doc:"the member for whom the token acts. Default: yourself."`
	Permissions Opt[[]access.Permission] `json:"permissions,omitempty" nullable:"true" maxItems:"200" doc:"the most that it allows; null for all permissions of the member's role: always the current ones for your own token created in a session, those of this moment for any other"`
	ExpiresAt   Opt[time.Time]           `json:"expires_at,omitempty" nullable:"true" doc:"null for never; stored to the microsecond"`
}

// APITokenCreated is a token, with its text.
type APITokenCreated struct {
	APIToken
	Token string `json:"token" doc:"for the header Authorization: Bearer; shown only once"`
}

type tokenAnswer struct {
	Location string `header:"Location"`
	ETag     string `header:"ETag"`
	Body     APITokenCreated
}

func registerTokens(api huma.API, s *Server) {
	create := needing(huma.Operation{
		OperationID: "create-api-token", Method: http.MethodPost, Path: prefix + "/api-tokens",
		Summary: "Create an API token", Tags: []string{"API tokens"}, DefaultStatus: http.StatusCreated,
		Description: "It never allows more than its author and its member may do. The answer is not stored for an Idempotency-Key.",
	}, access.TokensManage)
	answersWith(&create, create.DefaultStatus, etagHeader, locationHeader)
	act(api, s, create, func(ctx context.Context, in *bodyInput[APITokenRequest]) (*tokenAnswer, error) {
		if err := notNull(nullMember{"staff_id", in.Body.StaffID.Null}); err != nil {
			return nil, err
		}
		wanted := staff.NewToken{Name: in.Body.Name, StaffID: in.Body.StaffID.Value, ExpiresAt: in.Body.ExpiresAt.Pointer()}
		if !in.Body.StaffID.Set {
			wanted.StaffID = access.From(ctx).StaffID
		}
		if list := in.Body.Permissions.Pointer(); list != nil {
			wanted.Permissions = append([]access.Permission{}, *list...)
		}
		var (
			text string
			row  *ent.APIToken
		)
		err := s.write(ctx, func(ctx context.Context, tx *ent.Client) (err error) {
			text, row, err = s.staff.IssueToken(ctx, tx, wanted)
			return err
		})
		if err != nil {
			return nil, err
		}
		return &tokenAnswer{
			Location: pathTo("api-tokens", row.ID), ETag: etag(apiTokenVersion(row)), Body: APITokenCreated{renderAPIToken(row), text},
		}, nil
	})

	revoke := needing(huma.Operation{
		OperationID: "revoke-api-token", Path: prefix + "/api-tokens/{id}", Summary: "Revoke an API token",
		Description: "Permanently, from the next request on. The record is kept.",
		Tags:        []string{"API tokens"}, Errors: []int{http.StatusNotFound},
	}, access.TokensManage)
	erase(api, s, revoke, func(ctx context.Context, tx *ent.Client, in *IDInput) error {
		return s.staff.RevokeToken(ctx, tx, in.ID)
	})
}
