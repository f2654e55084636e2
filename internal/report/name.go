package report

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/access"
)

// nameProducts fills in SKU and name, also for deleted products.
func nameProducts(ctx context.Context, client *ent.Client, items []ProductSales) error {
	if len(items) == 0 {
		return nil
	}
	ids, at := make([]int64, len(items)), make(map[int64]*ProductSales, len(items))
	for i := range items {
		ids[i], at[items[i].ID] = items[i].ID, &items[i]
	}
	_, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, p *ProductSales) error {
		if err := rows.Scan(&p.ID, &p.SKU, &p.Name); err != nil {
			return err
		}
		at[p.ID].SKU, at[p.ID].Name = p.SKU, p.Name
		return nil
	}, "SELECT id, sku, name FROM products WHERE id IN ("+numbers(ids)+")")
	if err != nil {
		return fmt.Errorf("name products: %w", err)
	}
	return nil
}

func nameCategories(ctx context.Context, client *ent.Client, items []CategorySales) error {
	ids := make([]int64, len(items))
	for i := range items {
		ids[i] = items[i].ID
	}
	names, err := ways(ctx, client, ids)
	if err != nil {
		return err
	}
	for i := range items {
		way := names[items[i].ID]
		if len(way) > 0 {
			items[i].Name, items[i].Path = way[len(way)-1], strings.Join(way, " / ")
		}
	}
	return nil
}

// level is the name of a category, or of one of its ancestors.
type level struct {
	of   int64
	name string
}

// ways returns the names on the path to each category, from the top to its own. Deleted
// categories are included. The depth is limited in case the tree has a cycle.
func ways(ctx context.Context, client *ent.Client, categories []int64) (map[int64][]string, error) {
	if len(categories) == 0 {
		return nil, nil //nolint:nilnil // nothing to look up
	}
	levels, err := collect(ctx, access.ReportsRead, client, func(rows *sql.Rows, l *level) error { return rows.Scan(&l.of, &l.name) }, `
WITH RECURSIVE way (leaf, depth, name, parent_id) AS (
  SELECT id, 0, name, parent_id FROM categories WHERE id IN (`+numbers(categories)+`)
  UNION ALL
  SELECT way.leaf, way.depth + 1, c.name, c.parent_id
  FROM way JOIN categories AS c ON c.id = way.parent_id WHERE way.depth < 100
)
SELECT leaf, name FROM way ORDER BY leaf, depth DESC`)
	if err != nil {
		return nil, fmt.Errorf("name categories: %w", err)
	}
	out := make(map[int64][]string, len(categories))
	for _, l := range levels {
		out[l.of] = append(out[l.of], l.name)
	}
	return out, nil
}

// numbers returns a list of ids for IN.
func numbers(ids []int64) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	return b.String()
}
