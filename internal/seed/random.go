package seed

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// stream returns a source of random numbers for one purpose, so that drawing more numbers
// for one purpose does not change the others.
func stream(seed uint64, purpose string) *rand.Rand {
	return rand.New(rand.NewPCG(seed, hash(purpose)))
}

func hash(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64()
}

// fraction maps its arguments to a number in [0, 1). The same arguments give the same
// number, and similar ones give unrelated numbers (SplitMix64).
func fraction(parts ...uint64) float64 {
	var x uint64
	for _, part := range parts {
		x += part + 0x9e3779b97f4a7c15
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		x ^= x >> 31
	}
	return float64(x>>11) / (1 << 53)
}

// chance returns true with probability p.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// pick draws one of the values, all with equal chances.
func pick[T any](r *rand.Rand, values []T) T { return values[r.IntN(len(values))] }

// around draws from a log-normal distribution: half of the draws are below the
// median, two thirds within a factor of e^spread of it.
func around(r *rand.Rand, median, spread float64) float64 {
	return median * math.Exp(spread*r.NormFloat64())
}
