package stock

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// lockThenMove is move in two statements, with the check between them.
func lockThenMove(ctx context.Context, tx *ent.Client, s scope, wants []want) (map[int64]row, bool, error) {
	products, err := read(ctx, tx, wants)
	if err != nil {
		return nil, false, err
	}
	for _, w := range wants {
		if p, ok := products[w.productID]; !ok || !s.allows(p, w) {
			return products, false, nil
		}
	}
	products, err = update(ctx, tx, wants)
	if err != nil {
		return nil, false, err
	}
	return before(products, wants), true, nil
}

// read returns the products that exist, by id. On PostgreSQL it locks them in the order of
// their ids.
func read(ctx context.Context, tx *ent.Client, wants []want) (map[int64]row, error) {
	if tx.Dialect() == dialect.Postgres {
		text, args := postgresLock(wants)
		return query(ctx, tx, text, args...)
	}
	return query(ctx, tx, sqliteRead, sqliteList(wants))
}

// update moves the stock of products that are locked and checked, and returns the updated
// products.
func update(ctx context.Context, tx *ent.Client, wants []want) (map[int64]row, error) {
	if tx.Dialect() == dialect.Postgres {
		text, args := postgresUpdate(wants, "")
		return query(ctx, tx, text, args...)
	}
	return query(ctx, tx, sqliteUpdate, sqliteList(wants))
}

// query runs a statement that returns products.
func query(ctx context.Context, tx *ent.Client, text string, args ...any) (products map[int64]row, err error) {
	rows, err := tx.Rows(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("move stock: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	products = make(map[int64]row)
	for rows.Next() {
		var p row
		var at sql.NullTime
		if err := rows.Scan(&p.id, &p.sku, &p.name, &p.price, &p.active, &p.living, &p.stock, &at); err != nil {
			return nil, fmt.Errorf("move stock: %w", err)
		}
		p.at = shop.Now()
		if at.Valid {
			p.at = at.Time.UTC()
		}
		products[p.id] = p
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("move stock: %w", err)
	}
	return products, nil
}
