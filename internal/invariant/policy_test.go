package invariant_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// member is a member of staff with these permissions.
func member(permissions ...access.Permission) *access.Viewer {
	return access.NewViewer(access.Viewer{Kind: access.KindStaff, StaffID: 7, Email: "staff@example.com"}, permissions...)
}

// entityClients returns all entity clients of a client, by name.
func entityClients(client *ent.Client) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	v := reflect.ValueOf(client).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if field := v.Field(i); field.Type().Kind() == reflect.Pointer && strings.HasSuffix(field.Type().Elem().Name(), "Client") &&
			field.Type().Elem().Name() == name+"Client" {
			found[name] = field
		}
	}
	return found
}

// invoke calls a method with the context, and returns its error.
func invoke(builder reflect.Value, method string, ctx context.Context, args ...any) error { //nolint:revive // after what it is called on
	in := []reflect.Value{reflect.ValueOf(ctx)}
	for _, a := range args {
		in = append(in, reflect.ValueOf(a))
	}
	out := builder.MethodByName(method).Call(in)
	err, _ := reflect.TypeAssert[error](out[len(out)-1])
	return err
}

// on calls a method that returns a builder.
func on(client reflect.Value, method string, args ...any) reflect.Value {
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.ValueOf(a)
	}
	return client.MethodByName(method).Call(in)[0]
}

// kinds are the kinds of access to an entity: the needed permission, and all ways to do it.
var kinds = []struct {
	name string
	need func(e access.Entity) access.Permission
	ways map[string]func(client reflect.Value, ctx context.Context) error
}{
	{"read", func(e access.Entity) access.Permission { return e.Read }, map[string]func(reflect.Value, context.Context) error{
		"all":   func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Query"), "All", ctx) },
		"first": func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Query"), "First", ctx) },
		"ids":   func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Query"), "IDs", ctx) },
		"count": func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Query"), "Count", ctx) },
		"exist": func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Query"), "Exist", ctx) },
		"get":   func(c reflect.Value, ctx context.Context) error { return invoke(c, "Get", ctx, int64(1)) },
		"select": func(c reflect.Value, ctx context.Context) error {
			return invoke(on(on(c, "Query"), "Select", "id"), "Ints", ctx)
		},
		"group": func(c reflect.Value, ctx context.Context) error {
			return invoke(on(on(c, "Query"), "GroupBy", "id"), "Ints", ctx)
		},
		"aggregate": func(c reflect.Value, ctx context.Context) error {
			return invoke(on(on(c, "Query"), "Aggregate", ent.Count()), "Ints", ctx)
		},
	}},
	{"create", func(e access.Entity) access.Permission { return e.Create }, map[string]func(reflect.Value, context.Context) error{
		"one": func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Create"), "Exec", ctx) },
		"bulk": func(c reflect.Value, ctx context.Context) error {
			return invoke(c.MethodByName("CreateBulk").Call([]reflect.Value{on(c, "Create"), on(c, "Create")})[0], "Exec", ctx)
		},
	}},
	{"update", func(e access.Entity) access.Permission { return e.Update }, map[string]func(reflect.Value, context.Context) error{
		"one": func(c reflect.Value, ctx context.Context) error {
			return invoke(on(c, "UpdateOneID", int64(4711)), "Exec", ctx)
		},
		"bulk": func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Update"), "Exec", ctx) },
	}},
	{"delete", func(e access.Entity) access.Permission { return e.Delete }, map[string]func(reflect.Value, context.Context) error{
		"one": func(c reflect.Value, ctx context.Context) error {
			return invoke(on(c, "DeleteOneID", int64(4711)), "Exec", ctx)
		},
		"bulk": func(c reflect.Value, ctx context.Context) error { return invoke(on(c, "Delete"), "Exec", ctx) },
	}},
}

// Every entity is guarded on every way to it: without a viewer nothing is allowed, and
// viewers may do exactly what their permissions allow, those of each built-in role and of
// each single permission. The client itself refuses, without the API.
func TestEveryEntityIsGuarded(t *testing.T) {
	t.Parallel()
	viewers := map[string]*access.Viewer{"nobody": nil, "nothing": member()}
	for _, role := range access.Roles() {
		viewers[role.Name] = member(role.Permissions...)
	}
	for _, p := range access.All() {
		viewers[string(p)] = member(p)
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		clients := entityClients(db.Client)
		names := make([]string, 0, len(clients))
		for name := range clients {
			names = append(names, name)
		}
		slices.Sort(names)
		if listed := access.Entities(); !slices.Equal(names, listed) {
			t.Fatalf("entities %v, with permissions %v", names, listed)
		}
		before := shoptest.Dump(t, db)
		for who, viewer := range viewers {
			for _, name := range names {
				knock(t, db, who, viewer, name)
			}
		}
		shoptest.Unchanged(t, db, before)
	})
}

// ruled are refusals of such empty records by rules that come after the policy.
var ruled = map[string]string{
	"SetupLink": "only the program itself sets up a new shop",
}

// knock tries all ways to an entity in a transaction that is rolled back.
func knock(t *testing.T, db *store.DB, who string, viewer *access.Viewer, entity string) {
	t.Helper()
	e, _ := access.Of(entity)
	for _, kind := range kinds {
		need := kind.need(e)
		want := shop.KindForbidden
		if viewer == nil {
			want = shop.KindUnauthenticated
		}
		allowed := viewer != nil && (need == access.Anyone || viewer.Can(need))
		for way, try := range kind.ways {
			ctx := access.With(t.Context(), viewer)
			tx, err := db.Client.Tx(ctx)
			if err != nil {
				t.Fatal(err)
			}
			err = try(entityClients(tx.Client())[entity], ctx)
			if rollback := tx.Rollback(); rollback != nil {
				t.Fatal(rollback)
			}
			if allowed && err != nil && err.Error() == ruled[entity] {
				continue // allowed by the policy, and refused because the record is empty
			}
			if got := shop.KindOf(err); allowed && (got == shop.KindForbidden || got == shop.KindUnauthenticated) || !allowed && got != want {
				t.Errorf("%s, %s %s (%s): allowed %t, got %v", who, kind.name, entity, way, allowed, err)
			}
		}
	}
}

// The client has no upserts: the policy would see a creation, but an existing record would
// change.
func TestThereAreNoUpserts(t *testing.T) {
	t.Parallel()
	for name, client := range entityClients(&ent.Client{}) {
		method, ok := client.Type().MethodByName("Create")
		if !ok {
			t.Errorf("%s has no Create", name)
			continue
		}
		if _, has := method.Type.Out(0).MethodByName("OnConflict"); has {
			t.Errorf("%s has upserts", name)
		}
	}
}
