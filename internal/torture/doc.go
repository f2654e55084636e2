// Package torture breaks everything around the program while people work with
// it, and proves afterwards that nothing was lost, doubled or made up.
//
// The test runs the real binary, on SQLite and as two replicas on a PostgreSQL
// of its own. Clients do every kind of operation over HTTP and keep a journal
// of what they asked for and what they were told. Meanwhile servers and the
// database are killed, backends terminated, connections cut in the middle of
// requests and answers, locks and connections held, and networks and commits
// slowed down. At the end a checker compares the journals with the database,
// through SQL of its own: it uses no code of the product.
//
// `make torture` runs it for as long as TORTURE_TIME says, `make test` for some
// seconds. TORTURE_SEED repeats the choices of a run, though not the moments at
// which they meet.
//
// Further tests take away what the program needs from its disk: space,
// permissions, whole pages.
package torture
