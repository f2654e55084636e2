package seed

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// strip drops the foreign keys and the secondary indexes of the tables, because maintaining
// them takes more than half of the time of a large load, and remembers how to recreate them
// exactly. It does not touch what other roles own or what other objects depend on. DDL is
// transactional, so nobody ever sees the tables without them.
func (s *session) strip(ctx context.Context) error {
	names := "('" + strings.Join(tables, "', '") + "')"
	// Foreign keys in both directions come first: they do not depend on the indexes
	// dropped here.
	for _, query := range []string{
		`SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', r.oid::regclass, c.conname),
		        format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.oid::regclass, c.conname, pg_get_constraintdef(c.oid))
		 FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
		 WHERE c.contype = 'f' AND c.convalidated AND c.conparentid = 0
		   AND r.relname IN ` + names + ` AND pg_table_is_visible(r.oid) AND pg_has_role(r.relowner, 'USAGE')
		 ORDER BY r.relname, c.conname`,
		`SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
		 FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid
		 WHERE i.indisvalid AND NOT i.indisprimary AND NOT i.indisclustered AND NOT i.indisreplident
		   AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
		   AND r.relname IN ` + names + ` AND pg_table_is_visible(r.oid) AND pg_has_role(r.relowner, 'USAGE')
		 ORDER BY r.relname, i.indexrelid::regclass::text`,
	} {
		var drops []string
		err := s.each(ctx, query, func(rows *sql.Rows) error {
			var drop, add string
			if err := rows.Scan(&drop, &add); err != nil {
				return err
			}
			drops, s.dropped = append(drops, drop), append(s.dropped, add)
			return nil
		})
		if err != nil {
			return err
		}
		if err := s.exec(ctx, drops...); err != nil {
			return err
		}
	}
	return nil
}

// dress recreates what strip dropped. It fails if the rows violate a constraint.
func (s *session) dress(ctx context.Context, progress func(stage string, done, total int64)) error {
	for i, statement := range s.dropped {
		if err := s.exec(ctx, statement); err != nil {
			return err
		}
		progress("indexes", int64(i+1), int64(len(s.dropped)))
	}
	return nil
}

func (s *session) exec(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := s.tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("seed: %s: %w", statement, err)
		}
	}
	return nil
}
