package handlers_test

import (
	"context"
	"sync"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// act is what somebody else does to a product.
type act func(ctx context.Context, tx *ent.Client, id int64) error

func deletes(ctx context.Context, tx *ent.Client, id int64) error {
	return tx.Product.DeleteOneID(id).Exec(ctx)
}

func restores(ctx context.Context, tx *ent.Client, id int64) error {
	return tx.Product.UpdateOneID(id).ClearDeletedAt().Exec(invariant.WithDeleted(ctx))
}

func renames(ctx context.Context, tx *ent.Client, id int64) error {
	return tx.Product.UpdateOneID(id).SetName("Renamed").Exec(ctx)
}

// interfere lets somebody else act, in transactions of their own: just before a product is
// changed, and just after a change that matched no row, before anything asks why. It
// happens at most the given number of times. On SQLite there is no other writer at that
// moment.
func (a *api) interfere(id int64, times int, before, afterMiss act) {
	acting := false
	do := func(what act) {
		if what == nil {
			return
		}
		acting = true
		shoptest.Do(a.t, a.db, func(ctx context.Context, tx *ent.Client) error { return what(ctx, tx, id) })
		acting = false
	}
	a.db.Client.Product.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if acting || times == 0 {
				return next.Mutate(ctx, m)
			}
			times--
			do(before)
			value, err := next.Mutate(ctx, m)
			if ent.IsNotFound(err) {
				do(afterMiss)
			}
			return value, err
		})
	})
}

// A change whose reason for failing has gone before it is reported is made after all:
// nobody gets 404 for a record that exists, or 412 for a version that matches.
func TestReasonsThatPass(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare           act
		times             int
		before, afterMiss act
		ifMatch           string
		status            int
	}{
		"restored":                        {deletes, 1, nil, restores, "", 200},
		"restored, whatever the version":  {deletes, 1, nil, restores, "*", 200},
		"deleted and restored every time": {nil, 100, deletes, restores, "", 409},
		"deleted":                         {nil, 1, deletes, nil, "", 404},
		"brought to the version":          {nil, 1, nil, renames, `"2"`, 200},
		"brought to another that will do": {nil, 1, renames, nil, `"1", "2"`, 200},
		"brought to one that will not":    {nil, 1, nil, renames, `"3"`, 412},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, storetest.Postgres(t))
			ids := a.small()
			if c.prepare != nil {
				shoptest.Do(t, a.db, func(ctx context.Context, tx *ent.Client) error { return c.prepare(ctx, tx, ids["product"]) })
			}
			a.interfere(ids["product"], c.times, c.before, c.afterMiss)
			var headers []string
			if c.ifMatch != "" {
				headers = []string{"If-Match", c.ifMatch}
			}
			answer := a.patch(ids.in("/products/{product}"), `{"name":"Patched"}`, headers...).is(c.status)
			if c.status == 200 {
				answer.has("name", "Patched").has("deleted_at", nil)
				a.get(ids.in("/products/{product}")).is(200).has("name", "Patched")
			}
		})
	}
}

// If a record is restored while the record that it refers to is deleted, one of the two is
// refused, whichever is first: no living record refers to a deleted one.
func TestRestoreMeetsDeletion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		for round := range 20 {
			above := a.category(in("above-%d", round))
			product := a.product(in("R-%d", round), 1, 0, above)
			below := a.post("/categories", map[string]any{"name": "Below", "slug": in("below-%d", round), "parent_id": above}).is(201).int("id")
			a.delete(in("/products/%d", product)).is(204)
			a.delete(in("/categories/%d", below)).is(204)
			restore := []func() *answer{
				func() *answer { return a.post(in("/products/%d/restore", product), nil) },
				func() *answer { return a.post(in("/categories/%d/restore", below), nil) },
			}[round%2]
			var restored, deleted *answer
			var both sync.WaitGroup
			both.Go(func() { restored = restore() })
			both.Go(func() { deleted = a.delete(in("/categories/%d", above)) })
			both.Wait()
			if got := [2]int{restored.Status, deleted.Status}; got != [2]int{200, 409} && got != [2]int{409, 204} {
				t.Errorf("restored: %d %s\ndeleted: %d %s", restored.Status, restored.Text, deleted.Status, deleted.Text)
			}
		}
		for _, orphans := range []string{
			"SELECT COUNT(*) FROM products r JOIN categories a ON a.id = r.category_id WHERE r.deleted_at IS NULL AND a.deleted_at IS NOT NULL",
			"SELECT COUNT(*) FROM categories r JOIN categories a ON a.id = r.parent_id WHERE r.deleted_at IS NULL AND a.deleted_at IS NOT NULL",
		} {
			if n := a.number(orphans); n != 0 {
				t.Errorf("%d live below what is deleted", n)
			}
		}
	})
}
