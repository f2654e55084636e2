package listquery_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect/sql"
	"pgregory.net/rapid"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/predicate"
	"github.com/storekeeper/storekeeper/ent/product"
	"github.com/storekeeper/storekeeper/internal/invariant"
	"github.com/storekeeper/storekeeper/internal/listquery"
	"github.com/storekeeper/storekeeper/internal/shop"
	"github.com/storekeeper/storekeeper/internal/store"
)

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// item is a row to be created.
type item struct {
	name      string
	price     shop.Money
	low       *int64
	active    bool
	created   time.Time
	deletedAt *time.Time
}

var serial atomic.Int64

// stockShelf creates the products in a category of their own.
func stockShelf(ctx context.Context, t tester, db *store.DB, items []item) (int64, []*ent.Product) {
	t.Helper()
	var (
		category int64
		made     []*ent.Product
	)
	err := db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		shelf, err := tx.Category.Create().SetName("Shelf").SetSlug(fmt.Sprintf("shelf-%d", serial.Add(1))).Save(ctx)
		if err != nil {
			return err
		}
		category = shelf.ID
		made, err = tx.Product.MapCreateBulk(items, func(c *ent.ProductCreate, i int) {
			c.SetSku(fmt.Sprintf("SKU-%d", serial.Add(1))).SetName(items[i].name).SetPrice(items[i].price).
				SetNillableLowStockAt(items[i].low).SetIsActive(items[i].active).SetCreatedAt(items[i].created).
				SetCategoryID(category)
		}).Save(ctx)
		if err != nil {
			return err
		}
		return bury(ctx, tx, db.Dialect(), made, items)
	})
	if err != nil {
		t.Fatal(err)
	}
	return category, made
}

// bury sets the times of deletion, which hooks do not let a test choose.
func bury(ctx context.Context, tx *ent.Client, name string, made []*ent.Product, items []item) error {
	for i, it := range items {
		if it.deletedAt == nil {
			continue
		}
		query, args := sql.Dialect(name).Update("products").
			Set("deleted_at", *it.deletedAt).Where(sql.EQ("id", made[i].ID)).Query()
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		made[i].DeletedAt = it.deletedAt
	}
	return nil
}

// fetch reads a page with ent, as the handlers do: one row more than the page holds.
func fetch(ctx context.Context, t tester, db *store.DB, q *listquery.Query) []*ent.Product {
	t.Helper()
	rows, err := db.Reader.Product.Query().
		Where(predicate.Product(q.Where)).
		Order(product.OrderOption(q.Order)).
		Limit(q.Limit()).
		Offset(q.Offset()).
		All(invariant.WithDeleted(ctx))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// page parses the query, fetches the rows, and cuts off the row that shows that another
// page follows.
func page(ctx context.Context, t tester, db *store.DB, rawQuery string) (rows []*ent.Product, next string) {
	t.Helper()
	q, err := listquery.Parse(products(), rawQuery)
	if err != nil {
		t.Fatalf("Parse(%s): %v", rawQuery, err)
	}
	rows = fetch(ctx, t, db, q)
	if len(rows) <= q.PageSize() {
		return rows, ""
	}
	rows = rows[:q.PageSize()]
	return rows, q.NextCursor(valueOf(rows[len(rows)-1]))
}

// valueOf returns the function that generated code passes to NextCursor.
func valueOf(p *ent.Product) func(field string) any {
	return func(field string) any {
		switch field {
		case "id":
			return p.ID
		case "sku":
			return p.Sku
		case "name":
			return p.Name
		case "name_folded":
			return p.NameFolded
		case "price":
			return p.Price
		case "stock":
			return p.Stock
		case "low_stock_at":
			return p.LowStockAt
		case "is_active":
			return p.IsActive
		case "category_id":
			return p.CategoryID
		case "created_at":
			return p.CreatedAt
		case "updated_at":
			return p.UpdatedAt
		case "version":
			return p.Version
		case "deleted_at":
			return p.DeletedAt
		default:
			panic("no such field: " + field)
		}
	}
}

func idsOf(rows []*ent.Product) []int64 {
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids
}

// instants are times that sort in the wrong order when they are stored as carelessly
// formatted text: with and without a fraction, with trailing zeros, at both ends of the
// range.
func instants() []time.Time {
	out := []time.Time{
		time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC),
	}
	for _, micros := range []int{-1, 0, 1, 9, 10, 100_000, 500_000, 510_000, 999_999, 1_000_000, 1_000_001} {
		out = append(out, noon.Add(time.Duration(micros)*time.Microsecond))
	}
	return out
}

// names are texts with ties, both cases, composed and decomposed accents, quotes, wildcards
// and letters outside the basic multilingual plane.
var names = []string{
	"a", "A", "b", "B", "aa", "ab", "a b", "a-b", "\u00e4", "a\u0308", "\u00e9", "e\u0301", "z", "Z", "\u00df", "ss",
	"%", "_", `\`, `\%`, "'", `"`, "`", "'; DROP TABLE products; --", "$1", "?", ",", " a", "a ", "\u65e5\u672c", "\U0001f600",
	"\u202eabc", "\ufffd", "1", "10", "9", "NULL", "true", "\ta\n", "ŽLUTÝ[*]", "žlutýπ?",
}

func genItem() *rapid.Generator[item] {
	return rapid.Custom(func(t *rapid.T) item {
		it := item{
			name:    rapid.SampledFrom(names).Draw(t, "name"),
			price:   rapid.SampledFrom([]shop.Money{0, 1, 1999, 2000, shop.MaxMoney}).Draw(t, "price"),
			low:     rapid.Ptr(rapid.SampledFrom([]int64{0, 1, 5}), true).Draw(t, "low_stock_at"),
			active:  rapid.Bool().Draw(t, "is_active"),
			created: rapid.SampledFrom(instants()).Draw(t, "created_at"),
		}
		if rapid.IntRange(0, 3).Draw(t, "odd") == 0 {
			it.name = rapid.StringN(1, 8, -1).Filter(named).Draw(t, "any name")
		}
		if rapid.IntRange(0, 3).Draw(t, "deleted") == 0 {
			at := rapid.SampledFrom(instants()).Draw(t, "deleted_at")
			it.deletedAt = &at
		}
		return it
	})
}

// named reports whether a text can be a name.
func named(s string) bool { return storable(s) && invariant.NotBlank(s) == nil }

func storable(s string) bool {
	return !strings.ContainsRune(s, 0) && strings.ToValidUTF8(s, "") == s
}
