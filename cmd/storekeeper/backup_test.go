package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/storetest"
)

// A backup of a shop that is being served is a working shop. It is not overwritten unless
// forced.
func TestBackupCommand(t *testing.T) {
	t.Parallel()
	url := smallShop(t, dialect.SQLite)
	p := serve(t, url, "--demo").ready()
	file := filepath.Join(t.TempDir(), "shop.backup")
	code, out, errOut := call(t, url, "--json", "backup", file)
	var report struct {
		File  string `json:"file"`
		Bytes int64  `json:"bytes"`
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 0 || report.File != file || report.Bytes == 0 {
		t.Fatalf("%d %s %s", code, out, errOut)
	}
	if code, _, errOut := call(t, url, "backup", file); code != 1 || !strings.Contains(errOut, "--force") {
		t.Errorf("%d %s", code, errOut)
	}
	if code, out, errOut := call(t, url, "backup", "--force", file); code != 0 || !strings.Contains(out, "bytes, checked") {
		t.Errorf("%d %s %s", code, out, errOut)
	}
	if code, out, _ := call(t, "sqlite://"+file, "reconcile"); code != 0 || !strings.Contains(out, " 10 orders") {
		t.Errorf("%d %s", code, out)
	}
	if p.total("orders?") != 10 {
		t.Error("the shop is not what it was")
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere.db")
	if code, _, errOut := call(t, "sqlite://"+nowhere, "backup", file+"2"); code != 1 || !strings.Contains(errOut, "no such file") {
		t.Errorf("%d %s", code, errOut)
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("made the file that it should have copied")
	}
	if err := os.WriteFile(nowhere, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errOut := call(t, "sqlite://"+nowhere, "backup", "--force", file); code != 1 || !strings.Contains(errOut, "no shop") {
		t.Errorf("an empty file: %d %s", code, errOut)
	}
	if code, _, errOut := call(t, storetest.URL(t, dialect.Postgres), "backup", file+"3"); code != 1 || !strings.Contains(errOut, "pg_dump") {
		t.Errorf("%d %s", code, errOut)
	}
}

// A shop can be copied from one kind of database to the other and back.
func TestCopyCommand(t *testing.T) {
	t.Parallel()
	lite, pg, back := smallShop(t, dialect.SQLite), storetest.URL(t, dialect.Postgres), storetest.URL(t, dialect.SQLite)
	for _, way := range [][2]string{{lite, pg}, {pg, back}} {
		code, out, errOut := call(t, lite, "copy", "--from", way[0], "--to", way[1])
		if code != 0 || !strings.Contains(out, "The books agree: 20 products, 10 orders.") || !strings.Contains(out, "orders                           10 rows") {
			t.Errorf("%d %s %s", code, out, errOut)
		}
		if code, _, errOut := call(t, lite, "copy", "--from", way[0], "--to", way[1]); code != 1 || !strings.Contains(errOut, "the target has rows") {
			t.Errorf("twice: %d %s", code, errOut)
		}
	}
	code, out, _ := call(t, lite, "--json", "copy", "--from", back, "--to", storetest.URL(t, dialect.SQLite))
	var report struct {
		Rows   int64 `json:"rows"`
		Tables []any `json:"tables"`
		Books  struct {
			OK bool `json:"ok"`
		} `json:"reconciled"`
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 0 || report.Rows == 0 || len(report.Tables) == 0 || !report.Books.OK {
		t.Errorf("%d %v %s", code, err, out)
	}
	if code, _, errOut := call(t, lite, "copy", "--from", lite, "--to", storetest.EmptyURL(t, dialect.Postgres)); code != 1 ||
		!strings.Contains(errOut, "is not migrated: run 'storekeeper migrate up'") {
		t.Errorf("an empty target: %d %s", code, errOut)
	}
}

// A shop is not copied to itself, whether there is something in it or not, and however its
// address is written.
func TestCopyToItself(t *testing.T) {
	t.Parallel()
	for _, name := range []string{dialect.SQLite, dialect.Postgres} {
		for _, url := range []string{storetest.URL(t, name), smallShop(t, name)} {
			other := url + "&application_name=other"
			if file, lite := strings.CutPrefix(url, "sqlite://"); lite {
				link := filepath.Join(t.TempDir(), "link.db")
				if err := os.Symlink(file, link); err != nil {
					t.Fatal(err)
				}
				other = "sqlite://" + link
			}
			for _, to := range []string{url, other} {
				code, out, errOut := call(t, url, "copy", "--from", url, "--to", to)
				if code != 1 || out != "" || !strings.Contains(errOut, "the target is the source itself") {
					t.Errorf("%s to %s: %d %s %s", url, to, code, out, errOut)
				}
			}
		}
	}
}

// Copying leaves the source unchanged, even when it is a backup that is kept.
func TestCopyLeavesItsSource(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "shop.backup")
	mustCall(t, storetest.URL(t, dialect.SQLite), "backup", file)
	before := read(t, file)
	mustCall(t, "sqlite://"+file, "copy", "--from", "sqlite://"+file, "--to", storetest.URL(t, dialect.SQLite))
	if read(t, file) != before {
		t.Error("the backup has changed")
	}
}
