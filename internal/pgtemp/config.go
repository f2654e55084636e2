package pgtemp

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const off = "off"

var (
	settingName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_$]*(\.[A-Za-z_][A-Za-z0-9_$]*)?$`)
	quoting     = strings.NewReplacer(`\`, `\\`, `'`, `''`, "\n", `\n`, "\r", `\r`)
)

// reserved are the settings on which the promises of this package rest, and
// the directives that would read them from elsewhere.
var reserved = []string{
	"config_file", "data_directory", "hba_file", "ident_file",
	"include", "include_dir", "include_if_exists",
	"listen_addresses", "log_destination", "logging_collector",
	"port", "unix_socket_directories",
}

// configuration renders the server's postgresql.conf. It begins with the file
// that initdb fits to the machine; of two lines for one setting the last wins.
// Time zones are fixed, so that a server behaves alike on every machine.
func configuration(options Options) (string, error) {
	connections := options.MaxConnections
	if connections == 0 {
		connections = defaultMaxConnections
	}
	var config strings.Builder
	config.WriteString("include '" + dataDir + "/postgresql.conf'\n")
	for _, settings := range []map[string]string{
		{
			"listen_addresses":        loopback,
			"unix_socket_directories": "",
			"logging_collector":       off,
			"log_destination":         "stderr",
			"timezone":                "UTC",
			"log_timezone":            "UTC",
			"max_connections":         strconv.Itoa(connections),
		},
		durability(options.Durable),
	} {
		write(&config, settings)
	}
	for name := range options.Settings {
		if err := permitted(name); err != nil {
			return "", err
		}
	}
	write(&config, options.Settings)
	return config.String(), nil
}

func durability(durable bool) map[string]string {
	if durable {
		return nil
	}
	return map[string]string{
		"fsync":              off,
		"synchronous_commit": off,
		"full_page_writes":   off,
	}
}

func permitted(name string) error {
	if !settingName.MatchString(name) {
		return fmt.Errorf("pgtemp: %q: not the name of a setting", name)
	}
	if slices.Contains(reserved, strings.ToLower(name)) {
		return fmt.Errorf("pgtemp: %q: this setting belongs to pgtemp", name)
	}
	return nil
}

func write(config *strings.Builder, settings map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		config.WriteString(name + " = '" + quoting.Replace(settings[name]) + "'\n")
	}
}
