package handlers

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/search"
)

// Found is the result of a search, best matches first.
type Found struct {
	Items []Hit `json:"items"`
}

// Hit is a record that a search found.
type Hit struct {
	Resource string `json:"resource" enum:"products,orders,customers"`
	ID       int64  `json:"id"`
	Title    string `json:"title" doc:"name of a product or customer, number of an order" example:"#1001"`
	Subtitle string `json:"subtitle" doc:"SKU, email address or the telephone number that was found, or the order's customer and status"`
	Rank     int    `json:"rank" minimum:"1" maximum:"4" doc:"1: SKU, number, email address or telephone number are the text; 2: one of them or the name begin with it; 3: they contain it; 4: the name has all its words"`
}

type searchInput struct {
	Q     string `query:"q" required:"true" minLength:"1" maxLength:"100" doc:"what to look for; blanks around it do not matter"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10"`
}

func registerSearch(api huma.API, s *Server) {
	browse(api, s, needing(huma.Operation{
		OperationID: "search",
		Path:        prefix + "/search",
		Summary:     "Search products, orders and customers",
		Description: "Products by SKU and name, orders by number with or without its #, customers by email address and name, " +
			"in any case of letters, and by telephone number, of which five digits are enough, however it is written. " +
			"Exact matches come first, then what begins with the text, then what contains it, " +
			"then names that have all its words in any order; " +
			"the places that exact matches leave are shared among the resources. Only what you may read is found, " +
			"and nothing that is deleted.",
		Tags: []string{"Search"},
	}, access.Anyone), func(ctx context.Context, client *ent.Client, in *searchInput) (*Answer[Found], error) {
		hits, err := search.Find(ctx, client, in.Q, in.Limit)
		if err != nil {
			return nil, err
		}
		return &Answer[Found]{Body: Found{Items: rendered(hits, func(h search.Hit) Hit {
			return Hit{Resource: h.Resource, ID: h.ID, Title: h.Title, Subtitle: h.Subtitle, Rank: int(h.Rank)}
		})}}, nil
	})
}
