package access

import "slices"

// Without removes one of the permissions that an operation gives, until restore is
// called.
func Without(p, given Permission) (restore func()) {
	before := grants[p]
	grants[p] = slices.DeleteFunc(slices.Clone(before), func(g Permission) bool { return g == given })
	return func() { grants[p] = before }
}
