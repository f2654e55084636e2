package seed

import "strings"

// categories returns the tree, parents before children and siblings in their order, and
// the ids of the leaves' categories in the order of the leaves. A category that exists
// already under the same slug is used as it is.
func categories(taken map[string]int64, after int64, first moment) ([]categoryRow, []int64) {
	var (
		rows   []categoryRow
		leaves []int64
	)
	place := func(name string, parent int64, position int) int64 {
		slug := slugOf(name)
		if id, ok := taken[slug]; ok {
			return id
		}
		id := after + int64(len(rows)) + 1
		rows = append(rows, categoryRow{
			id: id, created: first + moment(len(rows))*minute,
			name: name, slug: slug, position: int64(position), parent: parent,
		})
		return id
	}
	for i, department := range departments {
		top := place(department.name, 0, i)
		for j, group := range department.groups {
			middle := place(group.name, top, j)
			for k, leaf := range group.leaves {
				leaves = append(leaves, place(leaf.name, middle, k))
			}
		}
	}
	return rows, leaves
}

func slugOf(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), " ", "-")
}
