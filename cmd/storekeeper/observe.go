package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/storekeeper/storekeeper/handlers"
	"github.com/storekeeper/storekeeper/internal/access"
	"github.com/storekeeper/storekeeper/internal/store"
)

// slowLog logs statements that take at least limit, with the request that they belong to:
// as a warning when they were part of a request, otherwise as information. It never sees
// arguments, which may be personal data. It returns nil when limit is 0.
func slowLog(log *slog.Logger, limit time.Duration) store.Observer {
	if limit <= 0 {
		return nil
	}
	return func(ctx context.Context, statement string) (context.Context, func(error)) {
		start := time.Now()
		return ctx, func(err error) {
			took := time.Since(start)
			if took < limit {
				return
			}
			level, route := slog.LevelInfo, handlers.RouteOf(ctx)
			if route != "" {
				level = slog.LevelWarn
			}
			log.Log(ctx, level, "slow query", "took", took, "route", route,
				"request_id", access.OriginFrom(ctx).RequestID, "sql", shorten(statement), "failed", err != nil)
		}
	}
}

// maxStatement is how many bytes of a statement are logged. Statements of many rows
// repeat themselves.
const maxStatement = 2_000

// shorten returns a statement as one line of bounded length.
func shorten(statement string) string {
	statement = strings.Join(strings.Fields(statement), " ")
	if len(statement) > maxStatement {
		statement = strings.ToValidUTF8(statement[:maxStatement], "") + " …"
	}
	return statement
}

// traceSQL makes a span for every statement of a traced request.
func traceSQL(provider trace.TracerProvider, system string) store.Observer {
	if provider == nil {
		return nil
	}
	tracer := provider.Tracer("github.com/storekeeper/storekeeper")
	return func(ctx context.Context, statement string) (context.Context, func(error)) {
		if !trace.SpanFromContext(ctx).IsRecording() {
			return ctx, func(error) {}
		}
		statement = shorten(statement)
		verb, _, _ := strings.Cut(statement, " ")
		ctx, span := tracer.Start(ctx, strings.ToUpper(verb), trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
			attribute.String("db.system.name", system), attribute.String("db.query.text", statement)))
		return ctx, func(err error) {
			if err != nil {
				span.SetStatus(codes.Error, "failed") // what it says may hold values
			}
			span.End()
		}
	}
}
