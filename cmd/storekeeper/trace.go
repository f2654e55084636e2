package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"

	"github.com/go-logr/logr"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// openTraces makes the provider that exports spans, configured by the standard variables
// of OpenTelemetry: OTEL_TRACES_EXPORTER (otlp, console, none), which defaults to otlp
// when OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is set and to
// none otherwise; OTEL_SDK_DISABLED; and those that the SDK itself reads, for the
// exporter, the sampler, the batches and the resource. It returns nil when tracing is
// off, which then costs nothing.
func openTraces(ctx context.Context, a *app) (*sdktrace.TracerProvider, error) {
	telemetry := slog.New(seldom{a.log.Handler(), new(said)})
	otel.SetLogger(logr.FromSlogHandler(telemetry.Handler()))
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		telemetry.WarnContext(ctx, "traces are not sent: see to the collector", "error", err)
	}))
	exporter, err := exporterOf(ctx, a)
	if exporter == nil || err != nil {
		return nil, err
	}
	about, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", "storekeeper"), attribute.String("service.version", version())),
		resource.WithTelemetrySDK(), resource.WithFromEnv()) // the later wins
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about)), nil
}

func exporterOf(ctx context.Context, a *app) (sdktrace.SpanExporter, error) {
	name := os.Getenv("OTEL_TRACES_EXPORTER")
	if name == "" && (os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != "") {
		name = "otlp"
	}
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") {
		name = "none"
	}
	switch name {
	case "", "none":
		return nil, nil //nolint:nilnil // no exporter, as asked
	case "console":
		exporter, err := stdouttrace.New(stdouttrace.WithWriter(a.errOut))
		if err != nil {
			return nil, fmt.Errorf("traces: %w", err)
		}
		return exporter, nil
	case "otlp":
		if err := checkCollector(); err != nil {
			return nil, err
		}
		exporter, err := otlptracehttp.New(ctx)
		if err != nil {
			return nil, fmt.Errorf("traces: %w", err)
		}
		return exporter, nil
	default:
		return nil, fmt.Errorf("OTEL_TRACES_EXPORTER: expected otlp, console or none, got %q", name)
	}
}

// checkCollector refuses settings that the exporter would misunderstand: in an address
// without http:// it takes the host for the scheme.
func checkCollector() error {
	for _, prefix := range []string{"OTEL_EXPORTER_OTLP_TRACES_", "OTEL_EXPORTER_OTLP_"} {
		if protocol := os.Getenv(prefix + "PROTOCOL"); protocol != "" && protocol != "http/protobuf" {
			return fmt.Errorf("%sPROTOCOL: expected http/protobuf, got %q", prefix, protocol)
		}
		if endpoint := os.Getenv(prefix + "ENDPOINT"); endpoint != "" && !isWebAddress(endpoint) {
			return fmt.Errorf("%sENDPOINT: expected an address such as http://collector:4318, got %q", prefix, endpoint)
		}
	}
	return nil
}

func isWebAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
