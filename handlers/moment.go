package handlers

import (
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Moment is an RFC 3339 time in a query that may be left out. Given tells that it
// was there: every time can be asked for, the zero time of Go too.
type Moment struct {
	time.Time

	Given bool
}

// Receiver implements huma.ParamWrapper.
func (m *Moment) Receiver() reflect.Value { return reflect.ValueOf(&m.Time).Elem() }

// OnParamSet implements huma.ParamReactor.
func (m *Moment) OnParamSet(given bool, _ any) { m.Given = given }

// Schema implements huma.SchemaProvider.
func (*Moment) Schema(r huma.Registry) *huma.Schema { return r.Schema(typeOf[time.Time](), true, "") }
