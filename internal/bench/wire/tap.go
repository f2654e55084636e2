// Package wire counts what a client sends to PostgreSQL: statements, and round trips, which
// are the times that the client had to wait for an answer. It reads the network traffic, so
// it treats all drivers alike.
package wire

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Tap forwards connections to a server and reads along. The connections must not be
// encrypted.
type Tap struct {
	target   string
	listener net.Listener
	done     sync.WaitGroup

	mu         sync.Mutex
	statements []string
	roundTrips int
	conns      map[net.Conn]struct{}
	closed     bool
}

// Open starts a tap on a server, and returns the URL of the server through the tap. The
// context limits the dialling of connections.
func Open(ctx context.Context, server string) (*Tap, string, error) {
	through, err := url.Parse(server)
	if err != nil {
		return nil, "", fmt.Errorf("tap: %w", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", fmt.Errorf("tap: %w", err)
	}
	t := &Tap{target: through.Host, listener: listener, conns: map[net.Conn]struct{}{}}
	through.Host = listener.Addr().String()
	query := through.Query()
	query.Set("sslmode", "disable")
	through.RawQuery = query.Encode()
	t.done.Go(func() { t.accept(ctx) })
	return t, through.String(), nil
}

// Reset forgets what was counted so far.
func (t *Tap) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.statements, t.roundTrips = nil, 0
}

// Heard returns the statements executed since Reset, in order, and the number of round
// trips.
func (t *Tap) Heard() (statements []string, roundTrips int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.statements), t.roundTrips
}

// Close closes the tap with its connections.
func (t *Tap) Close() error {
	err := t.listener.Close()
	t.mu.Lock()
	t.closed = true
	for conn := range t.conns {
		err = errors.Join(err, conn.Close())
	}
	t.mu.Unlock()
	t.done.Wait()
	return err
}

func (t *Tap) accept(ctx context.Context) {
	for {
		client, err := t.listener.Accept()
		if err != nil {
			return // closed
		}
		server, err := (&net.Dialer{}).DialContext(ctx, "tcp", t.target)
		if err != nil || !t.keep(client, server) {
			_ = client.Close()
			continue
		}
		t.done.Go(func() {
			_, _ = io.Copy(client, server)
			t.drop(client, server)
		})
		t.done.Go(func() {
			_ = t.pass(client, server)
			t.drop(client, server)
		})
	}
}

func (t *Tap) keep(conns ...net.Conn) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, conn := range conns {
		if t.closed {
			_ = conn.Close()
			continue
		}
		t.conns[conn] = struct{}{}
	}
	return !t.closed
}

func (t *Tap) drop(conns ...net.Conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, conn := range conns {
		if _, open := t.conns[conn]; open {
			delete(t.conns, conn)
			_ = conn.Close()
		}
	}
}

// Codes in the place of the protocol version, in the first message of a connection: the
// client asks for encryption, which is refused. See "Message Formats" in PostgreSQL's
// documentation.
const (
	codeSSL    = 80877103
	codeGSS    = 80877104
	lengthSize = 4
)

// pass copies the client's messages to the server and notes each of them.
func (t *Tap) pass(client io.Reader, server io.Writer) error {
	s := session{tap: t, prepared: map[string]string{}, portals: map[string]string{}}
	started := false
	for {
		header := make([]byte, 0, 1+lengthSize)
		if started {
			header = header[:1]
		}
		kind := len(header)
		header = header[:kind+lengthSize]
		if _, err := io.ReadFull(client, header); err != nil {
			return err
		}
		length := binary.BigEndian.Uint32(header[kind:])
		message := make([]byte, kind+int(length))
		copy(message, header)
		if _, err := io.ReadFull(client, message[len(header):]); err != nil {
			return err
		}
		body := message[len(header):]
		if started {
			s.note(message[0], body)
		} else if code := binary.BigEndian.Uint32(body); code != codeSSL && code != codeGSS {
			started = true
		}
		if _, err := server.Write(message); err != nil {
			return err
		}
	}
}

// session knows what a connection has prepared.
type session struct {
	tap      *Tap
	prepared map[string]string // name of a statement to its text
	portals  map[string]string // name of a portal to the text of its statement
}

// ping is the statement by which pgx's pool checks a connection that was idle for a second,
// as happens on a busy machine. No operation sends it.
const ping = "-- ping"

// note counts a message of the client.
func (s *session) note(kind byte, body []byte) {
	switch kind {
	case 'P': // Parse: name, text
		name, rest := cutText(body)
		s.prepared[name], _ = cutText(rest)
	case 'B': // Bind: portal, name
		portal, rest := cutText(body)
		name, _ := cutText(rest)
		s.portals[portal] = s.prepared[name]
	case 'E': // Execute: portal
		portal, _ := cutText(body)
		s.tap.hear(s.portals[portal], 0)
	case 'Q': // Query: text, answered at once
		if text, _ := cutText(body); text != ping {
			s.tap.hear(text, 1)
		}
	case 'S': // Sync: the server answers all that came before
		s.tap.hear("", 1)
	}
}

func (t *Tap) hear(statement string, roundTrips int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if statement != "" {
		t.statements = append(t.statements, statement)
	}
	t.roundTrips += roundTrips
}

// cutText splits off a text that ends with a zero byte.
func cutText(b []byte) (text string, rest []byte) {
	text, after, _ := strings.Cut(string(b), "\x00")
	return text, []byte(after)
}
