package invariant

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/audit"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// related is a mutation of an entity that refers to others, or is referred to.
type related interface {
	conditional
	transactional

	ID() (int64, bool)
	IDs(ctx context.Context) ([]int64, error)
	Client() *ent.Client
}

// LivingReferences keeps records from referring to missing or deleted records. It reads the
// schema, and applies to every field of the entity that holds the id of another one:
//
//   - A given record must exist and not be deleted (KindInvalid naming the field), and is
//     locked against deletion until the transaction ends.
//   - The same applies to the references of a record that is restored (KindConflict). It is
//     restored by its id.
//   - A record cannot be deleted while living records refer to it (KindConflict).
//
// Only records of entities with soft delete prevent a deletion: carts, orders and the
// ledger remain when a product is deleted. Moves within a tree have their own rule,
// CategoryTree.
func LivingReferences() ent.Hook { return livingReferences(trees) }

// trees are the entities whose moves have their own rule, which locks more records than the
// one referred to, and in another order.
var trees = []string{ent.TypeCategory}

func livingReferences(trees []string) ent.Hook {
	return on(func(ctx context.Context, m related, next proceed) (ent.Value, error) {
		if err := checkReferred(ctx, m, trees); err != nil {
			return nil, err
		}
		if err := checkReferrers(ctx, m); err != nil {
			return nil, err
		}
		return next(ctx)
	})
}

// checkReferred checks that the references of a record that is created, changed or restored
// are to records that are not deleted, and locks these against deletion.
func checkReferred(ctx context.Context, m related, trees []string) error {
	restored := m.Op().Is(updates) && m.FieldCleared(audit.FieldDeletedAt)
	for _, r := range ent.References {
		if r.From.Type != m.Type() {
			continue
		}
		_, given := m.Field(r.Field)
		moved := given && r.To.Type == m.Type() && m.Op().Is(updates) && slices.Contains(trees, m.Type())
		if moved || !given && (!restored || m.FieldCleared(r.Field)) {
			continue
		}
		if restored && m.Op().Is(ent.OpUpdate) {
			return shop.Invalidf(audit.FieldDeletedAt, "restore each %s by its id", r.From.One)
		}
		if err := inTransaction(m); err != nil {
			return err
		}
		check := checkKept
		if given {
			check = checkGiven
		}
		if err := check(ctx, m, r); err != nil {
			return err
		}
	}
	return nil
}

// checkGiven checks that a reference is not set to a deleted record.
func checkGiven(ctx context.Context, m related, r ent.Reference) error {
	value, _ := m.Field(r.Field)
	id, _ := value.(int64)
	ok, err := lives(ctx, m, r.To, id)
	if ok || err != nil {
		return err
	}
	there, err := idsOf(ctx, m, rows(ctx, m, r.To.Table, "id").Where(sql.EQ("id", id)))
	if err != nil {
		return err
	}
	return Unusable(r.Name, r.To.One, id, len(there) > 0)
}

// Unusable returns the error for a reference to a record that is deleted or was never there.
func Unusable(field, one string, id int64, deleted bool) error {
	if deleted {
		return shop.Invalidf(field, "%s %d is deleted: restore it first, or choose another one", one, id)
	}
	return shop.Invalidf(field, "%s %d does not exist", one, id)
}

// checkKept checks that the references of a restored record are not to deleted records.
func checkKept(ctx context.Context, m related, r ent.Reference) error {
	id, _ := m.ID()
	record := rows(ctx, m, r.From.Table, r.Column).Where(sql.And(sql.EQ("id", id), sql.NotNull(r.Column)))
	Exclusive(record)
	kept, err := idsOf(ctx, m, record)
	if err != nil || len(kept) == 0 {
		return err
	}
	ok, err := lives(ctx, m, r.To, kept[0])
	if err != nil {
		return err
	}
	if !ok {
		return shop.Conflictf("it refers to %s %d, which is deleted: restore that first, or give another one", r.To.One, kept[0])
	}
	return nil
}

// checkReferrers checks that nothing refers to the records that are deleted, except records
// that are deleted themselves or are deleted with them. It locks the records, so that no
// reference to them can be added meanwhile: that would need a lock on the same records.
func checkReferrers(ctx context.Context, m related) error {
	if _, deleted := m.Field(audit.FieldDeletedAt); !deleted {
		return nil
	}
	var doomed []int64
	for _, r := range ent.References {
		if r.To.Type != m.Type() || !r.From.SoftDelete {
			continue
		}
		if doomed == nil {
			var err error
			if doomed, err = lockDoomed(ctx, m, r.To.Table); err != nil || len(doomed) == 0 {
				return err
			}
		}
		referring := rows(ctx, m, r.From.Table, "id").Limit(1)
		living(referring)
		sql.FieldIn(r.Column, doomed...)(referring)
		if r.From.Type == m.Type() {
			sql.FieldNotIn("id", doomed...)(referring)
		}
		found, err := idsOf(ctx, m, referring)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return shop.Conflictf("%s refer to this %s: move or delete them first", r.From.Many, r.To.One)
		}
	}
	return nil
}

// lockDoomed locks the records that are about to be deleted in the order of their ids,
// without those that are deleted already, and restricts the deletion to them.
func lockDoomed(ctx context.Context, m related, table string) ([]int64, error) {
	if err := inTransaction(m); err != nil {
		return nil, err
	}
	looking, err := underway(ctx, m)
	if err != nil {
		return nil, err
	}
	matching, err := m.IDs(WithDeleted(looking)) // deleted records are left out below
	if err != nil || len(matching) == 0 {
		return nil, err
	}
	locked := rows(ctx, m, table, "id").OrderBy("id")
	living(locked)
	sql.FieldIn("id", matching...)(locked)
	Exclusive(locked)
	doomed, err := idsOf(ctx, m, locked)
	if err != nil {
		return nil, err
	}
	m.WhereP(sql.FieldIn("id", doomed...)) // so that records which match only since then are kept
	return doomed, nil
}

// lives reports whether a record exists and is not deleted, and locks it against deletion.
func lives(ctx context.Context, m related, e ent.Related, id int64) (bool, error) {
	found := rows(ctx, m, e.Table, "id").Where(sql.EQ("id", id))
	if e.SoftDelete {
		living(found)
	}
	Shared(found)
	ids, err := idsOf(ctx, m, found)
	return len(ids) == 1, err
}

// rows selects a column of a table.
func rows(ctx context.Context, m related, table, column string) *sql.Selector {
	builder := sql.Dialect(ent.ClientOf(ctx, m).Dialect())
	return builder.Select(column).From(builder.Table(table))
}

// idsOf reads without the policies; otherwise every role that writes a record would need to
// read what the record refers to. It reveals only whether that exists.
func idsOf(ctx context.Context, m related, s *sql.Selector) (ids []int64, err error) {
	query, args := s.Query()
	found, err := ent.ClientOf(ctx, m).Rows(ctx, query, args...) //nolint:forbidigo // changes no row
	if err != nil {
		return nil, fmt.Errorf("look at the references of a %s: %w", m.Type(), err)
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	if err := sql.ScanSlice(found, &ids); err != nil {
		return nil, fmt.Errorf("look at the references of a %s: %w", m.Type(), err)
	}
	return ids, nil
}
