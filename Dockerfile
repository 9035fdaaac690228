# One static program and nothing else: no shell, no user but a nameless one.
#   docker build -t taut .
#   docker run --rm --read-only --network none -v "$PWD:/work:ro" taut check
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /taut ./cmd/taut

FROM scratch
COPY --from=build /taut /taut
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/taut"]
