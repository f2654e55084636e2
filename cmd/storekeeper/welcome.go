package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/staff"
)

// Validate implements kong's validation.
func (c *serveCmd) Validate() error {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return errors.New("--listen: expected an address and a port, as 127.0.0.1:8080, or :8080 for all addresses")
	}
	if c.SessionLife <= 0 || c.SessionIdle != nil && *c.SessionIdle <= 0 {
		return errors.New("--session-idle and --session-life: expected more than 0")
	}
	if c.SessionIdle != nil && *c.SessionIdle > c.SessionLife {
		return fmt.Errorf("--session-idle: expected no more than --session-life, which is %s", c.SessionLife)
	}
	if c.Drain < 0 || c.SummariseEvery < 0 {
		return errors.New("--drain, --summarise-every: expected 0 or more")
	}
	return nil
}

// demoStaff makes the accounts of the demo shop, and reports whether they are
// there.
func (c *serveCmd) demoStaff(ctx context.Context, accounts *staff.Service) (bool, error) {
	if !c.Demo {
		return false, nil
	}
	return accounts.AddDemo(ctx)
}

// welcome says where the shop is and how to get in: on a database without staff
// by a setup link, which works once and expires; in the demo shop by its
// accounts.
func (c *serveCmd) welcome(ctx context.Context, a *app, accounts *staff.Service, address net.Addr, demo bool) error {
	base := a.publicURL(c.HTTP.scheme() + "://" + reachable(address))
	var b strings.Builder
	fmt.Fprintf(&b, "Storekeeper is serving.\n  Shop                        %[1]s/\n  API and its documentation   %[1]s/docs\n", base)
	if demo {
		names := make([]string, 0, len(access.Roles()))
		for _, r := range access.Roles() {
			names = append(names, staff.DemoEmail(r.Name))
		}
		fmt.Fprintf(&b, "  Log in as                   %s\n  with the password           %s\n  Token for the API           %s\n",
			strings.Join(names, ", "), staff.DemoPassword,
			"storekeeper token add --staff "+staff.DemoEmail(access.RoleOwner)+" --name try")
	}
	link, err := accounts.FirstRun(ctx)
	if err != nil {
		return err
	}
	if link != nil {
		fmt.Fprintf(&b, "Nobody can log in yet. Make the first owner here, once, until %s:\n  %s\n",
			link.Expires.Local().Format("15:04"), link.URL(base))
	}
	fmt.Fprint(&b, "  Stop                        Ctrl-C\n")
	fmt.Fprint(a.out, b.String())
	return nil
}

// reachable is the address as it can be opened on this machine.
func reachable(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return address.String()
	}
	return fmt.Sprintf("localhost:%d", tcp.Port)
}
