// Package adminapi is the extension of ent's code generator that turns the
// schema into the API: it describes every annotated entity as a
// definition.Resource, and renders from that the transport types and functions
// that package handlers registers.
//
// The work has three steps, each on its own so that tests can look between
// them. First prepare completes the graph before ent generates: pointers for what may
// be NULL, a length for every string. Then describe computes the definitions, plain
// Go values, and refuses what cannot be. The templates spell them out.
//
// The package imports neither the generated ent code nor package handlers, so
// that generating works while these are missing or do not compile.
package adminapi
