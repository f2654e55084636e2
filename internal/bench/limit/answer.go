package limit

import "time"

// Product, Page, Order and OrderItem are bodies that equal those of the API byte for byte.

// Product is the answer to GET /api/v1/products/{id}.
type Product struct {
	ID          int64      `json:"id"`
	SKU         string     `json:"sku"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	Price       int64      `json:"price"`
	Stock       int64      `json:"stock"`
	LowStockAt  *int64     `json:"low_stock_at"`
	IsActive    bool       `json:"is_active"`
	CategoryID  int64      `json:"category_id"`
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`
	Version     int64      `json:"version"`
	DeletedAt   *time.Time `json:"deleted_at"`
}

// Page is the answer to GET /api/v1/products.
type Page struct {
	Items           []Product `json:"items"`
	NextCursor      *string   `json:"next_cursor"`
	Total           *int64    `json:"total,omitempty"`
	TotalIsEstimate *bool     `json:"total_is_estimate,omitempty"`
}

// Order is the answer to POST /api/v1/customers/{id}/checkout.
type Order struct {
	ID                 int64       `json:"id"`
	CustomerID         int64       `json:"customer_id"`
	Status             string      `json:"status"`
	TotalAmount        int64       `json:"total_amount"`
	Currency           string      `json:"currency"`
	PlacedAt           time.Time   `json:"placed_at"`
	DeliveryAddress    string      `json:"delivery_address"`
	Number             int64       `json:"number"`
	AllowedTransitions []string    `json:"allowed_transitions"`
	Items              []OrderItem `json:"items"`
	CreatedAt          time.Time   `json:"created_at"`
	UpdatedAt          time.Time   `json:"updated_at"`
	Version            int64       `json:"version"`
}

// OrderItem is a line of an Order.
type OrderItem struct {
	ID               int64      `json:"id"`
	OrderID          int64      `json:"order_id"`
	ProductID        int64      `json:"product_id"`
	SKU              string     `json:"sku"`
	ProductName      string     `json:"product_name"`
	Quantity         int64      `json:"quantity"`
	Price            int64      `json:"price"`
	CreatedAt        time.Time  `json:"created_at"`
	ReturnedQuantity int64      `json:"returned_quantity"`
	DamagedQuantity  int64      `json:"damaged_quantity"`
	ReturnedAt       *time.Time `json:"returned_at"`
}

const (
	currency    = "EUR"
	actor       = "owner@example.com"
	firstNumber = 1000
	requestID   = "01a2192a-907a-71c9-8a1c-05ab1f065caa"
	address     = "192.0.2.1"
)

// placedOrder returns a new order.
func placedOrder(id, customer, total int64, at time.Time, deliver string, items []OrderItem) *Order {
	return &Order{
		ID: id, CustomerID: customer, Status: "pending", TotalAmount: total, Currency: currency,
		PlacedAt: at, DeliveryAddress: deliver, Number: firstNumber + id, AllowedTransitions: []string{"processing", "cancelled"},
		Items: items, CreatedAt: at, UpdatedAt: at, Version: 1,
	}
}
