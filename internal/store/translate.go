package store

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/migrate"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// Translate turns errors of ent and of the drivers into shop errors: a missing record into
// KindNotFound; a violated UNIQUE constraint into KindConflict naming its fields; a
// violated CHECK or foreign key, and a value that ent's validators refuse, into
// KindInvalid. Shop errors and unknown errors are returned unchanged.
func Translate(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*shop.Error](err); ok {
		return err
	}
	if v, ok := errors.AsType[*ent.ValidationError](err); ok {
		return withCause(shop.Invalidf(v.Name, "%s", expected(v)), err)
	}
	if ent.IsNotFound(err) {
		return withCause(shop.Errorf(shop.KindNotFound, "the record does not exist"), err)
	}
	switch c, ok := violationOf(err); {
	case !ok:
		return err
	case c.kind == unique:
		return withCause(taken(c.columns), err)
	case c.kind == check && c.name == "":
		return withCause(shop.Errorf(shop.KindInvalid, "breaks a rule of the database"), err)
	case c.kind == check:
		return withCause(shop.Invalidf(c.name, "breaks the rule %s", c.name), err)
	case c.kind == foreignKey && len(c.columns) > 0:
		return withCause(shop.Invalidf(c.columns[0], "refers to a record that does not exist"), err)
	case c.kind == foreignKey:
		return withCause(shop.Errorf(shop.KindConflict, "refers to a record that does not exist, or is referred to"), err)
	default:
		return err
	}
}

func withCause(e *shop.Error, cause error) error {
	e.Cause = cause
	return e
}

// expected says what a validator of ent expected of a field, in the words of the API.
func expected(v *ent.ValidationError) string {
	failed := errors.Unwrap(v)
	if failed == nil {
		return v.Error()
	}
	said := failed.Error() // validator failed for field "Staff.name": …, but for one that is missing
	if rule := errors.Unwrap(failed); rule != nil {
		said = rule.Error()
	}
	switch {
	case strings.HasPrefix(said, "value is less than the required"):
		return "is empty or too short" // NotEmpty and MinLen say the same
	case strings.HasPrefix(said, "value is greater than the required"):
		return tooLong(failed.Error())
	default:
		return strings.TrimPrefix(said, "ent: ")
	}
}

// tooLong finds the maximum length of a field by the name that ent gives it, such as
// "Staff.name". It does not know the tables of entities outside the audit trail, which no
// person writes.
func tooLong(said string) string {
	_, name, _ := strings.Cut(said, `"`)
	name, _, _ = strings.Cut(name, `"`)
	entity, field, _ := strings.Cut(name, ".")
	if t := ent.AuditedTypes[entity]; t != nil {
		for _, table := range migrate.Tables {
			if c, ok := table.Column(field); ok && table.Name == t.Table {
				return fmt.Sprintf("expected at most %d characters", c.Size)
			}
		}
	}
	return "is too long"
}

func taken(columns []string) *shop.Error {
	if len(columns) == 0 {
		return shop.Conflictf("another record has what only one may have")
	}
	e := shop.Conflictf("another record has the same %s", strings.Join(columns, " and "))
	for _, column := range columns {
		e.Fields = append(e.Fields, shop.FieldError{Location: column, Message: "is taken by another record"})
	}
	return e
}

type violation struct {
	kind    violationKind
	name    string   // of the constraint, where the database tells it: Citus does not
	columns []string // of a unique constraint, or of a foreign key that refers to nothing where the database tells it
}

type violationKind int

const (
	unique violationKind = iota + 1
	check
	foreignKey
)

// UniqueViolation reports whether err is a violated UNIQUE constraint on exactly these
// columns.
func UniqueViolation(err error, columns ...string) bool {
	v, ok := violationOf(err)
	return ok && v.kind == unique && strings.Join(v.columns, ",") == strings.Join(columns, ",")
}

func violationOf(err error) (violation, bool) {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case pgUniqueViolation:
			return violation{kind: unique, name: pg.ConstraintName, columns: takenColumns(pg)}, true
		case pgCheckViolation:
			return violation{kind: check, name: pg.ConstraintName}, true
		case pgForeignKeyViolation:
			return violation{kind: foreignKey, name: pg.ConstraintName, columns: danglingColumn(pg)}, true
		}
		return violation{}, false
	}
	lite, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return violation{}, false
	}
	switch lite.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return violation{kind: unique, columns: sqliteColumns(lite.Error())}, true
	case sqlite3.SQLITE_CONSTRAINT_CHECK:
		return violation{kind: check, name: sqliteDetail(lite.Error())}, true
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return violation{kind: foreignKey}, true
	}
	return violation{}, false
}

// takenColumns are the columns of the unique index that was violated. Where the error
// does not name it, they are read from the detail, which begins like "Key (caller,
// key)=(1, a) already exists." in every language.
func takenColumns(pg *pgconn.PgError) []string {
	if pg.ConstraintName != "" {
		return indexColumns(pg.ConstraintName)
	}
	_, key, _ := strings.Cut(pg.Detail, "(")
	key, _, ok := strings.Cut(key, ")=(")
	if !ok {
		return nil
	}
	return strings.Split(key, ", ")
}

// indexColumns looks a unique index up in the generated schema. The index of a single
// unique field has the name that PostgreSQL gives it, TABLE_COLUMN_key.
func indexColumns(name string) []string {
	for _, table := range migrate.Tables {
		for _, column := range table.Columns {
			if column.Unique && name == table.Name+"_"+column.Name+"_key" {
				return []string{column.Name}
			}
		}
		for _, index := range table.Indexes {
			if index.Name != name {
				continue
			}
			columns := make([]string, len(index.Columns))
			for i, c := range index.Columns {
				columns[i] = c.Name
			}
			return columns
		}
	}
	return []string{name}
}

// danglingColumn returns the column whose value refers to a record that does not exist.
// It returns none when the violation is the other one of a foreign key, that a record
// cannot be removed because others refer to it: then the detail names that record's id.
func danglingColumn(pg *pgconn.PgError) []string {
	for _, table := range migrate.Tables {
		for _, key := range table.ForeignKeys {
			if key.Symbol == pg.ConstraintName && strings.Contains(pg.Detail, "("+key.Columns[0].Name+")=(") {
				return []string{key.Columns[0].Name}
			}
		}
	}
	return nil
}

// sqliteColumns reads "constraint failed: UNIQUE constraint failed:
// products.sku (2067)".
func sqliteColumns(message string) []string {
	var columns []string
	for part := range strings.SplitSeq(sqliteDetail(message), ",") {
		_, column, ok := strings.Cut(strings.TrimSpace(part), ".")
		if ok {
			columns = append(columns, column)
		}
	}
	return columns
}

// sqliteDetail is what stands between the last colon and the code.
func sqliteDetail(message string) string {
	message = message[strings.LastIndex(message, ":")+1:]
	if open := strings.LastIndex(message, "("); open > 0 {
		message = message[:open]
	}
	return strings.TrimSpace(message)
}
