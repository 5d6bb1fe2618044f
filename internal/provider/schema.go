package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
)

const (
	attrURL            = "url"
	attrFailoverURLs   = "failover_urls"
	attrUsername       = "username"
	attrPassword       = "password"
	attrBearerToken    = "bearer_token"
	attrHeaders        = "headers"
	attrTLS            = "tls"
	attrRequestTimeout = "request_timeout"
	attrValidation     = "validation"

	// In tls.
	attrCACert             = "ca_cert_pem"
	attrClientCert         = "client_cert_pem"
	attrClientKey          = "client_key_pem"
	attrServerName         = "server_name"
	attrInsecureSkipVerify = "insecure_skip_verify"

	// In validation.
	attrMode               = "mode"
	attrDebeziumVersion    = "debezium_version"
	attrDatabaseConnection = "database_connection"
	attrDatabaseTimeout    = "database_timeout"
	attrCollisions         = "collisions"
	attrUnknownProperties  = "unknown_properties"
	attrKnownProperties    = "known_properties"
	attrUnreachable        = "unreachable"
	attrDatabaseChecks     = "database_checks"
)

// Environment variables that stand in for null attributes.
const (
	envURL            = "DEBEZIUM_CONNECT_URL"
	envUsername       = "DEBEZIUM_CONNECT_USERNAME"
	envPassword       = "DEBEZIUM_CONNECT_PASSWORD"     //nolint:gosec // a name, not a password
	envBearerToken    = "DEBEZIUM_CONNECT_BEARER_TOKEN" //nolint:gosec // likewise
	envCACertFile     = "DEBEZIUM_CONNECT_CA_CERT_FILE"
	envClientCertFile = "DEBEZIUM_CONNECT_CLIENT_CERT_FILE"
	envClientKeyFile  = "DEBEZIUM_CONNECT_CLIENT_KEY_FILE"
)

func (p *debeziumProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages Debezium connectors, and any other connector, on a Kafka Connect cluster by its REST API.",
		Attributes: map[string]schema.Attribute{
			attrURL: schema.StringAttribute{
				MarkdownDescription: "The REST URL of a Kafka Connect worker, such as `http://localhost:8083`. Any worker of the cluster will do. Environment: `" + envURL + "`.",
				Optional:            true,
			},
			attrFailoverURLs: schema.ListAttribute{
				MarkdownDescription: "REST URLs of further workers of the same cluster, tried in order when one can't be reached.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			attrUsername: schema.StringAttribute{
				MarkdownDescription: "The user name for basic authentication; needs `password`. Environment: `" + envUsername + "`.",
				Optional:            true,
			},
			attrPassword: schema.StringAttribute{
				MarkdownDescription: "The password for basic authentication. Environment: `" + envPassword + "`.",
				Optional:            true,
				Sensitive:           true,
			},
			attrBearerToken: schema.StringAttribute{
				MarkdownDescription: "The token for bearer authentication, instead of `username` and `password`. Environment: `" + envBearerToken + "`.",
				Optional:            true,
				Sensitive:           true,
			},
			attrHeaders: schema.MapAttribute{
				MarkdownDescription: "Headers for every request, such as an API key that a proxy before Kafka Connect wants.",
				ElementType:         types.StringType,
				Optional:            true,
				Sensitive:           true,
			},
			attrTLS: tlsAttribute(),
			attrRequestTimeout: schema.StringAttribute{
				MarkdownDescription: "How long one request may take, as a duration such as `30s`. Default: `100s`, since Kafka Connect itself gives up after 90 seconds.",
				Optional:            true,
			},
			attrValidation: validationAttribute(),
		},
	}
}

func tlsAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "How to connect to workers whose URL begins with `https://`. TLS 1.2 or later is used in any case.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			attrCACert: schema.StringAttribute{
				MarkdownDescription: "The certificates of the authorities that the workers' certificates come from, as PEM text; they replace those of the system. Environment: `" + envCACertFile + "`, the name of a file.",
				Optional:            true,
			},
			attrClientCert: schema.StringAttribute{
				MarkdownDescription: "The provider's own certificate, for workers that ask for one, as PEM text; intermediate certificates follow it. Needs `client_key_pem`. Environment: `" + envClientCertFile + "`, the name of a file.",
				Optional:            true,
			},
			attrClientKey: schema.StringAttribute{
				MarkdownDescription: "The private key of `client_cert_pem`, as PEM text without a passphrase. Environment: `" + envClientKeyFile + "`, the name of a file.",
				Optional:            true,
				Sensitive:           true,
			},
			attrServerName: schema.StringAttribute{
				MarkdownDescription: "The name that the workers' certificates are to have, where it is not the URL's.",
				Optional:            true,
			},
			attrInsecureSkipVerify: schema.BoolAttribute{
				MarkdownDescription: "Take any certificate of the workers. Whoever is in between can then read the credentials: for tests only.",
				Optional:            true,
			},
		},
	}
}

func validationAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "What plans check.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			attrMode: schema.StringAttribute{
				MarkdownDescription: "`online` (default): the provider's own rules, and a worker's verdict on the whole configuration. `offline`: the rules alone. `off`: nothing. Environment: `" + cluster.EnvMode + "`.",
				Optional:            true,
			},
			attrDebeziumVersion: schema.StringAttribute{
				MarkdownDescription: "The Debezium version whose rules hold where no worker is asked, such as `3.5`. Default: the newest that the provider knows.",
				Optional:            true,
			},
			attrDatabaseConnection: schema.StringAttribute{
				MarkdownDescription: "How it weighs in a plan that the worker can't reach the database: a `warning` (default), since it may not exist yet, or an `error`. A login that the database refuses is always an error. `skip`: the worker doesn't try, where its version lets it.",
				Optional:            true,
			},
			attrDatabaseTimeout: schema.StringAttribute{
				MarkdownDescription: "How long a worker may try to reach the database during a plan, as a duration. Default: `10s`.",
				Optional:            true,
			},
			attrCollisions: schema.StringAttribute{
				MarkdownDescription: "How connectors weigh in a plan that conflict with each other, such as two on one replication slot: `on` (default), errors and warnings by how bad it is; `warning`, warnings alone; `off`, nothing.",
				Optional:            true,
			},
			attrDatabaseChecks: schema.StringAttribute{
				MarkdownDescription: "Whether plans look into the databases of new and changed PostgreSQL, MySQL and MariaDB connectors, and how it weighs what they aren't ready for: `off` (default), `warning`, or `error` for what would fail. " +
					"The connection is made from the machine that runs Terraform, with the connector's own login, and only reads.",
				Optional: true,
			},
			attrUnknownProperties: schema.StringAttribute{
				MarkdownDescription: "How properties weigh that neither Debezium nor Kafka Connect knows: `warning` (default), `error`, or `off`.",
				Optional:            true,
			},
			attrKnownProperties: schema.ListAttribute{
				MarkdownDescription: "Patterns of properties that are known all the same, such as `owner.*` for a company's own keys; `*` stands for any characters.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			attrUnreachable: schema.StringAttribute{
				MarkdownDescription: "How it weighs in a plan that no worker can be reached: a `warning` (default), with which new and changed connectors are checked by the provider's own rules alone, or an `error`.",
				Optional:            true,
			},
		},
	}
}
