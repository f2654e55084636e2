package handlers

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
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

// maxTries limits how often a change is tried again because it failed on account of others,
// and the reason was gone when it looked.
const maxTries = 5

// conditionally makes a change under the request's If-Match. The change compares the
// version in its own statement, so nobody can interfere. If it finds no row, conditionally
// finds out why: there is no such record (NotFound), or it has another version, which is a
// 412 with the current record. If the reason is gone by then, because somebody has restored
// the record or brought it to that version, the change is tried again.
func (r *resource[E, D, C, P]) conditionally(
	ctx context.Context, tx *ent.Client, id int64, change func(version *int64) (*E, error),
) (*E, error) {
	condition, err := ifMatch(ctx)
	if err != nil {
		return nil, err
	}
	for range maxTries {
		version := condition.single()
		if condition.given && !condition.any && version == nil {
			current, err := r.meeting(ctx, tx, id, condition)
			if err != nil {
				return nil, err
			}
			version = &current
		}
		changed, err := change(version)
		if !ent.IsNotFound(err) {
			return changed, r.overtaken(ctx, tx, id, condition, err)
		}
		if _, err := r.meeting(ctx, tx, id, condition); err != nil {
			return nil, err
		}
	}
	return nil, shop.Conflictf("the %s is being changed by others at this moment: try again", r.name())
}

// meeting returns the version of a record that meets the condition. Otherwise the error is
// a 412, or of kind NotFound if there is no such record.
func (r *resource[E, D, C, P]) meeting(ctx context.Context, tx *ent.Client, id int64, condition precondition) (int64, error) {
	row, err := r.find(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	if !condition.met(r.version(row)) {
		return 0, r.stale(ctx, tx, row)
	}
	return r.version(row), nil
}

// byRule are the kinds of refusals by a rule of the record.
var byRule = []shop.Kind{shop.KindInvalid, shop.KindConflict, shop.KindInvalidTransition}

// overtaken returns the error of a change, or nil. If a rule refused the change, but there
// is no such record or it does not meet the condition, it returns the 404 or the 412
// instead: showing the current record explains the refusal best.
func (r *resource[E, D, C, P]) overtaken(ctx context.Context, tx *ent.Client, id int64, condition precondition, refused error) error {
	if !slices.Contains(byRule, shop.KindOf(refused)) {
		return refused
	}
	_, err := r.meeting(ctx, tx, id, condition)
	if _, stale := errors.AsType[*Problem](err); stale || shop.KindOf(err) == shop.KindNotFound {
		return err
	}
	return refused
}

func (r *resource[E, D, C, P]) stale(ctx context.Context, tx *ent.Client, row *E) error {
	shown, err := r.show(ctx, tx, []*E{row})
	if err != nil {
		return err
	}
	return mismatch(shown[0], r.version(row))
}
