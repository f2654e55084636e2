package main

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// seldom is a log handler that passes on only a few lines a minute. It is for messages
// that repeat, such as that a trace collector is unreachable. The first line after some were
// left out says how many.
type seldom struct {
	slog.Handler

	said *said
}

// fewLines is how many lines a seldom log passes on in a minute.
const fewLines = 5

// said counts the lines of a seldom log.
type said struct {
	mu             sync.Mutex
	since          time.Time
	lines, leftOut int
}

// Handle implements slog.Handler.
func (s seldom) Handle(ctx context.Context, r slog.Record) error {
	leftOut, ok := s.said.take(r.Time)
	if !ok {
		return nil
	}
	if leftOut > 0 {
		r.AddAttrs(slog.Int("left_out", leftOut))
	}
	return s.Handler.Handle(ctx, r) //nolint:wrapcheck // its own
}

// take counts a line. It reports whether to log it, and then how many lines have been
// left out since the last one that was logged.
func (s *said) take(now time.Time) (leftOut int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Sub(s.since) >= time.Minute {
		s.since, s.lines = now, 0
	}
	s.lines++
	if s.lines > fewLines {
		s.leftOut++
		return 0, false
	}
	leftOut, s.leftOut = s.leftOut, 0
	return leftOut, true
}

// WithAttrs implements slog.Handler.
func (s seldom) WithAttrs(attrs []slog.Attr) slog.Handler {
	return seldom{s.Handler.WithAttrs(attrs), s.said}
}

// WithGroup implements slog.Handler.
func (s seldom) WithGroup(name string) slog.Handler {
	return seldom{s.Handler.WithGroup(name), s.said}
}
