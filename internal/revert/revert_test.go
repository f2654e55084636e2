package revert_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/definition"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/revert"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// categories are changed as the API does it, but only by name.
var categories = revert.Resources{"categories": {
	Definition: &definition.Resource{Name: "categories", Table: "categories", Fields: []definition.Field{{Name: "name", Updatable: true}}},
	Read: func(ctx context.Context, tx *ent.Client, id int64) (map[string]json.RawMessage, int64, error) {
		c, err := tx.Category.Query().Where(category.ID(id)).Only(invariant.WithDeleted(ctx))
		if err != nil {
			return nil, 0, err
		}
		name, err := json.Marshal(c.Name)
		members := map[string]json.RawMessage{"name": name, "slug": json.RawMessage(`"` + c.Slug + `"`), "position": json.RawMessage("0"), "deleted_at": shop.Null}
		if c.DeletedAt != nil {
			members["deleted_at"], err = json.Marshal(c.DeletedAt.UTC())
		}
		return members, c.Version, err
	},
	Patch: func(ctx context.Context, tx *ent.Client, id, version int64, patch []byte) error {
		var in struct {
			Name string `json:"name"`
		}
		if err := json.Unmarshal(patch, &in); err != nil {
			return err
		}
		return tx.Category.UpdateOneID(id).Where(category.Version(version), category.DeletedAtIsNil()).SetName(in.Name).Exec(ctx)
	},
	Remove: func(ctx context.Context, tx *ent.Client, id, version int64) error {
		return tx.Category.DeleteOneID(id).Where(category.Version(version)).Exec(ctx)
	},
	Restore: func(ctx context.Context, tx *ent.Client, id, version int64) error {
		return tx.Category.UpdateOneID(id).Where(category.Version(version)).ClearDeletedAt().Exec(invariant.WithDeleted(ctx))
	},
}}

// workshop is a shop in which requests change categories.
type workshop struct {
	*testing.T

	db        *store.DB
	resources revert.Resources
}

func newWorkshop(t *testing.T, db *store.DB) *workshop {
	t.Helper()
	return &workshop{T: t, db: db, resources: categories}
}

// request makes changes as one request, and returns its id.
func (w *workshop) request(change func(ctx context.Context, tx *ent.Client) error) string {
	w.Helper()
	id := uuid.Must(uuid.NewV7()).String()
	if err := w.db.Tx(access.WithOrigin(storetest.Context(w), access.Origin{RequestID: id}), change); err != nil {
		w.Fatal(err)
	}
	return id
}

func (w *workshop) rename(id int64, name string) string {
	w.Helper()
	return w.request(func(ctx context.Context, tx *ent.Client) error {
		return tx.Category.UpdateOneID(id).SetName(name).Exec(ctx)
	})
}

// undo undoes a request, and returns the kinds of the errors of its entries.
func (w *workshop) undo(request string) (kinds []shop.Kind, err error) {
	w.Helper()
	err = w.db.Tx(storetest.Context(w), func(ctx context.Context, tx *ent.Client) error {
		verdicts, err := revert.Request(ctx, tx, w.resources, request)
		kinds = nil
		for _, v := range verdicts {
			kinds = append(kinds, shop.KindOf(v.Err))
		}
		return err
	})
	return kinds, err
}

// undoNewest undoes the newest entry of the trail.
func (w *workshop) undoNewest() error {
	w.Helper()
	return w.db.Tx(storetest.Context(w), func(ctx context.Context, tx *ent.Client) error {
		id, err := tx.AuditEntry.Query().Order(ent.Desc("id")).FirstID(ctx)
		if err != nil {
			return err
		}
		_, err = revert.Entry(ctx, tx, w.resources, id)
		return err
	})
}

// holds fails the test unless these are the names of the categories that are not deleted.
func (w *workshop) holds(names ...string) {
	w.Helper()
	got, err := w.db.Reader.Category.Query().Order(ent.Asc("id")).Select(category.FieldName).Strings(storetest.Context(w))
	if err != nil {
		w.Fatal(err)
	}
	if diff := cmp.Diff(append([]string{}, names...), append([]string{}, got...)); diff != "" {
		w.Error(diff)
	}
}

