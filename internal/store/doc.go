// Package store opens the shop's database, an embedded SQLite file or a
// PostgreSQL server, runs transactions on it with bounded retries, and turns
// the errors of ent and of the drivers into those of package shop.
package store
