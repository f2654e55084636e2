package pgtemp

import "context"

// StartOn is Start with the ports to try.
func StartOn(ctx context.Context, options Options, ports ...int) (*Server, error) {
	return start(ctx, options, func(ctx context.Context) (int, error) {
		if len(ports) == 0 {
			return freePort(ctx)
		}
		port := ports[0]
		ports = ports[1:]
		return port, nil
	})
}

// Find searches a PATH list and patterns of directories for the binaries.
func Find(path string, patterns ...string) (string, error) {
	return places{path: path, patterns: patterns}.find()
}

// Configuration is the text of postgresql.conf.
func Configuration(options Options) (string, error) {
	return configuration(options)
}

// Environment is what is left of an environment for the server.
func Environment(inherited []string) []string {
	return environment(inherited)
}

// LogFile is what the server logs to, until Stop removes it.
func (s *Server) LogFile() string { return s.home.file(logName) }
