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
	"github.com/storekeeper/storekeeper/internal/phone"
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
	for _, t := range ent.FoldedTexts {
		k := kept{table: t.Table, column: t.Column, form: t.Folded, dated: t.Dated, of: fold.Text}
		some, err := k.mend(ctx, db, now.Add(-refoldSpan))
		if n += some; err != nil {
			return n, fmt.Errorf("fold %s.%s: %w", t.Table, t.Column, err)
		}
	}
	return n, nil
}

// Renumber does the same for the digits by which telephone numbers are found
// (invariant.PhoneDigits).
func Renumber(ctx context.Context, db *store.DB, now time.Time) (n int, err error) {
	k := kept{table: "customers", column: "phone", form: "phone_digits", nullable: true, dated: true, of: phone.Digits}
	if n, err = k.mend(ctx, db, now.Add(-refoldSpan)); err != nil {
		return n, fmt.Errorf("digits of telephone numbers: %w", err)
	}
	return n, nil
}

// kept is a text of which a hook keeps another form, for searches.
type kept struct {
	table, column string
	form          string // the column of the other form
	nullable      bool   // the form is NULL rather than ''
	dated         bool   // the table has updated_at
	of            func(text string) string
}

// stale is the text of a record, and the form that it should have.
type stale struct {
	ID   int64  `json:"id"`
	Text string `json:"text"`
	Form string `json:"form"`
}

// mend sets the forms that are missing, and those that are wrong where the record was
// changed since then. It returns how many it has set.
func (k kept) mend(ctx context.Context, db *store.DB, since time.Time) (n int, err error) {
	for last, more := int64(0), true; more; {
		var wrong []stale
		if wrong, last, more, err = k.stale(ctx, db, last, since); err == nil && len(wrong) > 0 {
			err = k.replace(ctx, db, wrong)
		}
		if err != nil {
			return n, err
		}
		n += len(wrong)
	}
	return n, nil
}

// stale looks at a batch of records with greater ids than the last, and returns the last of
// them and whether there may be more.
func (k kept) stale(
	ctx context.Context, db *store.DB, after int64, since time.Time,
) (wrong []stale, last int64, more bool, err error) {
	condition, args := "COALESCE(%[2]s, '') = '' AND %[1]s <> ''", []any{after}
	if k.dated {
		condition, args = condition+" OR updated_at > $2", append(args, since)
	}
	query := "SELECT id, COALESCE(%[1]s, ''), COALESCE(%[2]s, '') FROM %[3]s WHERE id > $1 AND (" + condition + ") ORDER BY id LIMIT %[4]d"
	rows, err := store.All(ctx, db.Reader, func(rows *sql.Rows, s *stale) error { return rows.Scan(&s.ID, &s.Text, &s.Form) },
		fmt.Sprintf(query, k.column, k.form, k.table, refoldBatch), args...)
	if err != nil || len(rows) == 0 {
		return nil, 0, false, err
	}
	last, more = rows[len(rows)-1].ID, len(rows) == refoldBatch
	for _, s := range rows {
		if form := k.of(s.Text); form != s.Form {
			wrong = append(wrong, stale{s.ID, s.Text, form})
		}
	}
	return wrong, last, more, nil
}

// replace sets the forms, where the text is still the same. Unless the list is made a table,
// SQLite may read all records, and the list for each of them.
func (k kept) replace(ctx context.Context, db *store.DB, wrong []stale) error {
	list, err := json.Marshal(wrong)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	from := "SELECT id, text, form FROM json_to_recordset($1::json) AS r (id bigint, text text, form text)"
	if db.Dialect() == dialect.SQLite {
		from = "SELECT value ->> 'id' AS id, value ->> 'text' AS text, value ->> 'form' AS form FROM json_each($1)"
	}
	form := "f.form"
	if k.nullable {
		form = "NULLIF(f.form, '')"
	}
	statement := fmt.Sprintf(`
WITH f AS MATERIALIZED (%s)
UPDATE %s AS t SET %s = %s FROM f WHERE t.id = f.id AND COALESCE(t.%s, '') = f.text`, from, k.table, k.form, form, k.column)
	return db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		_, err := tx.ExecContext(ctx, statement, string(list))
		return err
	})
}
