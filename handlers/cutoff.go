package handlers

import (
	"crypto/tls"
	"net"
	"net/http"

	"github.com/gin-gonic/gin"
)

// cutOff ends an answer that was sent in part, so that nobody takes it for complete. It
// does not return. Since HTTP/1.1 an answer says where it ends. In HTTP/1.0, which proxies
// also use, it ends with its connection. That connection is reset, since a client cannot
// distinguish one that was closed early from the end of the answer.
func cutOff(c *gin.Context) {
	if !c.Request.ProtoAtLeast(1, 1) {
		reset(c.Writer)
	}
	panic(http.ErrAbortHandler)
}

// reset resets the connection of an answer.
func reset(w http.ResponseWriter) {
	if gins, ok := w.(interface{ Unwrap() http.ResponseWriter }); ok {
		w = gins.Unwrap() // Gin's writer refuses to hijack after the first write
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return // without a connection there is nothing to reset
	}
	Reset(conn)
}

// Reset closes a connection so that the other side gets an error, and drops what was not
// sent yet.
func Reset(conn net.Conn) {
	if secured, ok := conn.(*tls.Conn); ok {
		conn = secured.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
