package editor

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// longestMessage is the largest message that is read, in bytes: many times the
// largest file that is.
const longestMessage = 64 << 20

// longestHeader bounds the lines before a message.
const longestHeader = 4 << 10

// message is one request, response or notification of JSON-RPC 2.0.
type message struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
}

// response answers a request: with a result, which may be null, or an error.
type response struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result"`
}

type errorResponse struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Error   *rpcError       `json:"error"`
}

// notification tells the client something.
type notification struct {
	Version string `json:"jsonrpc"`
	Method  string `json:"method"`
	Params  any    `json:"params"`
}

// rpcError is a refusal.
type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Error gives the message.
func (e *rpcError) Error() string { return e.Message }

// The codes of JSON-RPC 2.0 and of the protocol.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeNoMethod       = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
	codeNotInitialized = -32002
	codeRequestFailed  = -32803
)

// readMessage reads the header and the body of one message. After an error the
// place of the next message is not known.
func readMessage(r *bufio.Reader) ([]byte, error) {
	length, seen := -1, 0
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			if errors.Is(err, bufio.ErrBufferFull) {
				return nil, errors.New("the header of a message has a line without an end")
			}
			if err == io.EOF && seen+len(line) > 0 {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if seen += len(line); seen > longestHeader {
			return nil, errors.New("the header of a message has no end")
		}
		name, value, _ := strings.Cut(strings.TrimSpace(string(line)), ":")
		if name == "" {
			break
		}
		if strings.EqualFold(name, "Content-Length") {
			length, err = strconv.Atoi(strings.TrimSpace(value))
			if err != nil || length < 0 || length > longestMessage {
				return nil, fmt.Errorf("a message of %q bytes: at most %d are read", strings.TrimSpace(value), longestMessage)
			}
		}
	}
	if length < 0 {
		return nil, errors.New("a message has no Content-Length")
	}
	body := make([]byte, length)
	_, err := io.ReadFull(r, body)
	return body, err
}

// send writes one message.
func (s *Server) send(m any) {
	body, err := json.Marshal(m)
	if err == nil {
		_, err = fmt.Fprintf(s.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	if err != nil && s.broken == nil {
		s.broken = err
	}
}

// notify tells the client something.
func (s *Server) notify(method string, params any) {
	s.send(notification{"2.0", method, params})
}
