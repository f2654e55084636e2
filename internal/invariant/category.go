package invariant

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// CategoryTree keeps the categories a tree: no category is ever below itself. This also
// holds under concurrency, because a move locks the moved category and all ancestors of its
// new place. LivingReferences ensures that these are not deleted.
//
// The error is KindInvalid naming parent_id if the parent is missing, deleted or below the
// category itself. Bulk updates of the parent, and changes by the edge to the children, are
// refused.
func CategoryTree() ent.Hook {
	return on(func(ctx context.Context, m *ent.CategoryMutation, next proceed) (ent.Value, error) {
		if len(m.ChildrenIDs()) > 0 {
			return nil, shop.Invalidf(category.EdgeChildren, "set the parent of each child instead")
		}
		if err := refuseBulk(m, category.FieldParentID); err != nil {
			return nil, err
		}
		if parent, given := m.ParentID(); given && m.Op().Is(updates) {
			if err := checkMove(ctx, m, parent); err != nil {
				return nil, err
			}
		}
		return next(ctx)
	})
}

// maxChains is how often a move is tried when the tree changes while it waits for its
// locks.
const maxChains = 10

// checkMove checks that the new parent is not deleted and not below the category. It locks
// the category and the chain from the new parent to the root in the order of their ids, and
// reads the chain again under the locks. So of two moves that together would make a cycle,
// the second sees the first.
func checkMove(ctx context.Context, m *ent.CategoryMutation, parent int64) error {
	if err := inTransaction(m); err != nil {
		return err
	}
	ctx, err := underway(ctx, m)
	if err != nil {
		return err
	}
	client := ent.ClientOf(ctx, m)
	id, _ := m.ID()
	chain, err := chainOf(ctx, client, parent)
	if err != nil {
		return err
	}
	for range maxChains {
		locked, err := lockCategories(ctx, client, append(chain, id))
		if err != nil {
			return err
		}
		if chain, err = chainOf(ctx, client, parent); err != nil {
			return err
		}
		if !subset(chain, locked) {
			continue
		}
		switch {
		case !slices.Contains(chain, parent):
			deleted, err := client.Category.Query().Where(category.ID(parent)).Exist(WithDeleted(ctx))
			if err != nil {
				return fmt.Errorf("find category: %w", err)
			}
			return Unusable(category.FieldParentID, "category", parent, deleted)
		case slices.Contains(chain, id):
			return shop.Invalidf(category.FieldParentID, "is the category itself, or lies below it: choose another one")
		}
		return nil
	}
	return shop.Conflictf("the categories are being moved by somebody else")
}

// chainOf returns the ids of a category and its ancestors, without deleted ones.
func chainOf(ctx context.Context, client *ent.Client, id int64) ([]int64, error) {
	return client.Category.Query().
		Where(category.DeletedAtIsNil(), upFrom(id)).
		IDs(WithDeleted(ctx))
}

// upFrom selects a category and all its ancestors.
func upFrom(id int64) func(*sql.Selector) {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.Ident(s.C(category.FieldID)).WriteString(
				" IN (WITH RECURSIVE up (id, parent_id) AS (SELECT id, parent_id FROM categories WHERE id = ")
			b.Arg(id).WriteString(
				" UNION SELECT c.id, c.parent_id FROM categories AS c JOIN up ON c.id = up.parent_id) SELECT id FROM up)")
		}))
	}
}

// lockCategories locks categories in the order of their ids, and returns those that exist.
func lockCategories(ctx context.Context, client *ent.Client, ids []int64) ([]int64, error) {
	return client.Category.Query().
		Where(category.IDIn(ids...), Exclusive).
		Order(category.ByID()).
		IDs(WithDeleted(ctx))
}

func subset(ids, of []int64) bool {
	for _, id := range ids {
		if !slices.Contains(of, id) {
			return false
		}
	}
	return true
}
