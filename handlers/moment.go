package handlers

import (
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Moment is an optional RFC 3339 time in a query. Any time can be given, even Go's zero
// time.
type Moment struct {
	at    time.Time
	given bool
}

// or returns the time, or other if none was given.
func (m *Moment) or(other time.Time) time.Time {
	if m.given {
		return m.at
	}
	return other
}

// Receiver implements huma.ParamWrapper.
func (m *Moment) Receiver() reflect.Value { return reflect.ValueOf(&m.at).Elem() }

// OnParamSet implements huma.ParamReactor.
func (m *Moment) OnParamSet(given bool, _ any) { m.given = given }

// Schema implements huma.SchemaProvider.
func (*Moment) Schema(r huma.Registry) *huma.Schema { return schemaOf[time.Time](r) }
