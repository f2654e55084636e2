package sheet

import (
	"strings"
	"unicode/utf8"
)

// enough are as many characters of a text as it is known by.
const enough = 60

// Short is what of a text is enough to know it by.
func Short(text string) string {
	if r := []rune(text); len(r) > enough {
		return string(r[:enough]) + "…"
	}
	return text
}

// near is the one of the names that somebody means who writes another, "" when it can be
// none or several: it may be in another case or with other signs between its words, or
// have a slip of the pen, two when it is long.
func near(name string, names []string) string {
	if utf8.RuneCountInString(name) > enough {
		return ""
	}
	bare := bareName(name)
	slips := 1
	if len(bare) > 4 {
		slips = 2
	}
	found := ""
	for _, other := range names {
		switch d := slipsBetween(bare, bareName(other)); {
		case d < slips || d == slips && found == "":
			found, slips = other, d
		case d == slips:
			found = ""
		}
	}
	return found
}

// bareName is a name without what people write in one way or another.
func bareName(name string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(strings.ToLower(name))
}

// slipsBetween is how many characters are missing, too many, wrong or in the place of
// their neighbour.
func slipsBetween(a, b string) int {
	from, to := []rune(a), []rune(b)
	rows := make([][]int, len(from)+1)
	for i := range rows {
		rows[i] = make([]int, len(to)+1)
		rows[i][0] = i
	}
	for j := range to {
		rows[0][j+1] = j + 1
	}
	for i, x := range from {
		for j, y := range to {
			wrong := 1
			if x == y {
				wrong = 0
			}
			least := min(rows[i][j]+wrong, rows[i][j+1]+1, rows[i+1][j]+1)
			if i > 0 && j > 0 && x == to[j-1] && from[i-1] == y {
				least = min(least, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = least
		}
	}
	return rows[len(from)][len(to)]
}
