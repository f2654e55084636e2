//go:build scratch

package scratchtest_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// client bounds what a test waits for one answer.
var client = &http.Client{Timeout: time.Minute}

// server is the program that a workspace builds, serving a database.
type server struct{ base, token string }

// The member of staff who uses the program.
const (
	ownerEmail    = "ada@shop.test"
	ownerPassword = "three copper kettles"
)

// serve builds the program and boots it on a database that has the migrations
// of the repository, so that it has to apply the new one to get ready.
func (w *workspace) serve(t *testing.T, databaseURL string) *server {
	t.Helper()
	ctx := context.WithoutCancel(t.Context()) // the program drains after the test
	cmd := exec.CommandContext(ctx, w.path("bin/storekeeper"), "serve", "--migrate", "--listen", "127.0.0.1:0", "--log-format", "json")
	cmd.Dir = t.TempDir()
	cmd.Env = append(environment(), "DATABASE_URL="+databaseURL)
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(log)
	address := listening(lines)
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		for lines.Scan() {
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		<-drained
		if err := cmd.Wait(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	if address == "" {
		t.Fatal("the program did not get to listen")
	}
	command := func(input string, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(ctx, w.path("bin/storekeeper"), args...)
		cmd.Env = append(environment(), "DATABASE_URL="+databaseURL)
		cmd.Stdin = strings.NewReader(input)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	command(ownerPassword, "staff", "add", "--email", ownerEmail, "--name", "Ada", "--role", "owner", "--password-stdin")
	return &server{base: "http://" + address, token: command("", "token", "add", "--staff", ownerEmail, "--name", "test")}
}

// listening reads the log until it names the address, or ends.
func listening(lines *bufio.Scanner) string {
	for lines.Scan() {
		var entry struct {
			Msg     string `json:"msg"`
			Address string `json:"address"`
		}
		if json.Unmarshal(lines.Bytes(), &entry) == nil && entry.Msg == "listening" {
			return entry.Address
		}
	}
	return ""
}

// object is a JSON object.
type object = map[string]any

// call sends a request and expects a status.
func (s *server) call(t *testing.T, method, path string, body any, status int, headers ...string) object {
	t.Helper()
	var payload io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		payload = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.base+path, payload)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.token)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != status {
		t.Fatalf("%s %s: %d, want %d: %s", method, path, res.StatusCode, status, text)
	}
	if len(text) == 0 {
		return nil
	}
	var out object
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%s %s: %v: %s", method, path, err, text)
	}
	return out
}

// names lists a member of the records of a list.
func (s *server) names(t *testing.T, path, member string) string {
	t.Helper()
	var out []string
	for _, item := range get[[]any](t, s.call(t, http.MethodGet, path, nil, http.StatusOK), "items") {
		name, _ := item.(object)[member].(string)
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// definition returns a resource of GET /api/v1/schema with its fields by name.
func (s *server) definition(t *testing.T, resource string) (def object, fields map[string]object) {
	t.Helper()
	for _, r := range get[[]any](t, s.call(t, http.MethodGet, "/api/v1/schema", nil, http.StatusOK), "resources") {
		def, _ := r.(object)
		if def["name"] != resource {
			continue
		}
		fields = map[string]object{}
		for _, f := range get[[]any](t, def, "fields") {
			field, _ := f.(object)
			name, _ := field["name"].(string)
			fields[name] = field
		}
		return def, fields
	}
	t.Fatalf("no definition of %s", resource)
	return nil, nil
}

// get follows members of nested objects.
func get[T any](t *testing.T, in object, path ...string) T {
	t.Helper()
	var value any = in
	for _, member := range path {
		o, _ := value.(object)
		next, ok := o[member]
		if !ok {
			t.Fatalf("no member %s of %s", member, strings.Join(path, "."))
		}
		value = next
	}
	out, ok := value.(T)
	if !ok {
		t.Fatalf("%s is %T", strings.Join(path, "."), value)
	}
	return out
}
