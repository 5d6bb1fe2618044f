package kafkaconnect

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
)

// ServerInfo calls GET /.
func (c *Client) ServerInfo(ctx context.Context) (*ServerInfo, error) {
	return askRoot[ServerInfo](ctx, c, call{method: http.MethodGet, path: []string{""}})
}

// askRoot sends a call to a path that every worker has, whatever is on the
// cluster.
func askRoot[T any](ctx context.Context, c *Client, r call) (*T, error) {
	answer, err := ask[T](ctx, c, r)
	return answer, neverMissing(err)
}

// neverMissing corrects the kind of a 404 to a path that every worker has: the
// URL doesn't point to a worker's root. Other servers answer in the same form
// as a worker without such a connector (Apicurio Registry 2).
func neverMissing(err error) error {
	if failure, ok := errors.AsType[*Error](err); ok && failure.Kind == ErrNotFound {
		failure.Kind = ErrNotKafkaConnect
	}
	return err
}

// Health calls GET /health and returns the worker's own verdict, whatever it
// is. It returns ErrUnsupported before Kafka Connect 3.9.
func (c *Client) Health(ctx context.Context) (*Health, error) {
	// 503 is a worker starting up, 500 an unhealthy one (KIP-1017).
	return ask[Health](ctx, c, call{method: http.MethodGet, path: []string{"health"}, accept: isHealth})
}

func isHealth(body []byte) bool {
	var health Health
	return json.Unmarshal(body, &health) == nil && health.Status != ""
}

// Connectors calls GET /connectors with both expansions: all connectors of the
// cluster in one request, by name.
func (c *Client) Connectors(ctx context.Context) (map[string]Connector, error) {
	listing, err := askRoot[map[string]Connector](ctx, c, call{
		method: http.MethodGet,
		path:   []string{"connectors"},
		query:  url.Values{"expand": {"info", "status"}},
	})
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

// Connector calls GET /connectors/{name}.
func (c *Client) Connector(ctx context.Context, name string) (*Info, error) {
	return c.askInfo(ctx, call{method: http.MethodGet, path: connectorPath(name)})
}

// Create calls POST /connectors. It returns ErrAlreadyExists if the name is
// taken. If OutcomeUnknown is true for an error, read back.
func (c *Client) Create(ctx context.Context, request CreateRequest) (*Info, error) {
	c.registerSecrets(request.Config)
	info, err := c.askInfo(ctx, call{method: http.MethodPost, path: []string{"connectors"}, body: request})
	return info, neverMissing(err)
}

// PutConfig calls PUT /connectors/{name}/config. Kafka Connect creates the
// connector if none has that name.
func (c *Client) PutConfig(ctx context.Context, name string, config Config) (*Info, error) {
	c.registerSecrets(config)
	return c.askInfo(ctx, call{method: http.MethodPut, path: connectorPath(name, "config"), body: config})
}

// Delete calls DELETE /connectors/{name}. The connector may still be listed for
// a moment, with the type "unknown".
func (c *Client) Delete(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: connectorPath(name)})
}

// Status calls GET /connectors/{name}/status. Right after a create, ErrNotFound
// means only that no status has arrived.
func (c *Client) Status(ctx context.Context, name string) (*Status, error) {
	return ask[Status](ctx, c, call{method: http.MethodGet, path: connectorPath(name, "status")})
}

// Tasks calls GET /connectors/{name}/tasks, which returns the configurations
// that the tasks run, with secrets in plain text.
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

// Pause calls PUT /connectors/{name}/pause. The worker carries it out later.
func (c *Client) Pause(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodPut, path: connectorPath(name, "pause")})
}

// Resume calls PUT /connectors/{name}/resume. The worker carries it out later.
func (c *Client) Resume(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodPut, path: connectorPath(name, "resume")})
}

// Stop calls PUT /connectors/{name}/stop. ErrUnsupported before Kafka Connect 3.5.
func (c *Client) Stop(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodPut, path: connectorPath(name, "stop")})
}

// RestartOptions say what a restart covers. With neither, it restarts only the
// connector instance; OnlyFailed without IncludeTasks does nothing to a
// connector whose instance is running.
type RestartOptions struct {
	IncludeTasks bool
	OnlyFailed   bool
}

// Restart calls POST /connectors/{name}/restart.
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

// RestartTask calls POST /connectors/{name}/tasks/{id}/restart.
func (c *Client) RestartTask(ctx context.Context, name string, id int) error {
	return c.do(ctx, call{method: http.MethodPost, path: connectorPath(name, "tasks", strconv.Itoa(id), "restart")})
}

// Offsets calls GET /connectors/{name}/offsets. ErrUnsupported before Kafka
// Connect 3.5.
func (c *Client) Offsets(ctx context.Context, name string) (*Offsets, error) {
	return ask[Offsets](ctx, c, call{method: http.MethodGet, path: connectorPath(name, "offsets")})
}

// AlterOffsets calls PATCH /connectors/{name}/offsets, which requires a stopped
// connector (else ErrInvalidConfig) and Kafka Connect 3.6 (else ErrUnsupported).
func (c *Client) AlterOffsets(ctx context.Context, name string, offsets *Offsets) error {
	return c.do(ctx, call{method: http.MethodPatch, path: connectorPath(name, "offsets"), body: offsets})
}

// ResetOffsets calls DELETE /connectors/{name}/offsets. It has the same
// requirements as AlterOffsets.
func (c *Client) ResetOffsets(ctx context.Context, name string) error {
	return c.do(ctx, call{method: http.MethodDelete, path: connectorPath(name, "offsets")})
}

// Topics calls GET /connectors/{name}/topics. The result is empty, not an
// error, for a connector that doesn't exist; ErrUnsupported if the worker's
// topic tracking is off.
func (c *Client) Topics(ctx context.Context, name string) ([]string, error) {
	byName, err := ask[map[string]Topics](ctx, c, call{method: http.MethodGet, path: connectorPath(name, "topics")})
	if err != nil {
		return nil, err
	}
	return (*byName)[name].Topics, nil
}

// askInfo sends a call whose response has a configuration.
func (c *Client) askInfo(ctx context.Context, r call) (*Info, error) {
	info, err := ask[Info](ctx, c, r)
	if err != nil {
		return nil, err
	}
	c.registerSecrets(info.Config)
	return info, nil
}

// registerSecrets makes sure that no error text from now on shows a secret in
// config. Other properties contain passwords too, especially JDBC URLs.
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
