// Package adminapi is the extension of ent's code generator that makes the API from the
// schema. It describes every annotated entity as a definition.Resource, and renders from
// that the transport types and functions that package handlers registers.
//
// It works in three steps that tests can examine separately. First, prepare completes the
// graph before ent generates: pointers for nullable fields, a length for every string. Then
// describe computes the definitions, which are plain Go values, and refuses schemas that
// cannot be served. Last, the templates render them.
//
// The package imports neither the generated ent code nor package handlers, so that it works
// while these are missing or do not compile.
package adminapi
