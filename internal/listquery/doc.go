// Package listquery reads the query string of a list by the definition of its
// resource and turns it into the WHERE and ORDER BY of one SQL query.
//
// Parameters:
//
//	limit            rows on a page, 1..200, 25 when absent
//	cursor           next_cursor of the page before
//	offset           rows to skip, 0..10000, instead of a cursor
//	sort             up to five sortable fields, "-" before one for descending
//	q                1..200 characters to look for in the searchable fields; given
//	                 several times, all of them, each in any of the fields
//	count            "none" leaves the total out
//	include_deleted  true shows deleted records too, where there are any
//	NAME             the field has this value, or one of up to 200 values
//	                 separated by commas
//	NAME_gte, NAME_gt, NAME_lte, NAME_lt
//	                 bounds, for fields that have an order
//	NAME_null        true or false, for fields that may be null
//
// Which of the last seven a field has is what definition.FiltersOf says. In
// lists of text, "\," stands for a comma and "\\" for a backslash; a backslash
// before anything else stands for itself. Every parameter but q may be given once.
//
// Paging is by keyset: a cursor holds the sort values of the last row of its
// page and its id, which breaks ties, so that walking a list costs the same at
// any depth and neither repeats nor skips a row that stays as it is. NULLs sort
// as the engine sorts them, first or last, because only then a plain index
// serves the order.
//
// Values reach the database as arguments, never inside the SQL.
package listquery
