package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/storekeeper/storekeeper/internal/shoptest"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// crowd are many clients of one server, over real connections.
type crowd struct {
	server *httptest.Server
	client *http.Client
}

func newCrowd(t *testing.T, a *api) *crowd {
	t.Helper()
	server := httptest.NewServer(a.server)
	t.Cleanup(server.Close)
	transport := &http.Transport{MaxIdleConnsPerHost: 256}
	t.Cleanup(transport.CloseIdleConnections)
	return &crowd{server: server, client: &http.Client{Transport: transport}}
}

// post returns the status and the code of the problem, if it is one.
func (c *crowd) post(ctx context.Context, path, body string) (status int, code string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.server.URL+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	answer, err := c.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, "", err
	}
	var members map[string]any
	if err := json.Unmarshal(text, &members); err != nil {
		return 0, "", fmt.Errorf("%w: %s", err, text)
	}
	code, _ = members["code"].(string)
	return answer.StatusCode, code, nil
}

// 200 customers want one of the last 10: ten get one, the others get insufficient_stock,
// and the totals agree.
func TestTwoHundredBuyersForTen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		product := a.product("LAST", 1000, 10, a.category("last"))
		customers := shoptest.Customers(t, a.db, 200)
		for _, customer := range customers {
			a.post(fmt.Sprintf("/customers/%d/cart/items", customer), map[string]any{"product_id": product, "quantity": 1}).is(200)
		}
		c := newCrowd(t, a)
		answers := map[string]int{}
		var mu sync.Mutex
		var wg sync.WaitGroup
		for _, customer := range customers {
			wg.Go(func() {
				status, code, err := c.post(storetest.Context(t), fmt.Sprintf("/customers/%d/checkout", customer), "{}")
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				answers[fmt.Sprint(status, " ", code)]++
			})
		}
		wg.Wait()
		if answers["201 "] != 10 || answers["409 insufficient_stock"] != 190 {
			t.Errorf("got %v", answers)
		}
		a.get(fmt.Sprintf("/products/%d", product)).is(200).has("stock", 0)
		shoptest.Agree(t, a.db)
	})
}

// 64 customers buy the same products, half of them with the cart in reverse order: all
// succeed, without a deadlock.
func TestOppositeCarts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		products := shoptest.Products(t, a.db, 5, 10_000)
		customers := shoptest.Customers(t, a.db, 64)
		c := newCrowd(t, a)
		var wg sync.WaitGroup
		for i, customer := range customers {
			wg.Go(func() {
				for range 3 {
					for j := range products {
						product := products[j]
						if i%2 == 1 {
							product = products[len(products)-1-j]
						}
						body := fmt.Sprintf(`{"product_id":%d,"quantity":1}`, product)
						if status, code, err := c.post(storetest.Context(t), fmt.Sprintf("/customers/%d/cart/items", customer), body); status != http.StatusOK {
							t.Error(status, code, err)
						}
					}
					if status, code, err := c.post(storetest.Context(t), fmt.Sprintf("/customers/%d/checkout", customer), "{}"); status != http.StatusCreated {
						t.Error(status, code, err)
					}
				}
			})
		}
		wg.Wait()
		for _, product := range products {
			a.get(fmt.Sprintf("/products/%d", product)).is(200).has("stock", 10_000-3*64)
		}
		shoptest.Agree(t, a.db)
	})
}
