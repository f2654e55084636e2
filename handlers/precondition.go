package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/internal/shop"
)

// precondition is an If-Match header (RFC 9110, section 13.1.1).
type precondition struct {
	given    bool
	any      bool    // *
	versions []int64 // of the listed tags; weak and foreign ones never match
}

func ifMatch(ctx context.Context) (precondition, error) {
	lines := requestOf(ctx).IfMatch
	if len(lines) == 0 {
		return precondition{}, nil
	}
	header := strings.Join(lines, ",") // RFC 9110, section 5.3
	if strings.TrimSpace(header) == "*" {
		return precondition{given: true, any: true}, nil
	}
	p := precondition{given: true}
	for tag := range strings.SplitSeq(header, ",") {
		tag = strings.TrimSpace(tag)
		weak := strings.HasPrefix(tag, "W/")
		inner := strings.TrimPrefix(tag, "W/")
		if len(inner) < 2 || inner[0] != '"' || strings.IndexByte(inner[1:], '"') != len(inner)-2 {
			return p, shop.Invalidf("header.If-Match", `expected * or quoted ETags, as "3"`)
		}
		version, err := strconv.ParseInt(inner[1:len(inner)-1], 10, 64)
		if err == nil && !weak && tag == etag(version) { // "02" is another tag than "2"
			p.versions = append(p.versions, version)
		}
	}
	return p, nil
}

// single returns the one version that must be met. It is nil when any will do.
func (p precondition) single() *int64 {
	if len(p.versions) == 1 {
		return &p.versions[0]
	}
	return nil
}

// met reports whether a resource of this version passes.
func (p precondition) met(version int64) bool {
	return !p.given || p.any || slices.Contains(p.versions, version)
}

// mismatch is the 412 that shows the resource as it is now.
func mismatch(current any, version int64) *Problem {
	p := newProblem(statuses[shop.KindVersionMismatch], string(shop.KindVersionMismatch),
		"somebody changed it since you read it; its ETag is now "+etag(version))
	p.Current = current
	return p
}

func documentIfMatch(op *huma.Operation) {
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: "If-Match", In: "header",
		Description: "ETag that you read: the change applies only if the resource still has it",
		Schema:      &huma.Schema{Type: huma.TypeString},
	})
}
