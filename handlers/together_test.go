package handlers_test

import (
	"sync"
	"testing"
)

// atOnce sends n requests at the same moment, and returns how often each status was the
// answer.
func atOnce(n int, request func(i int) *answer) map[int]int {
	var ready, done sync.WaitGroup
	var mu sync.Mutex
	start, statuses := make(chan struct{}), map[int]int{}
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			<-start
			status := request(i).Status
			mu.Lock()
			defer mu.Unlock()
			statuses[status]++
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return statuses
}

// Two staff create the same thing at the same moment.
func TestSimultaneousCreation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		statuses := atOnce(8, func(int) *answer { return a.post("/categories", `{"name":"N","slug":"same"}`) })
		if statuses[201] != 1 || statuses[409] != 7 {
			t.Errorf("8 creations were answered %v", statuses)
		}
	})
}

// Moves that are valid by themselves but would form a cycle together.
func TestSimultaneousMoves(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		ids := names{"x": a.category("x"), "y": a.category("y"), "z": a.category("z")}
		moves := [][2]string{{"{x}", "{y}"}, {"{y}", "{z}"}, {"{z}", "{x}"}}
		statuses := atOnce(12, func(i int) *answer {
			move := moves[i%3]
			return a.patch(ids.in("/categories/"+move[0]), ids.in(`{"parent_id":`+move[1]+`}`))
		})
		if statuses[200]+statuses[422]+statuses[409] != 12 {
			t.Errorf("12 moves were answered %v", statuses)
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
		statuses := atOnce(24, func(i int) *answer {
			return a.post(ids.in("/customers/{customer}/cart/items"),
				map[string]any{"product_id": []int64{ids["product"], ids["second"]}[i%2], "quantity": i/2 + 1})
		})
		if statuses[200] != 24 {
			t.Errorf("24 additions were answered %v", statuses)
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
		statuses := atOnce(8, func(int) *answer { return a.post(ids.in("/customers/{customer}/checkout"), nil) })
		if statuses[201]+statuses[409] != 8 {
			t.Errorf("8 checkouts were answered %v", statuses)
		}
		if n := a.number("SELECT COUNT(*) FROM orders"); n != 1 {
			t.Errorf("%d orders were made of one cart", n)
		}

		const added = 12
		statuses = atOnce(added+6, func(i int) *answer {
			if i >= added {
				return a.post(ids.in("/customers/{buyer}/checkout"), nil)
			}
			return a.post(ids.in("/customers/{buyer}/cart/items"),
				map[string]any{"product_id": []int64{ids["product"], ids["second"]}[i%2], "quantity": 3})
		})
		if statuses[200]+statuses[201]+statuses[409] != added+6 {
			t.Errorf("%d additions and 6 checkouts were answered %v", added, statuses)
		}
		bought := a.number(`SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.customer_id = $1`, ids["buyer"])
		left := a.number(`SELECT COALESCE(SUM(quantity), 0) FROM cart_items WHERE customer_id = $1`, ids["buyer"])
		if bought+left != 3*added {
			t.Errorf("%d were added, %d bought, %d are left", 3*added, bought, left)
		}
		a.reconciled()
	})
}
