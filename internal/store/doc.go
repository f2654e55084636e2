// Package store opens the shop's database, which is an embedded SQLite file or a PostgreSQL
// server. It runs transactions with a bounded number of retries, and translates the errors
// of ent and of the drivers into errors of package shop.
package store
