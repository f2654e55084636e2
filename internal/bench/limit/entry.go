package limit

import "encoding/json"

// change is a change of a field of a new record, as the audit trail stores it.
type change struct {
	Field  string `json:"field"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

type sold struct {
	ProductID int64  `json:"product_id"`
	SKU       string `json:"sku"`
	Quantity  int64  `json:"quantity"`
	Price     int64  `json:"price"`
}

// changesOf returns what the audit trail stores about a checkout, as JSON.
func changesOf(o *Order) ([]byte, error) {
	items := make([]sold, len(o.Items))
	for i, item := range o.Items {
		items[i] = sold{item.ProductID, item.SKU, item.Quantity, item.Price}
	}
	return json.Marshal([]change{
		{Field: "customer_id", After: o.CustomerID},
		{Field: "status", After: o.Status},
		{Field: "total_amount", After: o.TotalAmount},
		{Field: "currency", After: o.Currency},
		{Field: "placed_at", After: o.PlacedAt},
		{Field: "delivery_address", After: o.DeliveryAddress},
		{Field: "items", After: items},
	})
}
