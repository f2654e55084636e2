// Package scratchtest proves docs/extending.md: its tests do on a copy of the
// repository what the page says, with the text of its examples, then build and
// boot the program on both databases and use what came of it over HTTP, and in
// Chromium the committed admin screens. They take a minute and need Node, so that
// `go test ./...` leaves them out: run them by `make test-scratch`, which sees to
// what they need, or with `-tags scratch`.
package scratchtest
