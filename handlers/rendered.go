package handlers

// rendered returns the items as an answer shows them: never nil, which would be null in
// JSON.
func rendered[F, T any](items []F, render func(F) T) []T {
	out := make([]T, len(items))
	for i := range items {
		out[i] = render(items[i])
	}
	return out
}
