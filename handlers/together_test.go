package handlers_test

import (
	"sync"
	"testing"
)

// atOnce runs n requests at the same moment, and returns the result of each.
func (a *api) atOnce(n int, request func(i int, a *api) int) <-chan int {
	a.t.Helper()
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	out := make(chan int, n)
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			<-start
			out <- request(i, a)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	close(out)
	return out
}

// Two staff create the same thing at the same moment.
func TestSimultaneousCreation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		created := 0
		for status := range a.atOnce(8, func(_ int, a *api) int {
			return a.post("/categories", `{"name":"N","slug":"same"}`).Status
		}) {
			switch status {
			case 201:
				created++
			case 409:
			default:
				t.Errorf("status %d", status)
			}
		}
		if created != 1 {
			t.Errorf("%d of 8 were created", created)
		}
	})
}

// Moves that are valid by themselves but would form a cycle together.
func TestSimultaneousMoves(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := names{"x": a.category("x"), "y": a.category("y"), "z": a.category("z")}
		moves := [][2]string{{"{x}", "{y}"}, {"{y}", "{z}"}, {"{z}", "{x}"}}
		for status := range a.atOnce(12, func(i int, a *api) int {
			move := moves[i%3]
			return a.patch(ids.in("/categories/"+move[0]), ids.in(`{"parent_id":`+move[1]+`}`)).Status
		}) {
			if status != 200 && status != 422 && status != 409 {
				t.Errorf("status %d", status)
			}
		}
		if n := a.number(`SELECT COUNT(*) FROM categories WHERE parent_id IS NULL`); n == 0 {
			t.Errorf("the categories are a circle:\n%s", a.rows("SELECT id, parent_id FROM categories"))
		}
	})
}

// Concurrent additions to one line add up.
func TestSimultaneousAdditions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		for status := range a.atOnce(24, func(i int, a *api) int {
			return a.post(ids.in("/customers/{customer}/cart/items"),
				map[string]any{"product_id": []int64{ids["product"], ids["second"]}[i%2], "quantity": i/2 + 1}).Status
		}) {
			if status != 200 {
				t.Errorf("status %d", status)
			}
		}
		cart := a.get(ids.in("/customers/{customer}/cart")).is(200)
		if lines := cart.items(); len(lines) != 2 || lines[0]["quantity"] != 78.0 || lines[1]["quantity"] != 78.0 {
			t.Errorf("want two lines of 1 + 2 + … + 12: %s", cart.Text)
		}
	})
}

// One cart checked out many times at once becomes one order. Items that are added meanwhile
// are either in it or still in the cart.
func TestSimultaneousCheckouts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := a.small()
		a.post(ids.in("/products/{product}/stock-movements"), `{"quantity_change":1000,"reason":"receipt"}`).is(201)
		a.post(ids.in("/products/{second}/stock-movements"), `{"quantity_change":1000,"reason":"receipt"}`).is(201)
		a.fill(ids["customer"], 2, ids["product"])
		for status := range a.atOnce(8, func(_ int, a *api) int {
			return a.post(ids.in("/customers/{customer}/checkout"), nil).Status
		}) {
			if status != 201 && status != 409 {
				t.Errorf("status %d", status)
			}
		}
		if n := a.number("SELECT COUNT(*) FROM orders"); n != 1 {
			t.Errorf("%d orders were made of one cart", n)
		}

		const added = 12
		for status := range a.atOnce(added+6, func(i int, a *api) int {
			if i >= added {
				return a.post(ids.in("/customers/{buyer}/checkout"), nil).Status
			}
			return a.post(ids.in("/customers/{buyer}/cart/items"),
				map[string]any{"product_id": []int64{ids["product"], ids["second"]}[i%2], "quantity": 3}).Status
		}) {
			if status != 200 && status != 201 && status != 409 {
				t.Errorf("status %d", status)
			}
		}
		bought := a.number(`SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.customer_id = $1`, ids["buyer"])
		left := a.number(`SELECT COALESCE(SUM(quantity), 0) FROM cart_items WHERE customer_id = $1`, ids["buyer"])
		if bought+left != 3*added {
			t.Errorf("%d were added, %d bought, %d are left", 3*added, bought, left)
		}
		a.reconciled()
	})
}
