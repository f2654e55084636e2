package shop

import "encoding/json"

// Change is one field of a record before and after, as the audit trail stores it: JSON
// values as the API shows them, and null for no value.
type Change struct {
	Field  string          `json:"field" doc:"name of the field"`
	Before json.RawMessage `json:"before" doc:"value before; null for none"`
	After  json.RawMessage `json:"after" doc:"value after; null for none"`
	// Secret marks a field of which the trail only tells that it was set.
	Secret bool `json:"secret,omitempty" doc:"the field was set; its values are never recorded"`
	// Erased marks personal data that was taken out of the trail later.
	Erased bool `json:"erased,omitempty" doc:"the values were personal data and have been erased"`
}

// Null is the JSON value for nothing.
var Null = json.RawMessage("null")
