package handlers_test

import (
	"context"
	"testing"

	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// as returns the context of the program itself.
func as(t *testing.T) context.Context {
	t.Helper()
	return storetest.Context(t)
}

// evil returns a context whose texts are meant to be executed by a spreadsheet.
func evil(t *testing.T) context.Context {
	t.Helper()
	ctx := access.WithOrigin(as(t), access.Origin{RequestID: "+1", IP: "-1-", UserAgent: "=cmd|' /C calc'!A0;-2"})
	return shop.WithActor(ctx, "@evil")
}
