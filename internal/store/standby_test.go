package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/category"
	"github.com/storekeeper/storekeeper/internal/store"
	"github.com/storekeeper/storekeeper/internal/storetest"
)

// maxLag is the least that the program offers.
const maxLag = 2 * time.Second

// replicated is a database that is read from a real standby.
type replicated struct {
	*storetest.Replicated

	t  *testing.T
	db *store.DB
	n  atomic.Int64
}

func (r *replicated) open(standby store.Standby) *store.DB {
	r.t.Helper()
	db, err := store.Open(r.t.Context(), store.Config{URL: r.URL, Standby: standby})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		if err := db.Close(); err != nil {
			r.t.Error(err)
		}
	})
	return db
}

// eventually waits for what the watcher of the standby finds out.
func (r *replicated) eventually(what string, happened func() bool) {
	r.t.Helper()
	timeout := time.After(30 * time.Second)
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for !happened() {
		select {
		case <-ticker.C:
		case <-timeout:
			r.t.Fatalf("in vain: %s", what)
		}
	}
}

func (r *replicated) usable() bool { return r.db.Standby().Usable }

// write creates a category and returns its slug, and what the writer has to
// bring to see it.
func (r *replicated) write() (slug string, after store.LSN) {
	r.t.Helper()
	slug = fmt.Sprint("c-", r.n.Add(1))
	ctx := store.Follow(storetest.Context(r.t), 0, func(lsn store.LSN) { after = lsn })
	err := r.db.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.Category.Create().SetName(slug).SetSlug(slug).Exec(ctx)
	})
	if err != nil || after == 0 || after == store.UnknownLSN {
		r.t.Fatal(after, err)
	}
	return slug, after
}

// looked is what a read finds.
type looked struct {
	standby bool // where it read
	found   bool
	took    time.Duration
}

// look reads as somebody who has to be shown what is before the position.
func (r *replicated) look(slug string, after store.LSN) looked {
	r.t.Helper()
	var out looked
	start := time.Now()
	err := r.db.Browse(store.Follow(storetest.Context(r.t), after, nil), func(ctx context.Context, client *ent.Client) error {
		out.standby = recovering(ctx, r.t, client)
		var err error
		out.found, err = client.Category.Query().Where(category.Slug(slug)).Exist(ctx)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	out.took = time.Since(start)
	return out
}

func recovering(ctx context.Context, t *testing.T, client *ent.Client) (is bool) {
	t.Helper()
	rows, err := client.QueryContext(ctx, "SELECT pg_is_in_recovery()")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&is); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return is
}

// The life of a standby: what is read there, and that whatever happens to it
// nobody misses what they have written, nor sees what is too old.
func TestStandby(t *testing.T) {
	t.Parallel()
	r := &replicated{t: t, Replicated: storetest.Replicate(t)}
	r.db = r.open(store.Standby{URL: r.ReadURL, MaxLag: maxLag})
	r.eventually("the standby is read", r.usable)
	for _, step := range []struct {
		name string
		do   func(t *testing.T)
	}{
		{"own writes", r.ownWrites},
		{"writes at once", r.writesAtOnce},
		{"another database", r.another},
		{"paused", r.paused},
		{"cut off on the way", r.cutOff},
		{"behind by a migration", r.behind},
		{"locked by what it replays", r.locked},
		{"away", r.away},
		{"promoted", r.promoted},
	} {
		if !t.Run(step.name, step.do) {
			return
		}
	}
}

func (r *replicated) ownWrites(t *testing.T) {
	t.Helper()
	for range 50 {
		slug, after := r.write()
		if got := r.look(slug, after); !got.found {
			t.Fatalf("%s is missing: %+v", slug, got)
		}
	}
	figures := r.db.Standby()
	if figures.Served < 45 {
		t.Errorf("of 50 reads the standby served %d: %+v", figures.Served, figures)
	}
	slug, _ := r.write()
	if got := r.look(slug, store.UnknownLSN); got.standby || !got.found {
		t.Errorf("who has to be shown everything got %+v", got)
	}
}

func (r *replicated) writesAtOnce(t *testing.T) {
	t.Helper()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				slug, after := r.write()
				if got := r.look(slug, after); !got.found {
					t.Errorf("%s is missing: %+v", slug, got)
				}
			}
		})
	}
	wg.Wait()
}

