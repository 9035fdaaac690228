package main

import (
	"context"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// patient is a transport whose end waits for the answers to what was asked: the
// library drops what it computes once the input ends, and who pipes requests in
// closes it right behind them.
type patient struct{ mcp.Transport }

// Connect opens the connection.
func (p patient) Connect(ctx context.Context) (mcp.Connection, error) {
	c, err := p.Transport.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &pending{Connection: c, asked: map[jsonrpc.ID]bool{}, closed: make(chan struct{})}, nil
}

// pending is a connection that knows which requests have no answer yet.
type pending struct {
	mcp.Connection
	mu     sync.Mutex
	asked  map[jsonrpc.ID]bool
	idle   chan struct{} // closed with the last answer; nil until the input has ended
	once   sync.Once
	closed chan struct{}
}

// Read gives the next message. The end of the input, or what is wrong with it,
// comes only after the answers to everything before.
func (p *pending) Read(ctx context.Context) (jsonrpc.Message, error) {
	message, err := p.Connection.Read(ctx)
	if err != nil {
		select {
		case <-p.answered():
		case <-p.closed:
		case <-ctx.Done():
		}
		return nil, err
	}
	if request, ok := message.(*jsonrpc.Request); ok && request.IsCall() {
		p.mu.Lock()
		p.asked[request.ID] = true
		p.mu.Unlock()
	}
	return message, nil
}

// answered gives a channel that closes once nothing waits for an answer.
func (p *pending) answered() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = make(chan struct{})
	if len(p.asked) == 0 {
		close(p.idle)
	}
	return p.idle
}

// Write sends a message. A request whose answer cannot be written waits no more.
func (p *pending) Write(ctx context.Context, message jsonrpc.Message) error {
	err := p.Connection.Write(ctx, message)
	response, ok := message.(*jsonrpc.Response)
	if !ok {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asked[response.ID] {
		delete(p.asked, response.ID)
		if p.idle != nil && len(p.asked) == 0 {
			close(p.idle)
		}
	}
	return err
}

// Close ends the connection at once.
func (p *pending) Close() error {
	p.once.Do(func() { close(p.closed) })
	return p.Connection.Close()
}
