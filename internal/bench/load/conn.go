package load

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
)

// Conn is a keep-alive HTTP/1.1 connection that sends prepared requests and reads each
// answer to its end. After the first few requests it allocates nothing. Use it only with
// servers whose answers are known to be well-formed.
type Conn struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte
}

// Dial connects to a server.
func Dial(ctx context.Context, address string) (*Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	return &Conn{conn: conn, in: bufio.NewReaderSize(conn, 16<<10)}, nil
}

// Close closes the connection.
func (c *Conn) Close() error { return c.conn.Close() }

// Request returns a request without a body.
func Request(method, target string, header http.Header) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n", method, target)
	_ = header.Write(&b) // a bytes.Buffer never fails
	if method != http.MethodGet {
		b.WriteString("Content-Length: 0\r\n")
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

// Do sends a request and returns the status and the body of the answer. The
// body is valid until the next call.
func (c *Conn) Do(request []byte) (int, []byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, nil, fmt.Errorf("send: %w", err)
	}
	status, length, err := c.head()
	if err != nil {
		return 0, nil, fmt.Errorf("read the head of the answer: %w", err)
	}
	c.body = c.body[:0]
	if length == chunked {
		err = c.chunks()
	} else {
		err = c.take(length)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read the body of the answer: %w", err)
	}
	return status, c.body, nil
}

// chunked stands for the length of a chunked body.
const chunked = -1

var (
	headerLength  = []byte("Content-Length:")
	headerChunked = []byte("Transfer-Encoding: chunked")

	errMalformed = errors.New("not an answer of HTTP/1.1")
)

// head reads the status line and the header.
func (c *Conn) head() (status, length int, err error) {
	line, err := c.line()
	if err != nil {
		return 0, 0, err
	}
	const before, digits = len("HTTP/1.1 "), 3
	if len(line) < before+digits {
		return 0, 0, errMalformed
	}
	if status, err = number(line[before:before+digits], 10); err != nil {
		return 0, 0, err
	}
	for {
		line, err := c.line()
		switch {
		case err != nil:
			return 0, 0, err
		case len(line) == 0:
			return status, length, nil
		case bytes.EqualFold(line, headerChunked):
			length = chunked
		case len(line) > len(headerLength) && bytes.EqualFold(line[:len(headerLength)], headerLength):
			if length, err = number(bytes.TrimSpace(line[len(headerLength):]), 10); err != nil {
				return 0, 0, err
			}
		}
	}
}

// line reads a line without its end. It is valid until the next read.
func (c *Conn) line() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}

func (c *Conn) chunks() error {
	for {
		line, err := c.line()
		if err != nil {
			return err
		}
		size, err := number(line, 16)
		if err != nil {
			return err
		}
		if err := c.take(size); err != nil {
			return err
		}
		if end, err := c.line(); err != nil || len(end) != 0 {
			return errors.Join(err, errMalformed)
		}
		if size == 0 {
			return nil
		}
	}
}

// take appends the next n bytes to the body.
func (c *Conn) take(n int) error {
	from := len(c.body)
	for cap(c.body) < from+n {
		c.body = append(c.body[:cap(c.body)], 0)
	}
	c.body = c.body[:from+n]
	_, err := io.ReadFull(c.in, c.body[from:])
	return err
}

func number(digits []byte, base int) (int, error) {
	n, err := strconv.ParseUint(string(digits), base, 31)
	if err != nil {
		return 0, errors.Join(errMalformed, err)
	}
	return int(n), nil
}
