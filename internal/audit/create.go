package audit

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// batch collects the entries of records that are created in one call. When records are
// created in bulk the hooks nest, each around that of the next record, and only the
// outermost one knows when all records exist.
type batch struct {
	depth   int
	entries []entry
}

// batches are the batches of the calls in progress, by transaction. A transaction serves
// one goroutine at a time.
var batches = struct {
	sync.Mutex

	of map[any]*batch
}{of: map[any]*batch{}}

// enter begins a creation and returns how many entries its batch has so far.
func enter(tx any) int {
	batches.Lock()
	defer batches.Unlock()
	b := batches.of[tx]
	if b == nil {
		b = &batch{}
		batches.of[tx] = b
	}
	b.depth++
	return len(b.entries)
}

// leave ends a creation. If created is nil the creation failed, and all entries since its
// beginning are dropped. Only the outermost creation gets entries: all of the batch.
func leave(tx any, before int, created *entry) []entry {
	batches.Lock()
	defer batches.Unlock()
	b := batches.of[tx]
	if created == nil {
		b.entries = b.entries[:before]
	} else {
		b.entries = append(b.entries, *created)
	}
	b.depth--
	if b.depth > 0 {
		return nil
	}
	delete(batches.of, tx)
	slices.Reverse(b.entries) // the innermost one leaves first
	return b.entries
}

// create records new records with the values that were stored.
func create(ctx context.Context, t *ent.AuditedType, m mutation, next ent.Mutator) (ent.Value, error) {
	client := ent.ClientOf(ctx, m)
	tx := client.Transaction()
	if tx == nil {
		return nil, needsTransaction(t.Type)
	}
	var (
		created *entry
		entries []entry
	)
	before := enter(tx)
	v, err := func() (ent.Value, error) {
		defer func() { entries = leave(tx, before, created) }() // even on a panic
		v, err := next.Mutate(ctx, m)
		if err != nil {
			return nil, err
		}
		changes, err := initial(t, m, v)
		if err != nil {
			return nil, err
		}
		op, id := operationOf(ctx), idOf(m)
		created = &entry{
			action: op.named(Create), resource: t.Resource, recordID: id, changes: append(changes, op.extra...),
		}
		return v, nil
	}()
	if err != nil || len(entries) == 0 {
		return v, err
	}
	return v, write(ctx, client, entries)
}

// identified is a mutation of one record.
type identified interface{ ID() (int64, bool) }

func idOf(m mutation) int64 {
	one, ok := m.(identified)
	if !ok {
		return 0
	}
	id, _ := one.ID()
	return id
}

// initial returns the fields for which a new record has a value.
func initial(t *ent.AuditedType, m ent.Mutation, record ent.Value) ([]shop.Change, error) {
	values, err := t.Values(record)
	if err != nil {
		return nil, err
	}
	changes := make([]shop.Change, 0, len(t.Fields))
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Untracked {
			continue
		}
		if f.Secret {
			if _, given := m.Field(f.Column); given {
				changes = append(changes, secret(f.Name))
			}
			continue
		}
		after, err := encode(values[i])
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(after, shop.Null) {
			changes = append(changes, shop.Change{Field: f.Name, Before: shop.Null, After: after})
		}
	}
	return changes, nil
}
