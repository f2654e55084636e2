package seed

import (
	"context"
	"database/sql"
	"fmt"

	"entgo.io/ent/dialect"

	"github.com/storekeeper/storekeeper/internal/store"
)

// inventory is the existing data of the shop, which new rows must not collide with.
type inventory struct {
	empty      bool
	last       ids              // ids in use or used before
	numbers    map[string]int64 // last number by prefix of the SKU
	categories map[string]int64 // by slug
	addresses  addresses
}

// takeStock reads what the shop has. Deleted rows count, because they can be restored.
func (s *session) takeStock(ctx context.Context) (inventory, error) {
	found := inventory{
		empty: true, numbers: map[string]int64{}, categories: map[string]int64{}, addresses: addresses{},
	}
	for table, last := range map[string]*int64{
		categoryTable.name: &found.last.category, productTable.name: &found.last.product,
		customerTable.name: &found.last.customer, cartTable.name: &found.last.cart,
		orderTable.name: &found.last.order, itemTable.name: &found.last.item,
		eventTable.name: &found.last.event, movementTable.name: &found.last.movement,
	} {
		var largest, given int64
		if err := s.tx.QueryRowContext(ctx, "SELECT COALESCE(max(id), 0) FROM "+store.Quote(table)).Scan(&largest); err != nil {
			return inventory{}, fmt.Errorf("seed: look at %s: %w", table, err)
		}
		if err := s.lastIdentity(ctx, table).Scan(&given); err != nil {
			return inventory{}, fmt.Errorf("seed: identity of %s: %w", table, err)
		}
		found.empty = found.empty && largest == 0
		*last = max(largest, given)
	}
	if found.empty {
		return found, nil
	}
	return found, s.lookCloser(ctx, found)
}

// lastIdentity queries the last id that the database assigned to a row of the table.
func (s *session) lastIdentity(ctx context.Context, table string) *sql.Row {
	if s.dialect == dialect.Postgres {
		return s.tx.QueryRowContext(ctx,
			"SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence($1, 'id')::regclass), 0)", table)
	}
	return s.tx.QueryRowContext(ctx, "SELECT COALESCE(max(seq), 0) FROM sqlite_sequence WHERE name = ?", table)
}

func (s *session) lookCloser(ctx context.Context, found inventory) error {
	err := s.each(ctx, "SELECT sku FROM products", func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if prefix, number, ok := skuNumber(text); ok {
			found.numbers[prefix] = max(found.numbers[prefix], number)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = s.each(ctx, "SELECT email FROM customers WHERE email LIKE '%@example.%'", func(rows *sql.Rows) error {
		var email string
		if err := rows.Scan(&email); err != nil {
			return err
		}
		found.addresses.note(email)
		return nil
	})
	if err != nil {
		return err
	}
	return s.each(ctx, "SELECT slug, id FROM categories WHERE deleted_at IS NULL", func(rows *sql.Rows) error {
		var (
			slug string
			id   int64
		)
		if err := rows.Scan(&slug, &id); err != nil {
			return err
		}
		found.categories[slug] = id
		return nil
	})
}

func (s *session) each(ctx context.Context, query string, row func(*sql.Rows) error) error {
	if err := store.Each(ctx, s.tx, row, query); err != nil {
		return fmt.Errorf("seed: %s: %w", query, err)
	}
	return nil
}
