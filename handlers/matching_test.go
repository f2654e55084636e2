package handlers_test

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
)

// matching returns a text that matches the pattern of a field.
func (d *driver) matching(pattern string) string {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.written(parsed.Simplify())
}

func (d *driver) written(re *syntax.Regexp) string {
	var text strings.Builder
	switch re.Op {
	case syntax.OpLiteral:
		text.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		i := d.random.IntN(len(re.Rune)/2) * 2
		text.WriteRune(re.Rune[i] + d.random.Int32N(min(re.Rune[i+1]-re.Rune[i], 40)+1))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		text.WriteRune('a' + d.random.Int32N(26))
	case syntax.OpAlternate:
		text.WriteString(d.written(pick(d, re.Sub...)))
	case syntax.OpStar, syntax.OpPlus: // long enough to be unique
		for range 8 {
			text.WriteString(d.written(re.Sub[0]))
		}
	default: // groups and sequences are written in full, with their optional parts
		for _, sub := range re.Sub {
			text.WriteString(d.written(sub))
		}
	}
	return text.String()
}

// New fields with a pattern are tested like all others.
func TestDocumentKnowsPatterns(t *testing.T) {
	t.Parallel()
	d := &driver{t: t, random: rand.New(rand.NewPCG(1, 2))}
	for _, pattern := range []string{"^[A-Z]+$", `^\d{4}-\d{2}-\d{2}$`, "^(a|b.)[^x]*(-c)?$", `^#[0-9a-f]{3,6}$`} {
		if text := d.matching(pattern); !regexp.MustCompile(pattern).MatchString(text) {
			t.Errorf("%q does not match %s", text, pattern)
		}
	}
}
