package handlers_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// Requests that change many records lock them in the order of their ids, in whatever order
// they name them, so they never deadlock and no transaction is repeated.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		const n, rounds = 30, 6
		categories, products := make([]int64, n), make([]int64, 2*n)
		for i := range categories {
			categories[i] = a.category(fmt.Sprintf("c%02d", i))
		}
		for i := range n {
			products[i] = a.product(fmt.Sprintf("P%02d", i), 100, 1, categories[i])
		}
		for i := range n { // the later a product, the lower its category
			products[n+i] = a.product(fmt.Sprintf("Q%02d", i), 100, 1, categories[n-1-i])
		}
		ids := func(of []int64) string { return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(of)), ","), "[]") }
		file := func(columns, row string, from, to, step int) string {
			var b strings.Builder
			b.WriteString(columns)
			for i := from; i != to; i += step {
				fmt.Fprintf(&b, row, i, n-1-i, categories[(n-i)%n])
			}
			return b.String()
		}
		bulk := func(resource string, of []int64, change string) *answer {
			return a.post("/"+resource+"/bulk", fmt.Sprintf(`{"ids":[%s],%s}`, ids(of), change))
		}
		gone := products[n:]
		before := a.db.Retries()
		var all sync.WaitGroup
		for _, does := range []func(round int) *answer{
			func(int) *answer { return a.sheet("/products", file("sku,category", "\nP%02[1]d,c%02[2]d", 0, n, 1)) },
			func(int) *answer {
				return a.sheet("/products", file("sku,category_id", "\nP%02[1]d,%[3]d", n-1, -1, -1))
			},
			func(round int) *answer {
				return a.sheet("/products", file("sku,name,price,category", fmt.Sprintf("\nN%d-%%02[1]d,n,1,c%%02[2]d", round), 0, n, 1))
			},
			func(round int) *answer {
				return bulk("categories", categories, fmt.Sprintf(`"patch":{"position":%d}`, round))
			},
			func(int) *answer {
				return bulk("categories", categories[20:], fmt.Sprintf(`"patch":{"parent_id":%d}`, categories[3]))
			},
			func(int) *answer {
				return a.sheet("/categories", file("slug,parent", "\nc%02[1]d,c%02[2]d", n-1, n/2, -1))
			},
			func(round int) *answer {
				return bulk("products", products[:n], fmt.Sprintf(`"patch":{"price":%d}`, round))
			},
			func(round int) *answer {
				return bulk("products", gone, fmt.Sprintf(`"action":%q`, []string{"delete", "restore"}[round%2]))
			},
			func(int) *answer {
				done := bulk("products", products[:n], `"patch":{"low_stock_at":3}`).is(200)
				return a.post("/audit-entries/revert", fmt.Sprintf(`{"request_id":%q}`, done.Header.Get("X-Request-ID")))
			},
		} {
			all.Go(func() {
				for round := range rounds {
					does(round).is(200)
				}
			})
		}
		all.Wait()
		if again := a.db.Retries() - before; again > 0 {
			t.Errorf("%d transactions were run again", again)
		}
		a.reconciled()
	})
}
