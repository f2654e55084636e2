package handlers

import (
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/internal/definition"
)

// documentHeaders says which headers come with which answers of an operation. huma
// names those of Answer with every success, and none with a problem.
func documentHeaders(op *huma.Operation) {
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
		done, record := strings.HasPrefix(status, "2"), recordIn(response)
		says("ETag", done && record && status+op.OperationID != "200stocktake", true, huma.TypeString, "the version, for If-Match")
		says("Location", status == "201" && op.OperationID != "note-order", true, huma.TypeString, "where the new record is")
		says("Idempotency-Replayed", done && keyed, false, huma.TypeString,
			"true when this is the answer to an earlier request with the same key")
		says("Retry-After", status == "429" || status == "503", true, huma.TypeInteger, "seconds to wait")
		says("WWW-Authenticate", status == "401", true, huma.TypeString, "how to authenticate")
		response.Headers = headers
	}
}

// recordIn reports whether the body of an answer is a single record.
func recordIn(response *huma.Response) bool {
	body := response.Content["application/json"]
	if body == nil || body.Schema == nil {
		return false
	}
	name := strings.TrimPrefix(body.Schema.Ref, "#/components/schemas/")
	return slices.Contains([]string{"APITokenCreated", "OrderEvent", "StockMovement", "Stocktake"}, name) ||
		slices.ContainsFunc(definitions, func(d definition.Resource) bool { return d.Entity == name })
}
