package web_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/web"
)

// Everything that the page names is there, nothing of it comes from elsewhere, and
// it has no inline script or style that a content security policy would refuse.
func TestThePageIsWhole(t *testing.T) {
	t.Parallel()
	files := web.Files()
	page, err := fs.ReadFile(files, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllSubmatch(page, -1)
	if len(links) < 3 {
		t.Errorf("the page names %d files", len(links))
	}
	for _, link := range links {
		name, local := strings.CutPrefix(string(link[1]), "/")
		if !local {
			t.Errorf("the page loads %s, which is not the server's own", link[1])
			continue
		}
		if _, err := fs.Stat(files, name); err != nil {
			t.Errorf("the page names what is not there: %v", err)
		}
	}
	for _, inline := range []string{`<script>`, `<style`, ` style="`, ` onload=`} {
		if strings.Contains(string(page), inline) {
			t.Errorf("the page contains %s", inline)
		}
	}
}

// The build carries no source maps and no hashes in its names.
func TestNamesAreStable(t *testing.T) {
	t.Parallel()
	err := fs.WalkDir(web.Files(), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasSuffix(path, ".map") {
			t.Errorf("a source map: %s", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
