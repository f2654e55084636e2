package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// CategoryTree keeps the categories a tree of which the living form the top: a
// parent lives, no category lies below itself, and a category with living
// children is not deleted. It holds under concurrency, because
// whoever relies on a row locks it first: a child its parent, a deletion what
// it deletes, a move the moved category and all that it comes to lie below.
//
// Errors: KindInvalid naming parent_id for a parent that is missing, deleted or
// below the category itself; KindConflict for a deletion with living children
// and for restoring below a deleted parent. Bulk updates of the
// parent, bulk restoring and the edge to the children are refused.
func CategoryTree() ent.Hook {
	return on(func(ctx context.Context, m *ent.CategoryMutation, next proceed) (ent.Value, error) {
		if len(m.ChildrenIDs()) > 0 || len(m.RemovedChildrenIDs()) > 0 || m.ChildrenCleared() {
			return nil, shop.Invalidf(category.EdgeChildren, "set the parent of each child instead")
		}
		if err := refuseBulk(m, category.FieldParentID); err != nil {
			return nil, err
		}
		checks := checksOf(m)
		if len(checks) == 0 {
			return next(ctx)
		}
		if err := inTransaction(m); err != nil {
			return nil, err
		}
		looking, err := underway(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, check := range checks {
			if err := check(looking, m); err != nil {
				return nil, err
			}
		}
		return next(ctx)
	})
}

// check looks at the tree before a mutation.
type check func(context.Context, *ent.CategoryMutation) error

// checksOf chooses what has to be checked.
func checksOf(m *ent.CategoryMutation) []check {
	var checks []check
	_, parented := m.ParentID()
	if m.Op().Is(ent.OpCreate) {
		if parented {
			checks = append(checks, checkParent)
		}
		return checks
	}
	if parented {
		checks = append(checks, checkMove)
	}
	if _, deleted := m.DeletedAt(); deleted {
		checks = append(checks, checkEmpty)
	}
	if m.DeletedAtCleared() {
		checks = append(checks, checkRestore)
	}
	return checks
}

// checkParent wants the parent of a new category to be alive, and keeps it so.
func checkParent(ctx context.Context, m *ent.CategoryMutation) error {
	parent, _ := m.ParentID()
	ok, err := livingCategory(ctx, m.Client(), parent)
	if err != nil {
		return err
	}
	if !ok {
		return noParent(parent)
	}
	return nil
}

func noParent(id int64) error {
	return shop.Invalidf(category.FieldParentID, "category %d does not exist", id)
}

// checkEmpty wants nothing alive to be left below the categories that are
// deleted, and keeps it so: new children lock their parent.
func checkEmpty(ctx context.Context, m *ent.CategoryMutation) error {
	ctx = WithDeleted(ctx) // whatever the caller sees: the conditions below say what counts
	client := m.Client()
	ids, err := m.IDs(ctx)
	if err != nil {
		return err
	}
	ids, err = client.Category.Query().
		Where(category.IDIn(ids...), category.DeletedAtIsNil(), Exclusive).
		Order(category.ByID()).
		IDs(ctx)
	if err != nil {
		return err
	}
	m.Where(category.IDIn(ids...)) // and none that came to match meanwhile

	children, err := client.Category.Query().
		Where(category.ParentIDIn(ids...), category.IDNotIn(ids...), category.DeletedAtIsNil()).
		Exist(ctx)
	if err != nil {
		return err
	}
	if children {
		return shop.Conflictf("a category with subcategories cannot be deleted: move or delete them first")
	}
	return nil
}

// checkRestore wants the parent to be alive.
func checkRestore(ctx context.Context, m *ent.CategoryMutation) error {
	if m.Op().Is(ent.OpUpdate) {
		return shop.Invalidf(fieldDeletedAt, "restore each category by its id")
	}
	if touches(m, category.FieldParentID) { // it gets another parent, which is checked, or none
		return nil
	}
	id, _ := m.ID()
	c, err := m.Client().Category.Query().Where(category.ID(id), Exclusive).Only(WithDeleted(ctx))
	if err != nil || c.ParentID == nil {
		return err
	}
	ok, err := livingCategory(ctx, m.Client(), *c.ParentID)
	if err != nil {
		return err
	}
	if !ok {
		return shop.Conflictf("its parent, category %d, is deleted: restore that first, or give another parent", *c.ParentID)
	}
	return nil
}

// livingCategory reports whether a category is there, and locks it against
// deletion.
func livingCategory(ctx context.Context, client *ent.Client, id int64) (bool, error) {
	ids, err := client.Category.Query().
		Where(category.ID(id), category.DeletedAtIsNil(), Shared).
		IDs(WithDeleted(ctx))
	return len(ids) == 1, err
}
