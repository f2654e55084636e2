package handlers

import (
	"context"
	"errors"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/order"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// Page is a page of a list.
type Page[D any] struct {
	Items           []D     `json:"items"`
	NextCursor      *string `json:"next_cursor" nullable:"true" doc:"cursor of the next page; null on the last one. A page of orders ends early where these have more than 20,000 lines together"`
	Total           *int64  `json:"total,omitempty" doc:"number of matches: exact up to 10,000; absent with count=none"`
	TotalIsEstimate *bool   `json:"total_is_estimate,omitempty" doc:"whether total is an estimate"`
}

// ListInput takes the raw query string, which package listquery parses according to the
// resource's definition.
type ListInput struct{ url url.URL }

// Resolve implements huma.Resolver.
func (in *ListInput) Resolve(ctx huma.Context) []error {
	in.url = ctx.URL()
	return nil
}

// scopedInput is the input of a list of the records that belong to another one.
type scopedInput struct {
	IDInput
	ListInput
}

func registerList[E, D, C, P any](api huma.API, s *Server, r resource[E, D, C, P]) {
	op := operation(r.def, definition.List, "", "List "+definition.Noun(r.def.LabelPlural), r.def.Permissions.Read)
	op.Parameters = listParams(append(listquery.Params(r.def), extraParams(r.def)...))
	op.SkipValidateParams = true // listquery validates them
	browse(api, s, op, func(ctx context.Context, client *ent.Client, in *ListInput) (*Answer[Page[D]], error) {
		query, scopes, err := extraScopes(r.def, in.url.RawQuery)
		if err != nil {
			return nil, err
		}
		q, err := listquery.Parse(r.def, query, scopes...)
		if err != nil {
			return nil, err
		}
		return r.fetch(ctx, client, q)
	})
}

// registerScopedList lists the records that belong to another record, the one to which
// their field scope refers. If that record is missing, the list function of the resource
// must return an error of kind NotFound.
func registerScopedList[E, D any](
	api huma.API, s *Server, op huma.Operation, scope string, of func(id int64) resource[E, D, noBody, noBody],
) {
	def := of(0).def
	op.Parameters = listParams(listquery.Params(def, listquery.Of(scope, 0)))
	op.SkipValidateParams = true
	browse(api, s, op, func(ctx context.Context, client *ent.Client, in *scopedInput) (*Answer[Page[D]], error) {
		if in.ID < 1 {
			return nil, shop.Invalidf("path.id", "expected a number from 1")
		}
		q, err := listquery.Parse(def, in.url.RawQuery, listquery.Of(scope, in.ID))
		if err != nil {
			return nil, err
		}
		r := of(in.ID)
		return r.fetch(ctx, client, q)
	})
}

// fetch reads a page. The query says itself whether deleted records are in it.
func (r *resource[E, D, C, P]) fetch(
	ctx context.Context, client *ent.Client, q *listquery.Query,
) (*Answer[Page[D]], error) {
	ctx = invariant.WithDeleted(ctx)
	if q.Selective() {
		ctx = store.Replan(ctx)
	}
	rows, err := r.list(ctx, client, q)
	if err != nil {
		return nil, err
	}
	answer, fetched := &Answer[Page[D]]{}, len(rows)
	page := &answer.Body
	rows = rows[:min(fetched, q.PageSize())]
	page.Items, err = r.show(ctx, client, rows)
	if long, ok := errors.AsType[*order.TooManyError](err); ok {
		rows = rows[:long.Fit]
		page.Items, err = r.show(ctx, client, rows)
	}
	if err != nil {
		return nil, err
	}
	if fetched > len(rows) {
		last := rows[len(rows)-1]
		page.NextCursor = new(q.NextCursor(func(field string) any { return r.value(last, field) }))
	}
	if q.Counts() {
		total, estimate, err := q.Total(ctx, client, fetched)
		if err != nil {
			return nil, err
		}
		page.Total, page.TotalIsEstimate = &total, &estimate
	}
	return answer, nil
}

// listParams documents the parameters of a list.
func listParams(params []listquery.Param) []*huma.Param {
	out := make([]*huma.Param, 0, len(params))
	for i := range params {
		p := &params[i]
		schema := &huma.Schema{
			Type: p.Type, Format: p.Format, Enum: anys(p.Enum), Default: p.Default,
			Minimum: float(p.Minimum), Maximum: float(p.Maximum), MinLength: p.MinLength, MaxLength: p.MaxLength,
		}
		documented := &huma.Param{Name: p.Name, In: "query", Description: p.Description, Schema: schema}
		if p.Array {
			items := *schema
			items.Default = nil
			documented.Style, documented.Explode = "form", new(bool)
			documented.Schema = &huma.Schema{
				Type: huma.TypeArray, Items: &items, MinItems: new(1), MaxItems: &p.MaxItems, Default: p.Default,
			}
		}
		if p.Repeated {
			documented.Style, documented.Explode = "form", new(true)
			documented.Schema = &huma.Schema{Type: huma.TypeArray, Items: schema, MinItems: new(1)}
		}
		out = append(out, documented)
	}
	return out
}

func anys(values []string) []any {
	if len(values) == 0 {
		return nil
	}
	return rendered(values, func(v string) any { return v })
}

func float(n *int64) *float64 {
	if n == nil {
		return nil
	}
	return new(float64(*n))
}
