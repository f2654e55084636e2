// Package disk takes away what the program needs from its disk (space, permissions, whole
// pages of the database) and checks that it says so, loses nothing and goes on.
package disk
