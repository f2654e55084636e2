package search

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/fold"
	"github.com/storekeeper/storekeeper/internal/store"
)

const (
	refoldBatch = 1_000          // records that one transaction changes
	refoldSpan  = 25 * time.Hour // how long ago a server of an older release may have written
)

// Refold folds the texts that no hook has folded (schema.Folded): those that were there
// before the column of their folded text, and those that a server of an older release has
// written within the last day. That is no edit of their records. It returns how many it has
// changed, in small transactions that nobody has to wait for.
func Refold(ctx context.Context, db *store.DB, now time.Time) (n int, err error) {
	for _, text := range ent.FoldedTexts {
		t := foldedText(text)
		for last, more := int64(0), true; more; {
			var stale []staleText
			if stale, last, more, err = t.stale(ctx, db, last, now.Add(-refoldSpan)); err == nil && len(stale) > 0 {
				err = t.replace(ctx, db, stale)
			}
			if err != nil {
				return n, fmt.Errorf("fold %s.%s: %w", t.Table, t.Column, err)
			}
			n += len(stale)
		}
	}
	return n, nil
}

// foldedText is a text that is kept folded, too.
type foldedText ent.FoldedText

// staleText is the text of a record whose folded text is another.
type staleText struct {
	ID     int64  `json:"id"`
	Text   string `json:"text"`
	Folded string `json:"folded"`
}

// stale looks at a batch of records with greater ids than the last, and returns the last of
// them and whether there may be more.
func (t foldedText) stale(
	ctx context.Context, db *store.DB, after int64, since time.Time,
) (stale []staleText, last int64, more bool, err error) {
	condition, args := "(%[2]s = '' AND %[1]s <> '')", []any{after}
	if t.Dated {
		condition, args = condition+" OR updated_at > $2", append(args, since)
	}
	query := fmt.Sprintf("SELECT id, COALESCE(%[1]s, ''), %[2]s FROM %[3]s WHERE id > $1 AND ("+condition+") ORDER BY id LIMIT %[4]d",
		t.Column, t.Folded, t.Table, refoldBatch)
	rows, err := store.All(ctx, db.Reader, func(rows *sql.Rows, s *staleText) error { return rows.Scan(&s.ID, &s.Text, &s.Folded) },
		query, args...)
	if err != nil || len(rows) == 0 {
		return nil, 0, false, err
	}
	last, more = rows[len(rows)-1].ID, len(rows) == refoldBatch
	for _, s := range rows {
		if folded := fold.Text(s.Text); folded != s.Folded {
			stale = append(stale, staleText{s.ID, s.Text, folded})
		}
	}
	return stale, last, more, nil
}

// replace keeps the folded texts, where the text is still the same.
func (t foldedText) replace(ctx context.Context, db *store.DB, stale []staleText) error {
	list, err := json.Marshal(stale)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	statement := `
UPDATE %[3]s AS t SET %[2]s = f.folded
FROM json_to_recordset($1::json) AS f (id bigint, text text, folded text) WHERE t.id = f.id AND COALESCE(t.%[1]s, '') = f.text`
	if db.Dialect() == dialect.SQLite {
		statement = `
UPDATE %[3]s AS t SET %[2]s = f.value ->> 'folded'
FROM json_each($1) AS f WHERE t.id = f.value ->> 'id' AND COALESCE(t.%[1]s, '') = f.value ->> 'text'`
	}
	statement = fmt.Sprintf(statement, t.Column, t.Folded, t.Table)
	return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		_, err := tx.ExecContext(ctx, statement, string(list))
		return err
	})
}
