package handlers

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/cart"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Cart is a customer's cart at current prices.
type Cart struct {
	Items       []CartLine  `json:"items"`
	TotalAmount *shop.Money `json:"total_amount" nullable:"true" doc:"sum of the subtotals; null if risen prices make it exceed the largest amount, 9007199254740991: checkout then refuses"`
	Currency    string      `json:"currency"`
}

// CartLine is a product in a cart.
type CartLine struct {
	ID          int64       `json:"id"`
	ProductID   int64       `json:"product_id"`
	SKU         string      `json:"sku"`
	ProductName string      `json:"product_name"`
	Price       shop.Money  `json:"price" doc:"current price of one unit"`
	Quantity    int64       `json:"quantity"`
	Subtotal    *shop.Money `json:"subtotal" nullable:"true" doc:"price times quantity; null if that exceeds the largest amount"`
	IsActive    bool        `json:"is_active" doc:"whether the product can be sold"`
	Stock       int64       `json:"stock" doc:"units on hand; if the quantity is more, checkout refuses"`
}

// CartItemCreate adds a product to a cart.
type CartItemCreate struct {
	ProductID int64 `json:"product_id" minimum:"1" maximum:"9007199254740991"`
	Quantity  int64 `json:"quantity" minimum:"1" maximum:"1000000" doc:"added to the quantity of an existing line"`
}

// CartItemPatch changes a line of a cart.
type CartItemPatch struct {
	Quantity int64 `json:"quantity" minimum:"1" maximum:"1000000"`
}

// ItemInput is the path of a cart line.
type ItemInput struct {
	IDInput
	ItemID int64 `path:"item_id" minimum:"1" doc:"id of the line"`
}

type quantityInput struct {
	ItemInput
	Body CartItemPatch
}

func cartOperation(id, path, summary string, needs access.Permission) huma.Operation {
	return needing(huma.Operation{
		OperationID: id,
		Path:        prefix + "/customers/{id}/cart" + path,
		Summary:     summary,
		Tags:        []string{"Carts"},
		Errors:      []int{http.StatusNotFound},
	}, needs)
}

func registerCart(api huma.API, s *Server) {
	read(api, s, cartOperation("get-cart", "", "Get a customer's cart", access.CartsRead),
		func(ctx context.Context, client *ent.Client, in *IDInput) (*Answer[Cart], error) {
			return s.cart(cart.View(ctx, client, in.ID))
		})

	add := cartOperation("add-cart-item", "/items", "Add a product to a cart", access.CartsUpdate)
	add.Method = http.MethodPost
	add.Description = fmt.Sprintf("Adds to the product's line, or creates one. A cart holds at most %d products.", shop.MaxLines)
	write(api, s, add, func(ctx context.Context, tx *ent.Client, in *recordInput[CartItemCreate]) (*Answer[Cart], error) {
		return s.cart(cart.Add(ctx, tx, in.ID, in.Body.ProductID, in.Body.Quantity))
	})

	change := cartOperation("update-cart-item", "/items/{item_id}", "Change the quantity of a line", access.CartsUpdate)
	change.Method = http.MethodPatch
	documentPatch[CartItemPatch](api, &change)
	write(api, s, change, func(ctx context.Context, tx *ent.Client, in *quantityInput) (*Answer[Cart], error) {
		return s.cart(cart.SetQuantity(ctx, tx, in.ID, in.ItemID, in.Body.Quantity))
	})

	erase(api, s, cartOperation("remove-cart-item", "/items/{item_id}", "Remove a line", access.CartsUpdate),
		func(ctx context.Context, tx *ent.Client, in *ItemInput) error {
			return cart.Remove(ctx, tx, in.ID, in.ItemID)
		})
	erase(api, s, cartOperation("clear-cart", "", "Empty a cart", access.CartsUpdate),
		func(ctx context.Context, tx *ent.Client, in *IDInput) error {
			return cart.Clear(ctx, tx, in.ID)
		})
}

// cart returns a cart as an answer.
func (s *Server) cart(c *cart.Cart, err error) (*Answer[Cart], error) {
	if err != nil {
		return nil, err
	}
	return &Answer[Cart]{Body: s.renderCart(c)}, nil
}

func (s *Server) renderCart(c *cart.Cart) Cart {
	lines := rendered(c.Lines, func(l cart.Line) CartLine { return CartLine(l) })
	return Cart{Items: lines, TotalAmount: c.Total, Currency: string(s.currency)}
}
