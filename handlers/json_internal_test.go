package handlers

import (
	"bytes"
	"encoding/json"
	"math/big"
	"reflect"
	"strconv"
	"testing"
)

// Accepted bodies are valid JSON, and the returned body has the same value.
func FuzzCheckJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,2.50,-0,1e3,"x",null,true]}`, ` [ 1.0 , {"b":-1.5e1,"c":{}} ]`, `"\u0041\ud83d\ude00"`, `{"a":1,"\u0061":2}`, `{"a":"\u0000"}`,
		`1.5e-9223372036854775808`, `12e-9223372036854775808`, `0e-59223372036854775808`, `0.00e9223372036854775807`, `100e-2`, `9223372036854775807.0`,
		`123456789012345678.5`, `1e-00000`, `1e400`, "\"\xff\"", `1 2`, `[`, ``, "\ufeff1",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		out, err := checkJSON(bytes.Clone(body))
		if err != nil {
			return
		}
		if before, after := said(t, body), said(t, out); !reflect.DeepEqual(before, after) {
			t.Fatalf("%q became %q", body, out)
		}
	})
}

// said returns the value of a JSON text, with numbers as fractions.
func said(t *testing.T, text []byte) any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil || !json.Valid(text) {
		t.Fatalf("%q: %v", text, err)
	}
	return exact(value)
}

func exact(value any) any {
	switch v := value.(type) {
	case json.Number:
		if near, err := strconv.ParseFloat(string(v), 64); err == nil && near == 0 {
			return "0" // whatever the exponent, of which big.Rat takes only 32 bits
		}
		if r, ok := new(big.Rat).SetString(string(v)); ok {
			return r.RatString()
		}
	case []any:
		for i := range v {
			v[i] = exact(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = exact(v[name])
		}
	}
	return value
}
