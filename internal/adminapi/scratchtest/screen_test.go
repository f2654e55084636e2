//go:build scratch

package scratchtest_test

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fieldIsOnScreen looks for the field in the list, the filters and the form of
// the admin screens, in Chromium. The screens are those that are committed: they
// learn of the field from the program. Node and Chromium must be there.
func fieldIsOnScreen(t *testing.T, w *workspace, s *server) {
	t.Helper()
	screensAreCommitted(t, w, s)
	playwright, err := filepath.Abs(filepath.Join(root, "web/node_modules/.bin/playwright"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(playwright); err != nil {
		t.Fatalf("looking at the screens needs Playwright, which `make web-modules` installs: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), playwright, "test", "--config", "e2e/scratch/playwright.config.ts")
	cmd.Dir = filepath.Join(root, "web")
	cmd.Env = append(os.Environ(),
		"STOREKEEPER_E2E_URL="+s.base, "STOREKEEPER_E2E_EMAIL="+ownerEmail, "STOREKEEPER_E2E_PASSWORD="+ownerPassword,
		"STOREKEEPER_E2E_OUTPUT="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the field is not on the screens: %v\n%s", err, out)
	}
}

// screensAreCommitted makes sure that the program serves the code of the
// screens as it was copied from the repository, which knows nothing of the field.
func screensAreCommitted(t *testing.T, w *workspace, s *server) {
	t.Helper()
	want := w.read(t, "web/dist/ui/app.js")
	address := regexp.MustCompile(`/ui/\w+/app\.js`).FindString(served(t, s.base+"/"))
	if served(t, s.base+address) != want || strings.Contains(want, "barcode") {
		t.Error("the program does not serve the committed screens")
	}
}

func served(t *testing.T, address string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
