package provider

import (
	"context"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

const (
	attrURL            = "url"
	attrFailoverURLs   = "failover_urls"
	attrRequestTimeout = "request_timeout"

	envURL = "DEBEZIUM_CONNECT_URL"
)

// config is the provider block.
type config struct {
	URL            types.String `tfsdk:"url"`
	FailoverURLs   types.List   `tfsdk:"failover_urls"`
	RequestTimeout types.String `tfsdk:"request_timeout"`
}

// Configure makes the client. While the URL isn't known, which is so when the
// cluster is created in the same run, it goes on without one.
func (p *debeziumProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var c config
	resp.Diagnostics.Append(req.Config.Get(ctx, &c)...)
	if resp.Diagnostics.HasError() {
		return
	}
	secrets := &redact.Set{}
	var client *kafkaconnect.Client
	if c.URL.IsUnknown() || c.FailoverURLs.IsUnknown() {
		resp.Diagnostics.AddAttributeWarning(path.Root(attrURL), "The url of Kafka Connect isn't known yet",
			"New connectors are planned without asking the cluster; apply checks them there.")
	} else {
		client = p.client(ctx, c, secrets, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	shared := cluster.New(client, secrets, p.timing)
	resp.ResourceData = shared
	resp.DataSourceData = shared
}

func (p *debeziumProvider) client(ctx context.Context, c config, secrets *redact.Set, diags *diag.Diagnostics) *kafkaconnect.Client {
	options := kafkaconnect.Options{
		URL:       stringOr(c.URL, envURL),
		UserAgent: "terraform-provider-debezium/" + p.version,
		Secrets:   secrets,
		IsSecret:  func(key string) bool { return catalog.IsSecret(key, "") },
		OnRequest: logRequest,
	}
	if options.URL == "" {
		diags.AddAttributeError(path.Root(attrURL), "No URL of Kafka Connect",
			"Set url in the provider block to the REST URL of a Kafka Connect worker, such as \"http://localhost:8083\", or set the environment variable "+envURL+".")
		return nil
	}
	if !c.FailoverURLs.IsNull() {
		diags.Append(c.FailoverURLs.ElementsAs(ctx, &options.FailoverURLs, false)...)
	}
	options.RequestTimeout = duration(c.RequestTimeout, path.Root(attrRequestTimeout), diags)
	if diags.HasError() {
		return nil
	}
	client, err := kafkaconnect.New(options)
	if err != nil {
		diags.AddAttributeError(path.Root(attrURL), "Invalid provider configuration", err.Error())
		return nil
	}
	return client
}

// stringOr is the attribute's value, or that of an environment variable.
func stringOr(v types.String, env string) string {
	if v.IsNull() {
		return os.Getenv(env)
	}
	return v.ValueString()
}

// duration reads a duration; 0 when it isn't set.
func duration(v types.String, at path.Path, diags *diag.Diagnostics) time.Duration {
	if v.IsNull() || v.IsUnknown() {
		return 0
	}
	d, err := time.ParseDuration(v.ValueString())
	if err != nil || d <= 0 {
		diags.AddAttributeError(at, "Invalid duration",
			"\""+v.ValueString()+"\" is not a duration above zero. Write a number with its unit, such as \"30s\" or \"2m\".")
		return 0
	}
	return d
}

// logRequest writes a line for each request: what was asked and what came of
// it, never a body, which holds configurations.
func logRequest(ctx context.Context, method, path string, status int, err error) {
	fields := map[string]any{"method": method, "path": path, "status": status}
	if err != nil {
		fields["error"] = err.Error()
	}
	tflog.Debug(ctx, "Asked Kafka Connect", fields)
}
