// Package scratchtest tests docs/extending.md: on a copy of the repository it does what the
// page says, with the text of its examples, then builds and boots the program on both
// databases and uses the result over HTTP, and in Chromium through the committed admin UI.
// The tests take a minute and need Node, so `go test ./...` leaves them out: run them with
// `make test-scratch`, which installs what they need, or with `-tags scratch`.
package scratchtest
