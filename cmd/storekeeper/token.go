package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
)

type tokenCmd struct {
	Add    tokenAddCmd    `cmd:"" help:"Create an API token for a member and print it; it is shown only once."`
	List   tokenListCmd   `cmd:"" help:"List all tokens."`
	Revoke tokenRevokeCmd `cmd:"" help:"Revoke a token permanently."`
}

// lifetime is how long a token is valid: days, as in 90d, a Go duration, or both.
type lifetime time.Duration

// UnmarshalText implements encoding.TextUnmarshaler, for kong.
func (l *lifetime) UnmarshalText(text []byte) error {
	wrong := fmt.Errorf("%q: expected a positive time such as 90d, 12h or 1d12h", text)
	days, hours, ok := strings.Cut(string(text), "d")
	if !ok {
		days, hours = "0", days
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil {
		return wrong
	}
	d := time.Duration(n) * 24 * time.Hour
	if hours != "" {
		more, err := time.ParseDuration(hours)
		if err != nil || more < 0 {
			return wrong
		}
		d += more
	}
	if d <= 0 {
		return wrong
	}
	*l = lifetime(d)
	return nil
}

// permissionList is the list of the most that a token allows. An empty list, such as from
// a variable that is not set, is refused: it would otherwise mean everything that the
// role allows.
type permissionList []access.Permission

// UnmarshalText implements encoding.TextUnmarshaler, for kong.
func (l *permissionList) UnmarshalText(text []byte) error {
	for name := range strings.SplitSeq(string(text), ",") {
		if name = strings.TrimSpace(name); name == "" {
			return fmt.Errorf("%q: expected permissions such as products:read,orders:read", text)
		}
		*l = append(*l, access.Permission(name))
	}
	return nil
}

// tokenReport is the JSON form of a token.
type tokenReport struct {
	ID          int64               `json:"id"`
	Name        string              `json:"name"`
	Staff       string              `json:"staff"`
	Permissions []access.Permission `json:"permissions"`
	Prefix      string              `json:"prefix"`
	ExpiresAt   *time.Time          `json:"expires_at"`
	LastUsedAt  *time.Time          `json:"last_used_at"`
	RevokedAt   *time.Time          `json:"revoked_at"`
	Token       string              `json:"token,omitempty"`
}

// tokenReportOf is the report of a token that was read together with its member.
func tokenReportOf(row *ent.APIToken, text string) tokenReport {
	return tokenReport{
		ID: row.ID, Name: row.Name, Staff: row.Edges.Staff.Email, Permissions: row.Permissions, Prefix: row.Prefix,
		ExpiresAt: row.ExpiresAt, LastUsedAt: row.LastUsedAt, RevokedAt: row.RevokedAt, Token: text,
	}
}

type tokenAddCmd struct {
	Staff       string         `required:"" help:"Email of the member for whom the token acts."`
	Name        string         `required:"" help:"What the token is for."`
	Expires     *lifetime      `help:"How long it is valid, for example 90d, 12h or 1d12h. Default: forever."`
	Permissions permissionList `placeholder:"PERMISSIONS,..." help:"The most that it allows, for example products:read,orders:read. Default: all permissions of the member's role."`
}

// Run makes a token and prints nothing but the token, for use in $(…).
func (c *tokenAddCmd) Run(ctx context.Context, a *app) error {
	return a.withStaff(ctx, func(accounts *staff.Service) error {
		wanted := staff.NewToken{Name: c.Name, Permissions: c.Permissions}
		if c.Expires != nil {
			at := shop.Now().Add(time.Duration(*c.Expires))
			wanted.ExpiresAt = &at
		}
		text, row, err := accounts.AddToken(ctx, c.Staff, wanted)
		if err != nil {
			return err
		}
		return a.print(tokenReportOf(row, text), func(w io.Writer) { fmt.Fprintln(w, text) })
	})
}

type tokenListCmd struct{}

// Run lists the tokens.
func (tokenListCmd) Run(ctx context.Context, a *app) error {
	return a.readShop(ctx, func(db *store.DB) error {
		tokens, err := a.accounts(db).Tokens(ctx)
		if err != nil {
			return err
		}
		reports := make([]tokenReport, len(tokens))
		for i, row := range tokens {
			reports[i] = tokenReportOf(row, "")
		}
		return a.print(reports, func(w io.Writer) {
			table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
			fmt.Fprintln(table, "ID\tNAME\tSTAFF\tBEGINS\tEXPIRES\tLAST USED\tREVOKED")
			for i := range reports {
				r := &reports[i]
				fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n",
					r.ID, plain(r.Name), r.Staff, r.Prefix, ever(r.ExpiresAt), ever(r.LastUsedAt), ever(r.RevokedAt))
			}
			_ = table.Flush() // a terminal that is gone is told by print
		})
	})
}

type tokenRevokeCmd struct {
	ID   int64  `xor:"which" help:"Id of the token, as shown by token list."`
	Name string `xor:"which" help:"Name of the token, if no other active token has it."`
}

// Validate implements kong's validation.
func (c *tokenRevokeCmd) Validate() error {
	if c.ID == 0 && c.Name == "" {
		return errors.New("expected --id or --name")
	}
	return nil
}

// Run revokes a token.
func (c *tokenRevokeCmd) Run(ctx context.Context, a *app) error {
	return a.withStaff(ctx, func(accounts *staff.Service) error {
		row, err := accounts.Revoke(ctx, c.ID, c.Name)
		if err != nil {
			return err
		}
		return a.print(tokenReportOf(row, ""), func(w io.Writer) {
			fmt.Fprintf(w, "Revoked token %d (%s).\n", row.ID, plain(row.Name))
		})
	})
}
