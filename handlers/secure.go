package handlers

import (
	"crypto/rand"
	"encoding/base64"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Content security policies. Nothing may be framed, and nothing may be loaded from other
// origins, so that a page that was tricked into showing foreign text cannot run it or send
// data away.
const (
	// apiPolicy is for data and problems, which are not pages.
	apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	// docsPolicy is for the documentation. Swagger UI sets styles by script, which no
	// policy forbids, and has its icons as data: URLs.
	docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	// pagePolicy is for the admin UI. Its libraries add style elements, which need the
	// nonce of the answer.
	pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + noncePlace + "'; " +
		"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

const policyHeader = "Content-Security-Policy"

// noncePlace is the placeholder for the nonce in a page.
const noncePlace = "__CSP_NONCE__"

// permissions turns off browser features that a back office does not need.
const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()"

// security are the headers of every answer. Pages replace the policy by their own.
var security = http.Header{
	policyHeader:                   {apiPolicy},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"}, // for browsers without frame-ancestors
	"Referrer-Policy":              {"same-origin"},
	"Permissions-Policy":           {permissions},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
}

// secure sets the headers of every answer. Their values are shared.
func secure(h http.Header) { maps.Copy(h, security) }

// transportSecurity makes browsers use TLS from now on. It is only sent over TLS, because
// browsers ignore it otherwise.
func transportSecurity(h http.Header, life time.Duration) {
	if life > 0 {
		h.Set("Strict-Transport-Security", "max-age="+strconv.FormatInt(int64(life/time.Second), 10))
	}
}

// withNonce fills a new nonce into the page, and returns the page and the policy that
// allows the nonce. No two answers share one.
func withNonce(page string) (body, policy string) {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails: it ends the program instead
	nonce := base64.RawURLEncoding.EncodeToString(random[:])
	return strings.ReplaceAll(page, noncePlace, nonce), strings.ReplaceAll(pagePolicy, noncePlace, nonce)
}
