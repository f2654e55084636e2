// Package migrations holds the versioned migrations of each database as Atlas
// keeps them: SQL files named by version, applied in that order, and atlas.sum,
// which fixes their content. A released file is never edited.
package migrations

import "embed"

// Files are the directories "postgres" and "sqlite".
//
//go:embed postgres sqlite
var Files embed.FS
