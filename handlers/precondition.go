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

// precondition is a parsed If-Match header (RFC 9110, section 13.1.1).
type precondition struct {
	given    bool
	any      bool    // *
	versions []int64 // of the listed ETags; weak and foreign ones never match
}

// entityTags matches a list of ETags, whose elements may be empty (RFC 9110, section
// 5.6.1). entityTag matches one: commas and blanks between its quotes are part of it.
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
		return p, shop.Invalidf("header.If-Match", `expected * or quoted ETags, such as "3"`)
	}
	for _, listed := range entityTag.FindAllString(header, -1) {
		version, err := strconv.ParseInt(strings.Trim(listed, `"`), 10, 64)
		if err == nil && listed == etag(version) { // "02" is not the ETag "2"
			p.versions = append(p.versions, version)
		}
	}
	return p, nil
}

// single returns the version that is required, or nil if there is not exactly one.
func (p precondition) single() *int64 {
	if len(p.versions) == 1 {
		return &p.versions[0]
	}
	return nil
}

// met reports whether a resource of this version meets the precondition.
func (p precondition) met(version int64) bool {
	return !p.given || p.any || slices.Contains(p.versions, version)
}

// mismatch is the 412 that contains the current resource.
func mismatch(current any, version int64) *Problem {
	p := newProblem(statuses[shop.KindVersionMismatch], string(shop.KindVersionMismatch),
		"somebody changed it since you read it; its ETag is now "+etag(version))
	p.Current = current
	return p
}

func documentIfMatch(op *huma.Operation) {
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: "If-Match", In: "header",
		Description: "ETag from your last read: the change is made only if the resource still has it",
		Schema:      &huma.Schema{Type: huma.TypeString},
	})
}
