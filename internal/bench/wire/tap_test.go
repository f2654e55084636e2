package wire_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/internal/bench/wire"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// TestTap counts known cases: preparing a statement at its first use costs one more round
// trip, a batch costs one for all its statements, and a transaction costs one for its
// beginning and one for its end.
func TestTap(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	tap, url, err := wire.Open(ctx, storetest.EmptyURL(t, dialect.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	defer tap.Close()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)

	ask := func(ctx context.Context) error {
		var one int
		return conn.QueryRow(ctx, "SELECT $1::bigint", 1).Scan(&one)
	}
	for _, step := range []struct {
		name       string
		do         func(ctx context.Context) error
		statements []string
		roundTrips int
	}{
		{"first use", ask, []string{"SELECT $1::bigint"}, 2},
		{"second use", ask, []string{"SELECT $1::bigint"}, 1},
		{"without arguments", func(ctx context.Context) error {
			_, err := conn.Exec(ctx, "SELECT 1")
			return err
		}, []string{"SELECT 1"}, 1},
		{"ping", conn.Ping, nil, 0},
		{"batch", func(ctx context.Context) error {
			var batch pgx.Batch
			for i := range 3 {
				batch.Queue("SELECT $1::bigint", i)
			}
			return conn.SendBatch(ctx, &batch).Close()
		}, []string{"SELECT $1::bigint", "SELECT $1::bigint", "SELECT $1::bigint"}, 1},
		{"transaction", func(ctx context.Context) error {
			return pgx.BeginFunc(ctx, conn, func(pgx.Tx) error { return ask(ctx) })
		}, []string{"begin", "SELECT $1::bigint", "commit"}, 3},
	} {
		tap.Reset()
		if err := step.do(ctx); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		statements, roundTrips := tap.Heard()
		if diff := cmp.Diff(step.statements, statements); diff != "" {
			t.Errorf("%s: other statements (-want +got):\n%s", step.name, diff)
		}
		if roundTrips != step.roundTrips {
			t.Errorf("%s: expected %d round trips, got %d", step.name, step.roundTrips, roundTrips)
		}
	}
}
