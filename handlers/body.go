package handlers

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// maxBody is the maximum size of a request body in bytes.
const maxBody = 1 << 20

// textCSV is the media type of import files; no other operation takes it.
const textCSV = "text/csv"

// readBody reads the whole body of the request and checks what huma does not: its size, its
// media type, which must be the given one, and the rules of checkJSON.
func readBody(r *http.Request, media string) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > maxBody && r.Header.Get("Expect") != "" {
		return nil, tooLarge() // before the client is told to continue (RFC 9110, section 10.1.1)
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, tooLarge()
		}
		return nil, statusProblem(http.StatusBadRequest, "the body could not be read completely",
			FieldProblem{Location: "body", Message: "ended early"})
	}
	if len(body) == 0 {
		return nil, nil
	}
	if err := checkMediaType(r, media); err != nil {
		return nil, err
	}
	if media == textCSV {
		return body, nil
	}
	return checkJSON(body)
}

func tooLarge() *Problem {
	return statusProblem(http.StatusRequestEntityTooLarge, "the body is larger than 1 MiB",
		FieldProblem{Location: "body", Message: "expected at most 1048576 bytes"})
}

// nothingSaid matches a body that means the same as no body.
var nothingSaid = regexp.MustCompile(`^\s*(null|\{\s*\})?\s*$`)

// checkUnused refuses what the operation would ignore although its sender must mean
// something by it: a body, or the condition of a change.
func checkUnused(ctx huma.Context) error {
	op, r := ctx.Operation(), requestOf(ctx.Context())
	if op.RequestBody == nil && r.HasBody {
		return shop.Invalidf("body", "expected none")
	}
	conditional := func(p *huma.Param) bool { return p.In == "header" && p.Name == "If-Match" }
	if len(r.IfMatch) > 0 && !r.Safe && !slices.ContainsFunc(op.Parameters, conditional) {
		return shop.Invalidf("header.If-Match", "expected none: this does not depend on a version")
	}
	for _, other := range []string{"If-None-Match", "If-Unmodified-Since"} {
		if !r.Safe && ctx.Header(other) != "" {
			return shop.Invalidf("header."+other, "expected none: the condition of a change is If-Match")
		}
	}
	return nil
}

// whole returns the value of a header that may be sent in several lines.
func whole(r *http.Request, header string) string { return strings.Join(r.Header.Values(header), ", ") }

func checkMediaType(r *http.Request, want string) error {
	if coding := whole(r, "Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return statusProblem(http.StatusUnsupportedMediaType, "the body must not be compressed",
			FieldProblem{Location: "header.Content-Encoding", Message: "expected none"})
	}
	header := whole(r, "Content-Type")
	if header == "" {
		return nil // assumed to be the expected type
	}
	accepted := []string{want}
	if r.Method == http.MethodPatch {
		accepted = append(accepted, "application/merge-patch+json")
	}
	media, params, err := mime.ParseMediaType(header)
	allowed := slices.Contains(accepted, media)
	if charset, ok := params["charset"]; ok && !strings.EqualFold(charset, "utf-8") {
		allowed = false
	}
	if err != nil || !allowed {
		expected := strings.Join(accepted, " or ")
		return statusProblem(http.StatusUnsupportedMediaType, "the body must be "+expected+" in UTF-8",
			FieldProblem{Location: "header.Content-Type", Message: "expected " + expected})
	}
	r.Header.Set("Content-Type", media) // in lower case: huma compares it case-sensitively
	return nil
}
