package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// config is the provider block's configuration.
type config struct {
	URL            types.String `tfsdk:"url"`
	FailoverURLs   types.List   `tfsdk:"failover_urls"`
	Username       types.String `tfsdk:"username"`
	Password       types.String `tfsdk:"password"`
	BearerToken    types.String `tfsdk:"bearer_token"`
	Headers        types.Map    `tfsdk:"headers"`
	TLS            types.Object `tfsdk:"tls"`
	RequestTimeout types.String `tfsdk:"request_timeout"`
	Validation     types.Object `tfsdk:"validation"`
}

// Configure creates the client. If an attribute that the client needs isn't
// known yet, as when the same run creates the cluster, it continues without
// one.
func (p *debeziumProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var c config
	resp.Diagnostics.Append(req.Config.Get(ctx, &c)...)
	if resp.Diagnostics.HasError() {
		return
	}
	secrets := &redact.Set{}
	validation := c.validation(ctx, &resp.Diagnostics)
	var client *kafkaconnect.Client
	if name := unknownAccess(req.Config.Raw); name != "" {
		resp.Diagnostics.AddAttributeWarning(path.Root(name), "The provider's "+name+" isn't known yet",
			"New connectors are planned without contacting Kafka Connect; apply validates them.")
	} else {
		client = p.client(ctx, c, secrets, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	shared := cluster.New(client, cluster.Options{Secrets: secrets, Timing: p.timing, Validation: validation})
	p.cluster.Store(shared)
	resp.ResourceData = shared
	resp.DataSourceData = shared
	resp.ActionData = shared
	resp.ListResourceData = shared
}

// unknownAccess returns the first attribute needed to reach the cluster that
// isn't fully known, or "" if there is none.
func unknownAccess(block tftypes.Value) string {
	var attributes map[string]tftypes.Value
	if err := block.As(&attributes); err != nil {
		return "" // not an object: Config.Get has reported it
	}
	for _, name := range []string{
		attrURL, attrFailoverURLs, attrUsername, attrPassword, attrBearerToken, attrHeaders, attrTLS, attrRequestTimeout,
	} {
		if !attributes[name].IsFullyKnown() {
			return name
		}
	}
	return ""
}

func (p *debeziumProvider) client(ctx context.Context, c config, secrets *redact.Set, diags *diag.Diagnostics) *kafkaconnect.Client {
	options := kafkaconnect.Options{
		RequestTimeout: duration(c.RequestTimeout, path.Root(attrRequestTimeout), diags),
		UserAgent:      "terraform-provider-debezium/" + p.version,
		Secrets:        secrets,
		IsSecret:       func(key string) bool { return catalog.IsSecret(key, "") },
		OnRequest:      requestLogger(secrets),
	}
	c.credentials(&options, diags)
	c.headers(ctx, &options, diags)
	options.TLS = c.tls(ctx, secrets, diags)
	c.addresses(ctx, &options, diags)
	if diags.HasError() {
		return nil
	}
	client, err := kafkaconnect.New(options)
	if err != nil {
		diags.AddError("Invalid provider configuration", err.Error())
	}
	return client
}

// addresses sets the workers' URLs.
func (c config) addresses(ctx context.Context, o *kafkaconnect.Options, diags *diag.Diagnostics) {
	o.URL = lookup(c.URL, path.Root(attrURL), envURL).value
	if o.URL == "" {
		diags.AddAttributeError(path.Root(attrURL), "Missing Kafka Connect URL",
			"Set url in the provider block to the REST URL of a Kafka Connect worker, such as \"http://localhost:8083\", or set the environment variable "+envURL+".")
		return
	}
	secure := isSecure(o.URL, path.Root(attrURL), diags)
	if !c.FailoverURLs.IsNull() {
		diags.Append(c.FailoverURLs.ElementsAs(ctx, &o.FailoverURLs, false)...)
	}
	for i, worker := range o.FailoverURLs {
		secure = isSecure(worker, path.Root(attrFailoverURLs).AtListIndex(i), diags) || secure
	}
	if !secure && !c.TLS.IsNull() {
		diags.AddAttributeWarning(path.Root(attrTLS), "The settings in tls have no effect",
			"The provider's url doesn't begin with https://, so everything is sent unencrypted, including credentials. Use an https:// URL, or remove tls.")
	}
}

// isSecure reports whether a worker's URL uses HTTPS.
func isSecure(text string, at path.Path, diags *diag.Diagnostics) bool {
	worker, err := kafkaconnect.ParseURL(text)
	if err != nil {
		diags.AddAttributeError(at, "Invalid Kafka Connect URL", fmt.Sprintf("The URL can't be used: %s.", err))
		return false
	}
	return worker.Scheme == "https"
}

// duration parses a duration; it returns 0 if none is set.
func duration(v types.String, at path.Path, diags *diag.Diagnostics) time.Duration {
	if v.IsNull() || v.IsUnknown() {
		return 0
	}
	d, err := time.ParseDuration(v.ValueString())
	if err != nil || d <= 0 {
		diags.AddAttributeError(at, "Invalid duration",
			"\""+v.ValueString()+"\" is not a positive duration. Write a number with a unit, such as \"30s\" or \"2m\".")
		return 0
	}
	return d
}

// requestLogger logs one line per request: the request and its outcome, never a
// body, which holds configurations.
func requestLogger(secrets *redact.Set) func(ctx context.Context, method, path string, status int, err error) {
	return func(ctx context.Context, method, path string, status int, err error) {
		// A URL's base path or a connector's name may contain a secret. The
		// client's errors don't.
		fields := map[string]any{"method": method, "path": secrets.Redact(path), "status": status}
		if err != nil {
			fields["error"] = err.Error()
		}
		tflog.Debug(ctx, "Asked Kafka Connect", fields)
	}
}