// An entry can be undone while the record has the values of the entry, and so can the
// undoing.
func TestEntry(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorkshop(t, db)
		id := shoptest.Category(t, db, "first", nil)
		shoptest.Invalid(t, w.undoNewest(), "path.id") // a creation
		w.rename(id, "second")
		for _, name := range []string{"first", "second"} {
			if err := w.undoNewest(); err != nil {
				t.Fatal(err)
			}
			w.holds(name)
		}
		removed := w.request(func(ctx context.Context, tx *ent.Client) error { return tx.Category.DeleteOneID(id).Exec(ctx) })
		w.holds()
		for _, names := range [][]string{{"second"}, {}} {
			if err := w.undoNewest(); err != nil {
				t.Fatal(err)
			}
			w.holds(names...)
		}
		restored := w.request(func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(id).ClearDeletedAt().Exec(invariant.WithDeleted(ctx))
		})
		for _, request := range []string{restored, removed} { // the record is deleted again, at another moment
			if kinds, err := w.undo(request); err != nil || !slices.Equal(kinds, []shop.Kind{""}) {
				t.Fatal(kinds, err)
			}
		}
		w.holds("second")
		shoptest.Refused(t, db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			_, err := revert.Entry(ctx, tx, categories, 4711)
			return err
		}), shop.KindNotFound)
	})
}

// An undone request leaves a record that others have changed since as it is, and the
// verdict says what it contains.
func TestRequest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorkshop(t, db)
		one, two := shoptest.Category(t, db, "one", nil), shoptest.Category(t, db, "two", nil)
		made := w.request(func(ctx context.Context, tx *ent.Client) error {
			for _, id := range []int64{one, two} {
				if err := tx.Category.UpdateOneID(id).SetName("changed").Exec(ctx); err != nil {
					return err
				}
			}
			return tx.Category.Create().SetName("new").SetSlug("new").Exec(ctx)
		})
		w.rename(one, "since")
		w.holds("since", "changed", "new")
		kinds, err := w.undo(made)
		if diff := cmp.Diff([]shop.Kind{"", "", shop.KindConflict}, kinds); diff != "" || err != nil {
			t.Error(diff, err)
		}
		w.holds("since", "two")
		err = db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
			verdicts, err := revert.Request(ctx, tx, categories, made)
			if err != nil {
				return err
			}
			return verdicts[2].Err
		})
		refusal := shoptest.Refusal(t, err, shop.KindConflict)
		want := []shop.ChangedField{{Field: "name", Audited: json.RawMessage(`"changed"`), Now: json.RawMessage(`"since"`)}}
		if diff := cmp.Diff(want, refusal.ChangedSince); diff != "" {
			t.Error(diff)
		}
		for _, unknown := range []string{"", "made", uuid.NewString(), uuid.Must(uuid.NewV7()).String()} {
			_, err := w.undo(unknown)
			shoptest.Refused(t, err, shop.KindNotFound)
		}
	})
}

// A change that the API does not offer cannot be undone either.
func TestRefusals(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorkshop(t, db)
		id := shoptest.Category(t, db, "one", nil)
		w.request(func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.UpdateOneID(id).SetSlug("other").Exec(ctx)
		})
		shoptest.Invalid(t, w.undoNewest(), "path.id") // only the name is updatable
		kept := categories["categories"]
		kept.Remove, kept.Restore = nil, nil
		w.resources = revert.Resources{"categories": kept}
		made := w.request(func(ctx context.Context, tx *ent.Client) error {
			return tx.Category.Create().SetName("new").SetSlug("new").Exec(ctx)
		})
		if kinds, err := w.undo(made); err != nil || !slices.Equal(kinds, []shop.Kind{shop.KindInvalid}) {
			t.Error(kinds, err)
		}
		w.resources = nil
		w.rename(id, "two")
		shoptest.Invalid(t, w.undoNewest(), "path.id")
	})
}

// If somebody changes the record between reading and writing, it is read again.
func TestOthersMeanwhile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorkshop(t, db)
		w.rename(shoptest.Category(t, db, "first", nil), "second")
		met := 0
		busy := categories["categories"]
		busy.Patch = func(ctx context.Context, tx *ent.Client, id, version int64, patch []byte) error {
			met--
			if met >= 0 {
				version-- // the previous version
			}
			return categories["categories"].Patch(ctx, tx, id, version, patch)
		}
		w.resources = revert.Resources{"categories": busy}
		met = 100
		shoptest.Refused(t, w.undoNewest(), shop.KindConflict)
		w.holds("second")
		met = 1
		if err := w.undoNewest(); err != nil {
			t.Error(err)
		}
		w.holds("first")
	})
}
