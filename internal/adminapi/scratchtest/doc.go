// Package scratchtest proves docs/extending.md: its tests do on a copy of the
// repository what the page says, with the text of its examples, then build and
// boot the program on both databases and use what came of it over HTTP. They
// take a minute, so that `go test ./...` leaves them out: run them by
// `make test-scratch`, or with `-tags scratch`.
package scratchtest
