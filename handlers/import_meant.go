package handlers

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/sheet"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

const (
	// maxMeant limits how many keys are suggested for one that no record has.
	maxMeant = 3
	// maxUnknown limits how many unknown keys of a file get suggestions: each costs a
	// search.
	maxUnknown = 20
)

// suggest looks for the records that the unknown keys may mean. People often write the name
// that they see on screen.
func (i *importing[E, D, C, P]) suggest(ctx context.Context) error {
	i.meant = map[string]map[string][]string{}
	tried := 0
	for _, line := range i.lines {
		for _, ref := range line.row.Refs {
			name, key := ref.Field.Reference, ref.Key
			if i.meant[name] == nil {
				i.meant[name] = map[string][]string{}
			}
			_, known := i.ids[name][key]
			_, done := i.meant[name][key]
			if known || done || tried == maxUnknown {
				continue
			}
			tried++
			if name == i.r.def.Name {
				i.meant[name][key] = i.titled(key)
			}
			if len(i.meant[name][key]) > 0 {
				continue
			}
			var err error
			if i.meant[name][key], err = i.s.finders[name].like(ctx, i.tx, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// titled returns the keys of the rows of the file whose records have the title.
func (i *importing[E, D, C, P]) titled(title string) []string {
	var keys []string
	for _, line := range i.lines {
		members, _ := line.row.New()
		if is, _ := members[i.r.def.TitleField].(string); strings.EqualFold(is, strings.TrimSpace(title)) && len(keys) < maxMeant {
			keys = append(keys, line.row.Key)
		}
	}
	return keys
}

// like returns the records with this title or, if there are none, those that contain the
// text.
func (r *resource[E, D, C, P]) like(ctx context.Context, tx *ent.Client, text string) ([]string, error) {
	text = strings.TrimSpace(text)
	q, err := listquery.Parse(r.def, url.Values{
		"q": {text}, "limit": {strconv.Itoa(listquery.MaxLimit)}, "count": {"none"},
	}.Encode())
	if shop.KindOf(err) == shop.KindInvalid {
		return nil, nil // the text is too long, or these records have no searchable fields
	}
	if err != nil {
		return nil, fmt.Errorf("look for %s: %w", r.def.Name, err)
	}
	rows, err := r.list(store.Replan(ctx), tx, q)
	if err != nil {
		return nil, err
	}
	var titled, others []string
	for _, row := range rows {
		key, _ := r.value(row, r.def.ImportKey).(string)
		if title, _ := r.value(row, r.def.TitleField).(string); strings.EqualFold(title, text) {
			titled = append(titled, key)
		} else {
			others = append(others, key)
		}
	}
	if len(titled) == 0 {
		titled = others
	}
	return titled[:min(len(titled), maxMeant)], nil
}

// unknown says that no record has the key that the row refers to, and which key may be
// meant. inFile reports that a row of the file has the key, and that this row was refused
// or refers back.
func (i *importing[E, D, C, P]) unknown(row *sheet.Row, ref sheet.Ref, inFile bool) string {
	def := definitionOf(ref.Field.Reference)
	said := fmt.Sprintf("expected the %s of one of the %s, got %q", def.ImportKey, definition.Noun(def.LabelPlural), sheet.Short(ref.Key))
	switch meant := i.meant[def.Name][ref.Key]; {
	case inFile && ref.Key == row.Key && def == i.r.def:
		return said + ", which is the row itself"
	case inFile && i.leads(ref.Key, row.Key, map[string]bool{}):
		return said + ", whose row leads back to this one in a circle"
	case inFile:
		return said + ", whose row is refused"
	case len(meant) == 0:
		return said
	default:
		return said + ": did you mean " + strings.Join(meant, " or ") + "?"
	}
}

// leads reports whether the row of a new record refers to another one, directly or through
// others. It adds the rows it has seen to passed.
func (i *importing[E, D, C, P]) leads(from, to string, passed map[string]bool) bool {
	passed[from] = true
	return slices.ContainsFunc(i.creates[from].Refs, func(ref sheet.Ref) bool {
		own := ref.Field.Reference == i.r.def.Name && i.creates[ref.Key] != nil
		return own && (ref.Key == to || !passed[ref.Key] && i.leads(ref.Key, to, passed))
	})
}
