package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/migration"
	"github.com/storekeeper/storekeeper/internal/staff"
	"github.com/storekeeper/storekeeper/internal/store"
)

type staffCmd struct {
	Add           staffAddCmd     `cmd:"" help:"Add a member; without a password, print a link to choose one."`
	List          staffListCmd    `cmd:"" help:"List all members."`
	Disable       staffDisableCmd `cmd:"" help:"Disable a member: their next request is refused."`
	Enable        staffEnableCmd  `cmd:"" help:"Enable a disabled member again."`
	ResetPassword staffResetCmd   `cmd:"" help:"End a member's sessions and set a new password, or print a link to choose one."`
}

// withStaff runs fn on the accounts of the database, which must be migrated, after
// bringing the built-in roles up to date. Commands that only list do not need it.
func (a *app) withStaff(ctx context.Context, fn func(accounts *staff.Service) error) error {
	return a.withShop(ctx, func(db *store.DB) error {
		accounts := a.accounts(db)
		if err := syncRoles(ctx, db, accounts); err != nil {
			return err
		}
		return fn(accounts)
	})
}

func (a *app) accounts(db *store.DB) *staff.Service {
	return staff.New(staff.Config{DB: db, Log: a.log})
}

// syncRoles makes the built-in roles those of this program. When a newer program has
// migrated the database, it only adds missing roles and changes none: the newer program
// may run beside this one.
func syncRoles(ctx context.Context, db *store.DB, accounts *staff.Service) error {
	status, err := migration.Status(ctx, db)
	if err != nil {
		return err
	}
	if status.Ahead() {
		return accounts.AddRoles(ctx)
	}
	return accounts.SyncRoles(ctx)
}

// publicURL is the address at which people reach the shop: --public-url, or otherwise
// when that is not set.
func (a *app) publicURL(otherwise string) string {
	if a.flags.PublicURL != "" {
		return strings.TrimSuffix(a.flags.PublicURL, "/")
	}
	return otherwise
}

// defaultAddress is the URL of a server with default settings.
const defaultAddress = "http://127.0.0.1:8080"

// memberReport is the JSON form of a staff member.
type memberReport struct {
	ID          int64      `json:"id"`
	Email       string     `json:"email"`
	Name        string     `json:"name"`
	Role        string     `json:"role"`
	IsActive    bool       `json:"is_active"`
	TOTPEnabled bool       `json:"totp_enabled"`
	HasPassword bool       `json:"has_password"`
	LastLoginAt *time.Time `json:"last_login_at"`
	SetupURL    string     `json:"setup_url,omitempty"`
	ExpiresAt   *time.Time `json:"setup_expires_at,omitempty"`
}

func (a *app) reportOf(m *ent.Staff, link *staff.Link) memberReport {
	out := memberReport{
		ID: m.ID, Email: m.Email, Name: m.Name, Role: m.Edges.Role.Name, IsActive: m.IsActive, TOTPEnabled: m.TotpEnabled,
		HasPassword: m.PasswordHash != nil, LastLoginAt: m.LastLoginAt,
	}
	if link != nil {
		out.SetupURL, out.ExpiresAt = link.URL(a.publicURL(defaultAddress)), &link.Expires
	}
	return out
}

// printMember says what was done to the member, and shows the link if there is one. Where
// nobody has said at which address people reach the shop, it says on stderr that the link's
// is only assumed.
func (a *app) printMember(m *ent.Staff, link *staff.Link, done string) error {
	r := a.reportOf(m, link)
	err := a.print(r, func(w io.Writer) {
		fmt.Fprintf(w, "%s %s (%s, %s).\n", done, r.Email, plain(r.Name), r.Role)
		if link != nil {
			fmt.Fprintf(w, "They choose a password here, once, until %s:\n  %s\n",
				when(link.Expires), r.SetupURL)
		}
	})
	if err == nil && link != nil && a.flags.PublicURL == "" {
		fmt.Fprintf(a.errOut, "The link begins with %s. If people reach the shop at another address, write that in its place,"+
			" and set --public-url or STOREKEEPER_PUBLIC_URL for the next ones.\n", defaultAddress)
	}
	return err
}

type staffAddCmd struct {
	Email         string `required:"" help:"Email address to sign in with."`
	Name          string `required:"" help:"Name of the member."`
	Role          string `required:"" help:"Name of the role: owner, manager, catalog, fulfilment, support, read-only, or a custom one."`
	PasswordStdin bool   `help:"Read the password from standard input."`
}

// Run adds a staff member.
func (c *staffAddCmd) Run(ctx context.Context, a *app) error {
	text, err := a.passwordIf(ctx, c.PasswordStdin)
	if err != nil {
		return err
	}
	return a.withStaff(ctx, func(accounts *staff.Service) error {
		m, link, err := accounts.Add(ctx, staff.Member{Email: c.Email, Name: c.Name, Role: c.Role, Password: text})
		if err != nil {
			return err
		}
		return a.printMember(m, link, "Added")
	})
}

type staffListCmd struct{}

// Run lists the staff members.
func (staffListCmd) Run(ctx context.Context, a *app) error {
	return a.readShop(ctx, func(db *store.DB) error {
		members, err := a.accounts(db).Members(ctx)
		if err != nil {
			return err
		}
		reports := make([]memberReport, len(members))
		for i, m := range members {
			reports[i] = a.reportOf(m, nil)
		}
		return a.print(reports, func(w io.Writer) {
			table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
			fmt.Fprintln(table, "EMAIL\tNAME\tROLE\tACTIVE\tSECOND FACTOR\tLAST SIGN-IN")
			for i := range reports {
				r := &reports[i]
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Email, plain(r.Name), r.Role,
					yes(r.IsActive), yes(r.TOTPEnabled), ever(r.LastLoginAt))
			}
			_ = table.Flush() // a terminal that is gone is told by print
		})
	})
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func ever(t *time.Time) string {
	if t == nil {
		return "never"
	}
	return when(*t)
}

func (a *app) setActive(ctx context.Context, email string, active bool, done string) error {
	return a.withStaff(ctx, func(accounts *staff.Service) error {
		m, err := accounts.SetActive(ctx, email, active)
		if err != nil {
			return err
		}
		return a.printMember(m, nil, done)
	})
}

type staffDisableCmd struct {
	Email string `required:"" help:"Email address of the member."`
}

// Run makes a member inactive.
func (c *staffDisableCmd) Run(ctx context.Context, a *app) error {
	return a.setActive(ctx, c.Email, false, "Disabled")
}

type staffEnableCmd struct {
	Email string `required:"" help:"Email address of the member."`
}

// Run makes a member active again.
func (c *staffEnableCmd) Run(ctx context.Context, a *app) error {
	return a.setActive(ctx, c.Email, true, "Enabled")
}

type staffResetCmd struct {
	Email         string `required:"" help:"Email address of the member."`
	PasswordStdin bool   `help:"Read the password from standard input."`
	RemoveTOTP    bool   `name:"remove-totp" help:"Also turn off the second factor, if the member has lost it."`
}

// Run resets a member's password.
func (c *staffResetCmd) Run(ctx context.Context, a *app) error {
	text, err := a.passwordIf(ctx, c.PasswordStdin)
	if err != nil {
		return err
	}
	return a.withStaff(ctx, func(accounts *staff.Service) error {
		m, link, err := accounts.ResetPassword(ctx, c.Email, text, c.RemoveTOTP)
		if err != nil {
			return err
		}
		return a.printMember(m, link, "Reset the password of")
	})
}
