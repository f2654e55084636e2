package handlers

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/search"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Found is the result of a search, best matches first.
type Found struct {
	Items []Hit `json:"items"`
}

// Hit is a record that a search found.
type Hit struct {
	Resource string            `json:"resource" enum:"products,orders,customers"`
	ID       int64             `json:"id"`
	Title    string            `json:"title" doc:"name of a product or customer, number of an order" example:"#1001"`
	Subtitle string            `json:"subtitle" doc:"SKU, email address or matching telephone number; of an order, the customer's name, or empty if you may not read customers"`
	Status   *shop.OrderStatus `json:"status" nullable:"true" doc:"of an order, else null"`
	Rank     int               `json:"rank" minimum:"1" maximum:"4" doc:"1: SKU, number, email address or telephone number is the text; 2: one of them or the name begins with it; 3: one of them contains it; 4: the name contains all its words"`
}

type searchInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"100" doc:"text to search for; surrounding blanks are ignored"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10"`
}

func registerSearch(api huma.API, s *Server) {
	browse(api, s, needing(huma.Operation{
		OperationID: "search",
		Path:        prefix + "/search",
		Summary:     "Search products, orders and customers",
		Description: "Finds products by SKU and name, orders by number with or without #, and customers by email address, name " +
			"and telephone number. Upper and lower case do not matter, nor how the telephone number is written; " +
			"five of its digits are enough. " +
			"Exact matches come first, then what begins with the text, then what contains it, " +
			"then names that contain all its words in any order, and among each of these first what has its accents; " +
			"the places after the exact matches are shared among the resources. Deleted records, and records " +
			"that you may not read, are not found.",
		Tags: []string{"Search"},
	}, access.Anyone), func(ctx context.Context, client *ent.Client, in *searchInput) (*Answer[Found], error) {
		hits, err := search.Find(ctx, client, in.Q, in.Limit)
		if err != nil {
			return nil, err
		}
		return &Answer[Found]{Body: Found{Items: rendered(hits, func(h search.Hit) Hit {
			hit := Hit{Resource: h.Resource, ID: h.ID, Title: h.Title, Subtitle: h.Subtitle, Rank: int(h.Rank)}
			if h.Status != "" {
				hit.Status = &h.Status
			}
			return hit
		})}}, nil
	})
}
