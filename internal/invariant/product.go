package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// LivingCategory keeps living products in living categories: the category of a
// product that is created, moved or restored must not be deleted, and is locked
// against deletion until the transaction ends. The error is KindInvalid naming
// category_id, or KindConflict when a product is restored.
func LivingCategory() ent.Hook {
	return on(func(ctx context.Context, m *ent.ProductMutation, next proceed) (ent.Value, error) {
		categoryID, given := m.CategoryID()
		restored := m.Op().Is(updates) && m.DeletedAtCleared()
		if !given && !restored {
			return next(ctx)
		}
		if restored && m.Op().Is(ent.OpUpdate) {
			return nil, shop.Invalidf(fieldDeletedAt, "restore each product by its id")
		}
		if err := inTransaction(m); err != nil {
			return nil, err
		}
		looking, err := underway(ctx, m)
		if err != nil {
			return nil, err
		}
		if given {
			switch ok, err := livingCategory(looking, m.Client(), categoryID); {
			case err != nil:
				return nil, err
			case !ok:
				return nil, shop.Invalidf(product.FieldCategoryID, "category %d does not exist", categoryID)
			}
			return next(ctx)
		}
		if err := restorable(looking, m); err != nil {
			return nil, err
		}
		return next(ctx)
	})
}

// restorable refuses to restore a product into a deleted category.
func restorable(ctx context.Context, m *ent.ProductMutation) error {
	id, _ := m.ID()
	p, err := m.Client().Product.Query().Where(product.ID(id), exclusive).Only(WithDeleted(ctx))
	if err != nil {
		return err
	}
	ok, err := livingCategory(ctx, m.Client(), p.CategoryID)
	if err != nil {
		return err
	}
	if !ok {
		return shop.Conflictf("category %d of the product is deleted: restore it, or give another one", p.CategoryID)
	}
	return nil
}

// livingCategory reports whether a category is there, and locks it against
// deletion.
func livingCategory(ctx context.Context, client *ent.Client, id int64) (bool, error) {
	ids, err := client.Category.Query().
		Where(category.ID(id), category.DeletedAtIsNil(), shared).
		IDs(WithDeleted(ctx))
	return len(ids) == 1, err
}
