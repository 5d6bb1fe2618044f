package kafkaconnect

import (
	"context"
	"net/http"
	"net/url"
)

// Plugins answers GET /connector-plugins: the connectors installed on the
// worker that answers.
func (c *Client) Plugins(ctx context.Context) ([]Plugin, error) {
	plugins, err := ask[[]Plugin](ctx, c, call{method: http.MethodGet, path: []string{"connector-plugins"}})
	if err != nil {
		return nil, err
	}
	return *plugins, nil
}

// PluginsOfAllTypes answers GET /connector-plugins?connectorsOnly=false: the
// converters, header converters, transformations and predicates, too. Workers
// before Kafka Connect 3.2 ignore the parameter, and answer the connectors.
func (c *Client) PluginsOfAllTypes(ctx context.Context) ([]Plugin, error) {
	plugins, err := ask[[]Plugin](ctx, c, call{
		method: http.MethodGet,
		path:   []string{"connector-plugins"},
		query:  url.Values{"connectorsOnly": {"false"}},
	})
	if err != nil {
		return nil, err
	}
	return *plugins, nil
}

// PluginConfig answers GET /connector-plugins/{class}/config. An empty version
// is the newest that is installed; workers before Kafka Connect 4.1 ignore it.
// ErrUnsupported before Kafka Connect 3.2.
func (c *Client) PluginConfig(ctx context.Context, class, version string) ([]ConfigKeyInfo, error) {
	query := url.Values{}
	if version != "" {
		query.Set("version", version)
	}
	keys, err := ask[[]ConfigKeyInfo](ctx, c, call{
		method: http.MethodGet,
		path:   []string{"connector-plugins", class, "config"},
		query:  query,
	})
	if err != nil {
		return nil, err
	}
	return *keys, nil
}

// Validate answers PUT /connector-plugins/{class}/config/validate. A verdict
// with errors is not an error of the call. Debezium connects to the database
// when all fields are right, which may take a minute.
func (c *Client) Validate(ctx context.Context, class string, config Config) (*ConfigInfos, error) {
	c.registerSecrets(config)
	return ask[ConfigInfos](ctx, c, call{
		method: http.MethodPut,
		path:   []string{"connector-plugins", class, "config", "validate"},
		body:   config,
	})
}
