package seed

// department is a category of the first level. The category tree has three: departments,
// groups and leaves. Products belong to leaves.
type department struct {
	name   string
	groups []group
}

// group is a category of the second level. Its products share the prefix of their SKUs:
// KIT for KIT-0042.
type group struct {
	name   string
	prefix string
	leaves []leaf
}

type leaf struct {
	name  string
	lines []line
}

// line is a kind of product. Each of its materials in each of its variations is one
// product; see offer.title.
type line struct {
	noun     string // "dining chair"
	of       []material
	in       variation
	from, to int64   // price range in euro cents
	sold     portion // how many are bought at once
	about    string  // first sentence of the description
}

// departments are the departments of the shop.
var departments = []department{kitchen, living, bedroom, garden, office, household}
