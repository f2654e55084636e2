package main

import (
	"context"

	"github.com/storekeeper/storekeeper/internal/store"
)

// sayLetters warns if searches in the database do not find müller for MÜLLER, because of its
// locale. The warning comes before staff add customers again that they did not find.
func sayLetters(ctx context.Context, a *app, db *store.DB) error {
	knows, err := db.KnowsLetters(ctx)
	if err != nil {
		return err
	}
	if !knows {
		a.log.WarnContext(ctx, "with the locale of the database, searches are case-sensitive for some or all letters beyond ASCII: "+
			"create a database with LOCALE 'C.UTF-8' and copy the shop into it (docs/operations.md)")
	}
	return nil
}
