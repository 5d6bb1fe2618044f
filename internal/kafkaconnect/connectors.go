package kafkaconnect

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
)

// ServerInfo answers GET /.
func (c *Client) ServerInfo(ctx context.Context) (*ServerInfo, error) {
	return ask[ServerInfo](ctx, c, call{method: http.MethodGet, path: []string{""}})
}

// Health answers GET /health, the worker's own verdict, whatever it is.
// ErrUnsupported before Kafka Connect 3.9.
func (c *Client) Health(ctx context.Context) (*Health, error) {
	// 503 is a worker that starts, 500 one that is unhealthy (KIP-1017).
	return ask[Health](ctx, c, call{method: http.MethodGet, path: []string{"health"}, accept: isHealth})
}

func isHealth(body []byte) bool {
	var health Health
	return json.Unmarshal(body, &health) == nil && health.Status != ""
}

// Connectors answers GET /connectors with both expansions, by name: all
// connectors of the cluster in one request.
func (c *Client) Connectors(ctx context.Context) (map[string]Connector, error) {
	listing, err := ask[map[string]Connector](ctx, c, call{
		method: http.MethodGet,
		path:   []string{"connectors"},
		query:  url.Values{"expand": {"info", "status"}},
	})
	var failure *Error
	if errors.As(err, &failure) && failure.Kind == ErrNotFound {
		// Every worker has a list: the URL leads to something below its root.
		failure.Kind = ErrNotKafkaConnect
	}
	if err != nil {
		return nil, err
	}
	for _, connector := range *listing {
		if connector.Info != nil {
			c.registerSecrets(connector.Info.Config)
		}
	}
	return *listing, nil
}

// Connector answers GET /connectors/{name}.
func (c *Client) Connector(ctx context.Context, name string) (*Info, error) {
	return c.askInfo(ctx, call{method: http.MethodGet, path: connectorPath(name)})
}

// Create answers POST /connectors: ErrAlreadyExists when the cluster has the
// name. After an error that OutcomeUnknown tells of, read back.
func (c *Client) Create(ctx context.Context, request CreateRequest) (*Info, error) {
	c.registerSecrets(request.Config)
	return c.askInfo(ctx, call{method: http.MethodPost, path: []string{"connectors"}, body: request})
}

// PutConfig answers PUT /connectors/{name}/config. Kafka Connect creates the
// connector if there is none of that name.
func (c *Client) PutConfig(ctx context.Context, name string, config Config) (*Info, error) {
	c.registerSecrets(config)
	return c.askInfo(ctx, call{method: http.MethodPut, path: connectorPath(name, "config"), body: config})
}

// Delete answers DELETE /connectors/{name}. The connector may be listed for a
// moment afterwards, with the type "unknown".
func (c *Client) Delete(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: connectorPath(name)})
}

// Status answers GET /connectors/{name}/status. ErrNotFound right after a
// creation says only that no status has arrived.
func (c *Client) Status(ctx context.Context, name string) (*Status, error) {
	return ask[Status](ctx, c, call{method: http.MethodGet, path: connectorPath(name, "status")})
}

// Tasks answers GET /connectors/{name}/tasks, with the configurations that
// the tasks run, secrets in plain text.
func (c *Client) Tasks(ctx context.Context, name string) ([]Task, error) {
	tasks, err := ask[[]Task](ctx, c, call{method: http.MethodGet, path: connectorPath(name, "tasks")})
	if err != nil {
		return nil, err
	}
	for _, task := range *tasks {
		c.registerSecrets(task.Config)
	}
	return *tasks, nil
}

// Pause answers PUT /connectors/{name}/pause. The worker carries it out later.
func (c *Client) Pause(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodPut, path: connectorPath(name, "pause")})
}

// Resume answers PUT /connectors/{name}/resume. The worker carries it out later.
func (c *Client) Resume(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodPut, path: connectorPath(name, "resume")})
}

// Stop answers PUT /connectors/{name}/stop. ErrUnsupported before Kafka Connect 3.5.
func (c *Client) Stop(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodPut, path: connectorPath(name, "stop")})
}

// RestartOptions say what a restart covers. Without either, the connector
// instance alone is restarted; OnlyFailed without IncludeTasks does nothing to
// a connector whose instance runs.
type RestartOptions struct {
	IncludeTasks bool
	OnlyFailed   bool
}

// Restart answers POST /connectors/{name}/restart.
func (c *Client) Restart(ctx context.Context, name string, options RestartOptions) error {
	query := url.Values{}
	if options.IncludeTasks {
		query.Set("includeTasks", "true")
	}
	if options.OnlyFailed {
		query.Set("onlyFailed", "true")
	}
	return c.do(ctx, call{method: http.MethodPost, path: connectorPath(name, "restart"), query: query})
}

// RestartTask answers POST /connectors/{name}/tasks/{id}/restart.
func (c *Client) RestartTask(ctx context.Context, name string, id int) error {
	return c.do(ctx, call{method: http.MethodPost, path: connectorPath(name, "tasks", strconv.Itoa(id), "restart")})
}

// Offsets answers GET /connectors/{name}/offsets. ErrUnsupported before Kafka
// Connect 3.5.
func (c *Client) Offsets(ctx context.Context, name string) (*Offsets, error) {
	return ask[Offsets](ctx, c, call{method: http.MethodGet, path: connectorPath(name, "offsets")})
}

// AlterOffsets answers PATCH /connectors/{name}/offsets, which needs a stopped
// connector (else ErrInvalidConfig) and Kafka Connect 3.6 (else ErrUnsupported).
func (c *Client) AlterOffsets(ctx context.Context, name string, offsets *Offsets) error {
	return c.do(ctx, call{method: http.MethodPatch, path: connectorPath(name, "offsets"), body: offsets})
}

// ResetOffsets answers DELETE /connectors/{name}/offsets, with the conditions
// of AlterOffsets.
func (c *Client) ResetOffsets(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: connectorPath(name, "offsets")})
}

// Topics answers GET /connectors/{name}/topics. It is empty, not an error, for
// a connector that doesn't exist; ErrUnsupported where the worker's topic
// tracking is off.
func (c *Client) Topics(ctx context.Context, name string) ([]string, error) {
	byName, err := ask[map[string]Topics](ctx, c, call{method: http.MethodGet, path: connectorPath(name, "topics")})
	if err != nil {
		return nil, err
	}
	return (*byName)[name].Topics, nil
}

// askInfo sends a call whose answer holds a configuration.
func (c *Client) askInfo(ctx context.Context, r call) (*Info, error) {
	info, err := ask[Info](ctx, c, r)
	if err != nil {
		return nil, err
	}
	c.registerSecrets(info.Config)
	return info, nil
}

// registerSecrets makes sure that no error text from now on shows a secret of
// config. Passwords stand in other properties too, in JDBC URLs above all.
func (c *Client) registerSecrets(config Config) {
	for key, value := range config {
		if c.isSecret(key) {
			c.secrets.Add(value)
		} else {
			c.secrets.AddEmbedded(value)
		}
	}
}

func connectorPath(name string, rest ...string) []string {
	return append([]string{"connectors", name}, rest...)
}
