package handlers

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/secret"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// Session is a session of a member of staff.
type Session struct {
	ID         int64     `json:"id"`
	StaffID    int64     `json:"staff_id"`
	CreatedAt  time.Time `json:"created_at"`
	LastSeenAt time.Time `json:"last_seen_at" doc:"written at most once a minute"`
	ExpiresAt  time.Time `json:"expires_at" doc:"when it ends, even if it is in use"`
	IP         string    `json:"ip" doc:"address from which it was started"`
	UserAgent  string    `json:"user_agent" doc:"of the browser that started it"`
	Current    bool      `json:"current" doc:"the session of this request"`
}

// SessionList are all sessions of a member.
type SessionList struct {
	Items []Session `json:"items" nullable:"false"`
}

type sessionsInput struct {
	cookieInput
	StaffID int64 `query:"staff_id" minimum:"1" doc:"of another member; needs staff:manage"`
}

// overSessions refuses tokens without the permission to manage staff, even for the sessions
// of their own member.
func overSessions(ctx context.Context) error {
	if access.From(ctx).Can(access.StaffManage) {
		return nil
	}
	return atScreen(ctx)
}

func registerSessions(api huma.API, s *Server) {
	list := needing(authOperation("list-sessions", "sessions", "List your own sessions",
		"A token needs staff:manage.", http.StatusOK))
	read(api, s, list, func(ctx context.Context, client *ent.Client, in *sessionsInput) (*Answer[SessionList], error) {
		v := access.From(ctx)
		if in.StaffID == 0 {
			in.StaffID = v.StaffID
		}
		err := overSessions(ctx)
		if in.StaffID != v.StaffID {
			err = access.Check(ctx, access.StaffManage)
		}
		if err != nil {
			return nil, err
		}
		rows, err := s.staff.Sessions(ctx, client, in.StaffID)
		if err != nil {
			return nil, err
		}
		current := secret.Hash(in.session)
		return &Answer[SessionList]{Body: SessionList{Items: rendered(rows, func(row *ent.Session) Session {
			return Session{
				ID: row.ID, StaffID: row.StaffID, CreatedAt: row.CreatedAt.UTC(), LastSeenAt: row.LastSeenAt.UTC(),
				ExpiresAt: row.ExpiresAt.UTC(), IP: row.IP, UserAgent: row.UserAgent,
				Current: v.Kind == access.KindStaff && bytes.Equal(row.TokenHash, current),
			}
		})}}, nil
	})

	one := needing(authOperation("end-session", "sessions/{id}", "End a session",
		"Ending another member's session needs staff:manage; without it, it is a 404. A token always needs it.", http.StatusNoContent))
	one.Errors = []int{http.StatusNotFound}
	erase(api, s, one, func(ctx context.Context, tx *ent.Client, in *IDInput) error {
		if err := overSessions(ctx); err != nil {
			return err
		}
		return staff.EndSession(ctx, tx, in.ID)
	})

	others := needing(authOperation("end-other-sessions", "sessions", "End all your other sessions", "", http.StatusNoContent))
	erase(api, s, others, func(ctx context.Context, tx *ent.Client, in *cookieInput) error {
		if err := atScreen(ctx); err != nil {
			return err
		}
		return staff.EndOtherSessions(ctx, tx, access.From(ctx).StaffID, in.session)
	})
}
