//go:build linux

package torture_test

import (
	"context"
	"slices"
	"sync"
)

// floor is what the clients share: where to find something to do.
type floor struct {
	mu        sync.Mutex
	hot       []int64 // products that everybody buys
	customers []int64 // whom everybody serves
	products  []int64 // that were made in this run
	category  int64
	orders    []int64 // the latest
}

func (f *floor) placed(order int64) { f.keep(&f.orders, order, 200) }

func (f *floor) made(product int64) { f.keep(&f.products, product, 100) }

// keep adds an id to a list of the latest ids. A full list drops its older half.
func (f *floor) keep(list *[]int64, id int64, most int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if *list = append(*list, id); len(*list) > most {
		*list = slices.Delete(*list, 0, most/2)
	}
}

func (f *floor) latestOrders() []int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.orders)
}

func (f *floor) madeProducts() []int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.products)
}

// job is something that a client can do, with its weight among all jobs.
type job struct {
	weight int
	do     func(ctx context.Context)
}

// choose picks what to do next.
func (c *client) choose() func(ctx context.Context) {
	jobs := []job{
		{26, c.addToCart},
		{4, c.changeCartLine},
		{3, c.removeCartLine},
		{1, c.clearCart},
		{24, c.checkOut},
		{16, c.moveOrder},
		{6, c.noteOrder},
		{4, c.takeBack},
		{9, c.receive},
		{6, c.adjust},
		{4, c.count},
		{4, c.createProduct},
		{9, c.editProduct},
		{3, c.bulkEdit},
		{2, c.bulkAction},
		{2, c.deleteProduct},
		{2, c.restoreProduct},
		{1, c.createCategory},
		{2, c.createCustomer},
		{3, c.editCustomer},
		{12, c.look},
		{1, c.logIn},
	}
	all := 0
	for _, j := range jobs {
		all += j.weight
	}
	n := c.rng.IntN(all)
	for _, j := range jobs {
		if n -= j.weight; n < 0 {
			return j.do
		}
	}
	return c.look
}
