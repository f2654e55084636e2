package listquery_test

import (
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"github.com/storekeeper/storekeeper/internal/listquery"
)

const typical = "limit=25&sort=-created_at&category_id=3&is_active=true&price_gte=1000"

func BenchmarkParse(b *testing.B) {
	res := products()
	for name, rawQuery := range map[string]string{
		"default": "",
		"typical": typical,
		"cursor":  typical + "&cursor=" + parse(b, res, typical).NextCursor(tools),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := listquery.Parse(res, rawQuery); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkNextCursor(b *testing.B) {
	q := parse(b, products(), typical)
	b.ReportAllocs()
	for b.Loop() {
		q.NextCursor(tools)
	}
}

func BenchmarkWhere(b *testing.B) {
	res := products()
	q := parse(b, res, typical+"&cursor="+parse(b, res, typical).NextCursor(tools))
	b.ReportAllocs()
	for b.Loop() {
		s := sql.Dialect(dialect.Postgres).Select("*").From(sql.Dialect(dialect.Postgres).Table("products"))
		q.Where(s)
		q.Order(s)
		s.Query()
	}
}
