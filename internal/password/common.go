package password

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"sync"
)

// commonList is the list of common passwords of Django; see LICENSE.common.
//
//go:embed common.txt.gz
var commonList []byte

// commonOnes returns the common passwords, in lower case. They are unpacked when the first
// password is checked.
var commonOnes = sync.OnceValue(func() map[string]bool {
	list, err := gzip.NewReader(bytes.NewReader(commonList))
	if err != nil {
		panic("password: the embedded list: " + err.Error())
	}
	out := make(map[string]bool, 20_000)
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		out[lines.Text()] = true
	}
	if lines.Err() != nil {
		panic("password: the embedded list: " + lines.Err().Error())
	}
	return out
})

func common(password string) bool { return commonOnes()[strings.ToLower(password)] }
