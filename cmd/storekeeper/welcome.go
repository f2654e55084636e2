package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// demoStaff makes the accounts of the demo shop, and reports whether they exist.
func (c *serveCmd) demoStaff(ctx context.Context, accounts *staff.Service) (bool, error) {
	if !c.Demo {
		return false, nil
	}
	return accounts.AddDemo(ctx)
}

// welcome prints the address of the shop and how to log in: for a database without staff
// a setup link, which works once and expires; for the demo shop its accounts.
func (c *serveCmd) welcome(ctx context.Context, a *app, accounts *staff.Service, address net.Addr, demo bool) error {
	base := a.publicURL(c.HTTP.scheme() + "://" + reachable(address))
	said := welcomeReport{Shop: base + "/", Docs: base + "/docs"}
	if demo {
		said.DemoPassword = staff.DemoPassword
		for _, r := range access.Roles() {
			said.DemoEmails = append(said.DemoEmails, staff.DemoEmail(r.Name))
		}
	}
	link, err := accounts.FirstRun(ctx)
	if err != nil {
		return err
	}
	if link != nil {
		said.SetupURL, said.ExpiresAt = link.URL(base), &link.Expires
	}
	_ = a.print(said, said.print) // nobody has to be there to read it
	return nil
}

// welcomeReport is the JSON form of the welcome.
type welcomeReport struct {
	Shop         string     `json:"shop"`
	Docs         string     `json:"docs"`
	DemoEmails   []string   `json:"demo_emails,omitempty"`
	DemoPassword string     `json:"demo_password,omitempty"`
	SetupURL     string     `json:"setup_url,omitempty"`
	ExpiresAt    *time.Time `json:"setup_expires_at,omitempty"`
}

func (r *welcomeReport) print(w io.Writer) {
	fmt.Fprintf(w, "Storekeeper is serving.\n  Shop                        %s\n  API and its documentation   %s\n", r.Shop, r.Docs)
	if len(r.DemoEmails) > 0 {
		fmt.Fprintf(w, "  Sign in as                  %s\n  with the password           %s\n  Token for the API           %s\n",
			strings.Join(r.DemoEmails, ", "), r.DemoPassword,
			"storekeeper token add --staff "+staff.DemoEmail(access.RoleOwner)+" --name try")
	}
	if r.SetupURL != "" {
		fmt.Fprintf(w, "Nobody can sign in yet. Make the first owner here, once, until %s:\n  %s\n",
			when(*r.ExpiresAt), r.SetupURL)
	}
	fmt.Fprint(w, "  Stop                        Ctrl-C\n")
}

// reachable is the address in a form that can be opened on this machine.
func reachable(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return address.String()
	}
	return fmt.Sprintf("localhost:%d", tcp.Port)
}
