// Package torture breaks everything around the program while people work with it, and
// proves afterwards that nothing was lost, doubled or made up.
//
// The test runs the real binary, on SQLite and as two replicas on a PostgreSQL server of its
// own. Clients do every kind of operation over HTTP and keep a journal of what they asked
// for and what they were told. Meanwhile servers and the database are killed, backends
// terminated, connections cut in the middle of requests and answers, locks and connections
// held, and networks and commits slowed down. At the end a checker compares the journals
// with the database, using its own SQL and no code of the product.
//
// `make torture` runs it for TORTURE_TIME, `make test` for some seconds. TORTURE_SEED
// repeats the choices of a run, but not the moments at which they meet.
package torture
