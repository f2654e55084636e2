package pgtemp_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/internal/pgtemp"
)

func TestSettingsThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"port", "PORT", "listen_addresses", "unix_socket_directories", "data_directory", "hba_file", "include",
		"", " fsync", "fsync = off\nport", "a.b.c", "1", "fsync;", "#fsync",
	} {
		config, err := pgtemp.Configuration(pgtemp.Options{Settings: map[string]string{name: "1"}})
		if err == nil {
			t.Errorf("the setting %q is taken:\n%s", name, config)
		}
	}
}

func TestSettingsOfTheCallerComeLast(t *testing.T) {
	t.Parallel()
	config, err := pgtemp.Configuration(pgtemp.Options{
		Settings: map[string]string{"fsync": "on", "application_name": "it's\n\\ here"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "application_name = 'it''s\\n\\\\ here'\nfsync = 'on'\n"
	if !strings.HasSuffix(config, want) {
		t.Errorf("the configuration does not end in %s:\n%s", want, config)
	}
}

func TestEnvironmentOfTheServer(t *testing.T) {
	t.Parallel()
	got := pgtemp.Environment([]string{
		"PATH=/bin", "PGDATA=/x", "PGPORT=1", "LC_MESSAGES=de_DE", "LANG=de_DE", "LANGUAGE=de", "LD_LIBRARY_PATH=/lib", "odd",
	})
	want := []string{"LC_ALL=C", "PATH=/bin", "LD_LIBRARY_PATH=/lib", "odd"}
	if !slices.Equal(got, want) {
		t.Errorf("the environment is %q, want %q", got, want)
	}
}
