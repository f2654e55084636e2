package handlers_test

import (
	"context"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// browse renders a page of the server in a real browser, and returns its document and the
// console output.
func browse(t *testing.T, address string) (document, console string) {
	t.Helper()
	var browser string
	for _, name := range []string{"chromium-headless-shell", "chromium", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("needs Chromium, which make test sees to: that pages work under their policy is only known from a browser")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var out, log strings.Builder
	command := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--user-data-dir="+t.TempDir(), "--enable-logging=stderr", "--virtual-time-budget=10000", "--dump-dom", address)
	command.Stdout, command.Stderr = &out, &log
	if err := command.Run(); err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	var said []string
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, ":CONSOLE") {
			said = append(said, line)
		}
	}
	return out.String(), strings.Join(said, "")
}

// Swagger UI renders the document with its operations, without violating its policy.
func TestDocsInBrowser(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(newAPI(t, storetest.SQLite(t)).server)
	defer server.Close()
	document, console := browse(t, server.URL+"/docs#/Products/create-product")
	for _, want := range []string{"opblock-summary-path", "List products", "Try it out", "low_stock_at"} {
		if !strings.Contains(document, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(console, "Content Security Policy") || strings.Contains(console, "Refused") {
		t.Error(console)
	}
}

// The browser allows what the page's policy allows, and nothing else.
func TestPageInBrowser(t *testing.T) {
	t.Parallel()
	const script = `
const nonce = document.querySelector('meta[name="csp-nonce"]').content;
const say = (name, value) => document.body.setAttribute("data-" + name, String(value));
const style = (color, nonce) => {
  const element = document.createElement("style");
  if (nonce) element.setAttribute("nonce", nonce);
  document.head.append(element);
  try { element.sheet.insertRule("body { --" + color + ": 1 }"); } catch { return "refused"; }
  return getComputedStyle(document.body).getPropertyValue("--" + color) === "1" ? "applied" : "refused";
};
say("style-with-nonce", style("red", nonce));
document.body.style.color = "blue";
say("style-by-script", document.body.style.color);
try { say("eval", eval("1")); } catch { say("eval", "refused"); }
const inline = document.createElement("script");
inline.textContent = 'document.body.setAttribute("data-inline", "ran")';
document.body.append(inline);
const text = document.createElement("style");
text.textContent = "body { --green: 1 }";
document.head.append(text);
say("style-without-nonce", getComputedStyle(document.body).getPropertyValue("--green") || "refused");
fetch("https://evil.example/").catch(() => say("elsewhere", "refused"));
fetch("/healthz").then((answer) => say("here", answer.status));
`
	files := fstest.MapFS{
		"index.html": {Data: []byte(`<!doctype html><html><head><meta name="csp-nonce" content="__CSP_NONCE__"></head>` +
			`<body onclick="1"><script>document.body.setAttribute("data-written", "ran")</script>` +
			`<script type="module" src="/ui/main.js"></script></body></html>`)},
		"ui/main.js": {Data: []byte(script)},
	}
	server := httptest.NewServer(newAPI(t, storetest.SQLite(t), func(c *handlers.Config) { c.UI = files }).server)
	defer server.Close()
	document, console := browse(t, server.URL+"/")
	for _, want := range []string{
		`data-style-with-nonce="applied"`, `data-style-by-script="blue"`, `data-eval="refused"`,
		`data-style-without-nonce="refused"`, `data-elsewhere="refused"`, `data-here="200"`,
	} {
		if !strings.Contains(document, want) {
			t.Errorf("no %s in\n%s\n%s", want, document, console)
		}
	}
	for _, bad := range []string{"data-inline=", "data-written="} {
		if strings.Contains(document, bad) {
			t.Errorf("%s: an inline script ran", bad)
		}
	}
}
