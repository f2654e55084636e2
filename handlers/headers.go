package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// The headers that a client needs for its next request.
const (
	etagHeader     = "ETag"
	locationHeader = "Location"
)

// answering is the metadata key of what answersWith declares.
const answering = "answering"

// answersWith declares the headers of an operation's answers with this status.
func answersWith(op *huma.Operation, status int, headers ...string) {
	if op.Metadata == nil {
		op.Metadata = map[string]any{}
	}
	declared, _ := op.Metadata[answering].(map[string][]string)
	if declared == nil {
		declared = map[string][]string{}
		op.Metadata[answering] = declared
	}
	declared[strconv.Itoa(status)] = headers
}

// documentHeaders says which headers come with which answers of an operation: those that it
// declares, and those of every answer with the status. huma lists the headers of Answer for
// every success, and none for problems.
func documentHeaders(op *huma.Operation) {
	declared, _ := op.Metadata[answering].(map[string][]string)
	keyed := slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "header" && p.Name == "Idempotency-Key" })
	for status, response := range op.Responses {
		headers := response.Headers
		if headers == nil {
			headers = map[string]*huma.Param{}
		}
		says := func(name string, yes, always bool, kind, description string) {
			delete(headers, name)
			if yes {
				headers[name] = &huma.Param{Description: description, Required: always, Schema: &huma.Schema{Type: kind}}
			}
		}
		has := func(name string) bool { return slices.Contains(declared[status], name) }
		says(etagHeader, has(etagHeader), true, huma.TypeString, "the version, for If-Match")
		says(locationHeader, has(locationHeader), true, huma.TypeString, "where the new record is")
		says("Idempotency-Replayed", keyed && strings.HasPrefix(status, "2"), false, huma.TypeString,
			"true when this is the answer to an earlier request with the same key")
		says("Retry-After", status == "429" || status == "503", true, huma.TypeInteger, "seconds to wait")
		says("WWW-Authenticate", status == "401", true, huma.TypeString, "how to authenticate")
		response.Headers = headers
	}
}
