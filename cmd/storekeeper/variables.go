package main

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// unknownVariables returns the names of the variables in environ that look like the program's
// but set no flag of any command, such as STOREKEEPER_TRUSTED_PROXY, in order. It leaves out
// what Kubernetes sets for a service called storekeeper, such as STOREKEEPER_PORT_8080_TCP,
// and what tests use.
func unknownVariables(program *kong.Application, environ []string) []string {
	known := map[string]bool{}
	_ = kong.Visit(program, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			for _, name := range flag.Envs {
				known[name] = true
			}
		}
		return next(nil)
	})
	var out []string
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		own := strings.HasPrefix(name, "STOREKEEPER_") && !strings.HasPrefix(name, "STOREKEEPER_TEST_") && !ofService(name, value)
		if own && !known[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// ofService reports whether Kubernetes has set a variable, for a service.
func ofService(name, value string) bool {
	return strings.Contains(name, "_SERVICE_") || strings.Contains(name, "_PORT_") ||
		strings.HasSuffix(name, "_PORT") && strings.Contains(value, "://")
}