// A server that is no standby, or of another database, is not read.
func (r *replicated) another(t *testing.T) {
	t.Helper()
	for says, url := range map[string]string{
		"it is no standby":              r.URL,
		"it is no copy of the database": r.Standby.URL("postgres"),
		"connection refused":            "postgres://postgres@127.0.0.1:1/shop?sslmode=disable",
	} {
		var log lines
		db, err := store.Open(t.Context(), store.Config{URL: r.URL, Standby: store.Standby{URL: url, Log: slog.New(slog.NewTextHandler(&log, nil))}})
		if err != nil {
			t.Fatal(err)
		}
		if db.Standby().Usable || !strings.Contains(log.String(), says) {
			t.Errorf("%s: %+v\n%s", says, db.Standby(), log.String())
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, url := range []string{"sqlite://x.db", "postgres://%zz"} {
		if db, err := store.Open(t.Context(), store.Config{URL: r.URL, Standby: store.Standby{URL: url}}); err == nil {
			t.Errorf("%s: opened", url)
			_ = db.Close()
		}
	}
}

// While nothing is replayed, one's own writes are read on the primary after a
// bounded wait, and what is too old is not read at all.
func (r *replicated) paused(t *testing.T) {
	t.Helper()
	storetest.Exec(t, r.ReadURL, "SELECT pg_wal_replay_pause()")
	slug, after := r.write()
	if got := r.look(slug, 0); !got.standby || got.found {
		t.Errorf("others, at once: %+v", got)
	}
	if got := r.look(slug, after); got.standby || !got.found || got.took < 100*time.Millisecond {
		t.Errorf("the writer: %+v", got)
	}
	r.eventually("the standby is too far behind", func() bool { return !r.usable() })
	if got := r.look(slug, 0); got.standby || !got.found {
		t.Errorf("others, later: %+v", got)
	}
	quick := time.Hour // at best, for the machine may be busy
	for range 20 {
		got := r.look(slug, after)
		if got.standby || !got.found {
			t.Errorf("the writer, later: %+v", got)
		}
		quick = min(quick, got.took)
	}
	if quick > 90*time.Millisecond {
		t.Errorf("the writer, later, need not wait, and waits %s", quick)
	}
	if lag := r.db.Standby().Lag; lag == 0 {
		t.Error("there is no lag")
	}
	storetest.Exec(t, r.ReadURL, "SELECT pg_wal_replay_resume()")
	r.eventually("the standby is read again", func() bool { got := r.look(slug, after); return got.standby && got.found })
}

// A read that loses its connection to the standby is made on the primary.
func (r *replicated) cutOff(t *testing.T) {
	t.Helper()
	runs, n := 0, 0
	err := r.db.Browse(storetest.Context(t), func(ctx context.Context, client *ent.Client) (err error) {
		runs++
		if recovering(ctx, t, client) {
			if _, err := client.ExecContext(ctx, "SELECT pg_terminate_backend(pg_backend_pid())"); err != nil {
				return err
			} // otherwise the next one finds out
		}
		n, err = client.Category.Query().Count(ctx)
		return err
	})
	if err != nil || runs != 2 || n == 0 {
		t.Errorf("%d runs, %d rows, %v", runs, n, err)
	}
	r.eventually("the standby is read again", r.usable)
}

// A program that is newer than what the standby has replayed reads the primary.
func (r *replicated) behind(t *testing.T) {
	t.Helper()
	storetest.Exec(t, r.ReadURL, "SELECT pg_wal_replay_pause()")
	storetest.Exec(t, r.URL, "CREATE TABLE later (n int)")
	runs := 0
	err := r.db.Browse(storetest.Context(t), func(ctx context.Context, client *ent.Client) error {
		runs++
		_, err := client.ExecContext(ctx, "SELECT n FROM later")
		return err
	})
	if err != nil || runs != 2 {
		t.Errorf("%d runs, %v", runs, err)
	}
	storetest.Exec(t, r.ReadURL, "SELECT pg_wal_replay_resume()")
	r.eventually("the standby is read again", r.usable)
}

// A read that waits for a lock that the standby replays is made on the primary, which has
// released it.
func (r *replicated) locked(t *testing.T) {
	t.Helper()
	slug, _ := r.write()
	err := r.db.Tx(storetest.Context(t), func(ctx context.Context, tx *ent.Client) error {
		if _, err := tx.ExecContext(ctx, "LOCK TABLE categories IN ACCESS EXCLUSIVE MODE"); err != nil {
			return err
		}
		r.pauseLocked() //nolint:contextcheck // from outside
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.look(slug, 0); got.standby || !got.found || got.took > 3*time.Second {
		t.Errorf("%+v", got)
	}
	storetest.Exec(t, r.ReadURL, "SELECT pg_wal_replay_resume()")
	r.eventually("the standby is read again", r.usable)
}

// pauseLocked pauses the replay once the standby has the lock.
func (r *replicated) pauseLocked() {
	r.t.Helper()
	storetest.Exec(r.t, r.URL, "SELECT pg_switch_wal()")
	r.eventually("the standby has the lock", func() bool { return lockedAt(r.t, r.ReadURL) })
	storetest.Exec(r.t, r.ReadURL, "SELECT pg_wal_replay_pause()")
}

func lockedAt(t *testing.T, url string) (is bool) {
	t.Helper()
	ctx := storetest.Context(t)
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	const query = "SELECT EXISTS (SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock')"
	if err := conn.QueryRow(ctx, query).Scan(&is); err != nil {
		t.Fatal(err)
	}
	return is
}

// A standby that is gone costs nobody more than a moment.
func (r *replicated) away(t *testing.T) {
	t.Helper()
	slug, after := r.write()
	r.Standby.Quit()
	for range 20 {
		if got := r.look(slug, after); got.standby || !got.found || got.took > 1500*time.Millisecond {
			t.Errorf("%+v", got)
		}
	}
	// A program that starts meanwhile does without, too.
	late := &replicated{t: t, Replicated: r.Replicated}
	late.db = late.open(store.Standby{URL: r.ReadURL, MaxLag: maxLag})
	if got := late.look(slug, after); got.standby || !got.found {
		t.Errorf("%+v", got)
	}
	if err := r.Standby.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.eventually("the standby is read again", r.usable)
	r.eventually("the standby is read at last", late.usable)
	if got := r.look(slug, after); !got.found {
		t.Errorf("%+v", got)
	}
}

// A standby that was promoted goes its own way: it is not read any more, from
// the first read on.
func (r *replicated) promoted(t *testing.T) {
	t.Helper()
	storetest.Exec(t, r.ReadURL, "SELECT pg_promote()")
	slug, after := r.write()
	for _, as := range []store.LSN{0, after} {
		if got := r.look(slug, as); got.standby || !got.found {
			t.Errorf("%+v", got)
		}
	}
}

// lines is a log that is read while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Positions are read and written as PostgreSQL does.
func TestLSN(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]store.LSN{
		"0/0": 0, "0/16B3748": 0x16B3748, "16/B374D848": 0x16_B374D848, "FFFFFFFF/FFFFFFFF": store.UnknownLSN,
	} {
		if got, err := store.ParseLSN(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "/", "1", "1/", "/1", "1/2/3", "g/1", "1/-1", "+1/1", "100000000/0", " 1/1", "1/1\n"} {
		if got, err := store.ParseLSN(text); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}
