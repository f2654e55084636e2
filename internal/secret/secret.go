// Package secret makes the random texts that identify a person or a program: session
// cookies, API tokens and setup links. They have 256 random bits, so nobody can guess one.
// The database stores only their hash, so nobody who reads it can use one. A fast hash is
// enough for what cannot be guessed. For passwords, which can, see package password.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"strings"
)

// size is the number of random bytes of a secret.
const size = 32

// length is the number of characters of a secret, without its prefix.
const length = 43

// New returns a secret behind the prefix. Its letters can stand in a URL, a
// cookie and a header as they are.
func New(prefix string) string {
	var raw [size]byte
	_, _ = rand.Read(raw[:]) // never fails
	return prefix + base64.RawURLEncoding.EncodeToString(raw[:])
}

// Valid reports whether the text can be a secret behind the prefix, before
// anybody asks the database for it.
func Valid(text, prefix string) bool {
	body, ok := strings.CutPrefix(text, prefix)
	if !ok || len(body) != length {
		return false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(body)
	return err == nil && len(raw) == size // it passes over line breaks
}

// Hash is what is kept of a secret, and by what it is found again.
func Hash(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// Code returns a code for people to write down: 80 random bits in groups of
// four, as k3xq-7h2m-….
func Code() string {
	var raw [10]byte
	_, _ = rand.Read(raw[:]) // never fails
	text := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:]))
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// HashCode is what is kept of a code. Hyphens, spaces and capitals do not
// matter.
func HashCode(code string) []byte {
	return Hash(strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(code)))
}
