# A static binary in an image that has nothing else: no shell, no libc.
#   docker build -t storekeeper .
#   docker run -p 8080:8080 -v storekeeper:/data storekeeper
FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS build
ARG TARGETOS TARGETARCH VERSION=
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -tags nomsgpack -trimpath -buildvcs=false -ldflags="-s -w -X main.release=$VERSION" -o /out/storekeeper ./cmd/storekeeper \
 && mkdir -p /out/data

# Certificates, time zones and the user 65532 are what distroless/static adds to
# an empty image.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/storekeeper /storekeeper
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENV STOREKEEPER_LISTEN=0.0.0.0:8080 \
    STOREKEEPER_LOG_FORMAT=json
ENTRYPOINT ["/storekeeper"]
CMD ["serve"]
