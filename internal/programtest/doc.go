// Package programtest builds the program and runs it in tests that need a real process:
// one that can be killed, or that runs as another user.
package programtest
