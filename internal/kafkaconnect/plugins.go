package kafkaconnect

import (
	"context"
	"net/http"
	"net/url"
)

// Plugins calls GET /connector-plugins: the connectors installed on the worker
// that responds.
func (c *Client) Plugins(ctx context.Context) ([]Plugin, error) {
	plugins, err := askRoot[[]Plugin](ctx, c, call{method: http.MethodGet, path: []string{"connector-plugins"}})
	if err != nil {
		return nil, err
	}
	return *plugins, nil
}

// PluginsOfAllTypes calls GET /connector-plugins?connectorsOnly=false, which
// adds converters, header converters, transformations and predicates. Workers
// before Kafka Connect 3.2 ignore the parameter and return only connectors.
func (c *Client) PluginsOfAllTypes(ctx context.Context) ([]Plugin, error) {
	plugins, err := askRoot[[]Plugin](ctx, c, call{
		method: http.MethodGet,
		path:   []string{"connector-plugins"},
		query:  url.Values{"connectorsOnly": {"false"}},
	})
	if err != nil {
		return nil, err
	}
	return *plugins, nil
}

// PluginConfig calls GET /connector-plugins/{class}/config. An empty version
// means the newest installed; workers before Kafka Connect 4.1 ignore it.
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

// Validate calls PUT /connector-plugins/{class}/config/validate. A verdict with
// errors isn't an error of the call. Debezium connects to the database if all
// fields are right, which may take a minute.
func (c *Client) Validate(ctx context.Context, class string, config Config) (*ConfigInfos, error) {
	c.registerSecrets(config)
	return ask[ConfigInfos](ctx, c, call{
		method: http.MethodPut,
		path:   []string{"connector-plugins", class, "config", "validate"},
		body:   config,
	})
}
