package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// worker asks one Kafka Connect worker.
type worker struct{ url string }

func (w *worker) Plugins(ctx context.Context) ([]kafkaconnect.Plugin, error) {
	var plugins []kafkaconnect.Plugin
	return plugins, w.ask(ctx, http.MethodGet, "/connector-plugins", nil, &plugins)
}

func (w *worker) PluginConfig(ctx context.Context, class, version string) ([]kafkaconnect.ConfigKey, error) {
	var keys []kafkaconnect.ConfigKey
	return keys, w.ask(ctx, http.MethodGet, "/connector-plugins/"+class+"/config?version="+url.QueryEscape(version), nil, &keys)
}

func (w *worker) Validate(ctx context.Context, class string, config kafkaconnect.Config) (*kafkaconnect.Validation, error) {
	var validation kafkaconnect.Validation
	return &validation, w.ask(ctx, http.MethodPut, "/connector-plugins/"+class+"/config/validate", config, &validation)
}

func (w *worker) ask(ctx context.Context, method, path string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, w.url+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		message, _ := io.ReadAll(response.Body)
		return fmt.Errorf("%s %s: %s: %s", method, path, response.Status, message)
	}
	return json.NewDecoder(response.Body).Decode(answer)
}
