package handlers

import (
	"context"
	"regexp"
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

// entityTags is a list of them, whose elements may be empty (RFC 9110, section 5.6.1), and
// entityTag one: a comma or a blank between its quotes is part of it.
var (
	entityTags = regexp.MustCompile(`^[\t ,]*((W/)?"[^"]*"[\t ]*(,[\t ,]*|$))+$`)
	entityTag  = regexp.MustCompile(`(W/)?"[^"]*"`)
)

func ifMatch(ctx context.Context) (precondition, error) {
	lines := requestOf(ctx).IfMatch
	if len(lines) == 0 {
		return precondition{}, nil
	}
	p := precondition{given: true}
	header := strings.Join(lines, ",") // RFC 9110, section 5.3
	switch {
	case strings.Trim(header, "\t ") == "*":
		p.any = true
	case !entityTags.MatchString(header):
		return p, shop.Invalidf("header.If-Match", `expected * or quoted ETags, as "3"`)
	}
	for _, listed := range entityTag.FindAllString(header, -1) {
		version, err := strconv.ParseInt(strings.Trim(listed, `"`), 10, 64)
		if err == nil && listed == etag(version) { // "02" is another tag than "2"
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
