// Package listquery parses the query string of a list according to the definition of its
// resource, and turns it into the WHERE and ORDER BY of one SQL query.
//
// Parameters:
//
//	limit            rows on a page, 1..200, 25 by default
//	cursor           next_cursor of the previous page
//	offset           rows to skip, 0..10000, instead of a cursor
//	sort             up to five sortable fields, "-" before one for descending
//	q                1..200 characters to look for in the searchable fields; if given
//	                 several times, a record must contain all of them, in any fields
//	count            "none" leaves the total out
//	include_deleted  true includes deleted records, for resources with soft delete
//	NAME             the field has this value, or one of up to 200 values
//	                 separated by commas
//	NAME_gte, NAME_gt, NAME_lte, NAME_lt
//	                 bounds, for fields that have an order
//	NAME_null        true or false, for fields that may be null
//
// definition.FiltersOf says which of the last six a field has. In lists of text, "\,"
// stands for a comma and "\\" for a backslash; a backslash before anything else stands for
// itself. Every parameter except q may be given once.
//
// Texts that have a folded text (package fold) are sorted by it, byte by byte: in the same
// order on both databases. It is empty where the text is null or was not folded yet.
//
// Paging is by keyset: a cursor holds the sort values and the id of the last row of its
// page. The id breaks ties. So every page costs the same at any depth, and no row that does
// not change is repeated or skipped. NULLs are sorted as the engine does, first or last,
// because only then a plain index can serve the order.
//
// Values reach the database as arguments, never inside the SQL.
package listquery
