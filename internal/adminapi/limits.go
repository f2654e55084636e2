package adminapi

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"unicode/utf8"

	"entgo.io/ent/schema/field"

	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// exact is the largest integer that every reader of JSON represents exactly, including
// those that use IEEE 754 doubles (RFC 8259, section 6). It equals shop.MaxMoney.
const exact int64 = 1<<53 - 1

// fit returns an error for annotations that have no meaning for the type of their field.
func (d *describer) fit() error {
	a, t := d.admin, d.out.Type
	text := isText(d.field)
	switch {
	case a.Searchable && !text:
		return fmt.Errorf("admin.Searchable is for strings, this is %s", t)
	case a.Multiline && !text:
		return fmt.Errorf("admin.Multiline is for strings, this is %s", t)
	case a.Pattern != "" && !text:
		return fmt.Errorf("admin.Pattern is for strings, this is %s", t)
	case (a.Min != nil || a.Max != nil) && t != definition.Integer && t != definition.Number && t != definition.Money:
		return fmt.Errorf("admin.Range is for numbers, this is %s", t)
	case (a.Min != nil || a.Max != nil) && d.edge() != nil:
		return errors.New("admin.Range is for numbers, this is an id")
	case a.MaxItems != nil && (t != definition.Strings || *a.MaxItems < 1):
		return fmt.Errorf("admin.MaxItems is for lists of strings and at least 1, this is %d of %s", *a.MaxItems, t)
	case a.None != "" && !d.field.Optional:
		return errors.New("admin.None is for fields that may be null")
	}
	if _, err := regexp.Compile(a.Pattern); err != nil {
		return fmt.Errorf("admin.Pattern: %w", err)
	}
	return nil
}

// limits sets the lengths of texts and the ranges of numbers.
func (d *describer) limits() error {
	switch d.out.Type {
	case definition.String, definition.Text:
		d.lengths()
	case definition.Integer, definition.Money, definition.Reference, definition.Number:
		return d.bounds()
	case definition.Strings:
		d.out.MaxItems = d.admin.MaxItems
	case definition.Boolean, definition.DateTime, definition.Enum, definition.JSON:
	}
	return nil
}

// formats are the patterns for which screens have an explanation in words.
var formats = map[string]string{shop.SlugPattern: "slug", shop.EmailPattern: "email"}

func (d *describer) lengths() {
	if d.field.IsUUID() {
		d.out.UUID, d.out.MinLength, d.out.MaxLength = true, new(36), new(36)
		return
	}
	d.out.Pattern = cmp.Or(d.admin.Pattern, d.pattern)
	d.out.Format = formats[d.out.Pattern]
	switch {
	case d.out.Required:
		d.out.MinLength = new(max(1, d.shortest))
	case d.shortest > 0:
		d.out.MinLength = &d.shortest
	case d.field.Validators > 0 && !d.field.HasGoType() && (d.out.Creatable || d.out.Updatable):
		d.out.Validator = d.field.Validator()
	}
	if most := length(d.field); most <= maxVarchar {
		d.out.MaxLength = new(int(most))
	}
}

func (d *describer) bounds() error {
	least, most := d.natural()
	if d.out.Type != definition.Number {
		d.out.Minimum, d.out.Maximum = new(least), new(most)
	}
	d.out.Wide = d.field.Type.Type == field.TypeUint32
	for _, given := range []*int64{d.admin.Min, d.admin.Max} {
		if given != nil && (*given < least || *given > most) {
			return fmt.Errorf("admin.Range: %d is not within %d..%d, which the type and JSON hold", *given, least, most)
		}
	}
	if given := cmp.Or(d.admin.Min, d.least); given != nil && (d.out.Minimum == nil || *given > least) {
		d.out.Minimum = given
	}
	if given := cmp.Or(d.admin.Max, d.most); given != nil && (d.out.Maximum == nil || *given < most) {
		d.out.Maximum = given
	}
	if d.out.Minimum != nil && d.out.Maximum != nil && *d.out.Minimum > *d.out.Maximum {
		return fmt.Errorf("no number is at least %d and at most %d", *d.out.Minimum, *d.out.Maximum)
	}
	return nil
}

// fallback returns an error for a default that the field's own limits refuse: no record could
// be added without the field, and PostgreSQL could not add the column to rows that are there.
func (d *describer) fallback() error {
	refused := false
	switch v := d.out.Default.(type) {
	case string:
		n := utf8.RuneCountInString(v)
		refused = outside(n, d.out.MinLength, d.out.MaxLength) || d.out.Pattern != "" && !regexp.MustCompile(d.out.Pattern).MatchString(v)
	case int64:
		refused = outside(v, d.out.Minimum, d.out.Maximum)
	case float64:
		refused = d.out.Minimum != nil && v < float64(*d.out.Minimum) || d.out.Maximum != nil && v > float64(*d.out.Maximum)
	}
	if refused {
		return fmt.Errorf("Default(%#v): its own limits refuse it", d.out.Default)
	}
	return nil
}

func outside[T cmp.Ordered](v T, least, most *T) bool {
	return least != nil && v < *least || most != nil && v > *most
}

// natural is the range that the field's type has without annotation, within what JSON
// represents exactly.
func (d *describer) natural() (least, most int64) {
	switch {
	case d.id, d.edge() != nil, d.field.Name == version:
		return 1, exact
	case d.out.Type == definition.Money:
		return 0, exact
	}
	switch d.field.Type.Type {
	case field.TypeInt8:
		return math.MinInt8, math.MaxInt8
	case field.TypeInt16:
		return math.MinInt16, math.MaxInt16
	case field.TypeInt32:
		return math.MinInt32, math.MaxInt32
	case field.TypeUint8:
		return 0, math.MaxUint8
	case field.TypeUint16:
		return 0, math.MaxUint16
	case field.TypeUint32:
		return 0, math.MaxUint32
	case field.TypeUint, field.TypeUint64:
		return 0, exact
	default:
		return -exact, exact
	}
}
