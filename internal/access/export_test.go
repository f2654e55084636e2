package access

import "slices"

// Without takes one of the things that an operation is given away, until the
// returned function is called.
func Without(p, given Permission) (restore func()) {
	before := grants[p]
	grants[p] = slices.DeleteFunc(slices.Clone(before), func(g Permission) bool { return g == given })
	return func() { grants[p] = before }
}
