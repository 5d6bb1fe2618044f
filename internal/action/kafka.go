package action

import (
	"context"
	"crypto/tls"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/twmb/franz-go/pkg/sasl"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"

	"github.com/cdc/terraform-provider-debezium/internal/certificates"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
	"github.com/cdc/terraform-provider-debezium/internal/signal"
)

const (
	attrBrokers = "bootstrap_servers"
	attrTLS     = "tls"
	attrSASL    = "sasl"

	// In tls, as in the provider block.
	attrCACert             = "ca_cert_pem"
	attrClientCert         = "client_cert_pem"
	attrClientKey          = "client_key_pem"
	attrServerName         = "server_name"
	attrInsecureSkipVerify = "insecure_skip_verify"

	// In sasl.
	attrMechanism = "mechanism"
	attrUsername  = "username"
	attrPassword  = "password"
)

// mechanisms maps Kafka's names of SASL mechanisms to constructors.
var mechanisms = map[string]func(username, password string) sasl.Mechanism{
	"PLAIN":         func(u, p string) sasl.Mechanism { return plain.Auth{User: u, Pass: p}.AsMechanism() },
	"SCRAM-SHA-256": func(u, p string) sasl.Mechanism { return scram.Auth{User: u, Pass: p}.AsSha256Mechanism() },
	"SCRAM-SHA-512": func(u, p string) sasl.Mechanism { return scram.Auth{User: u, Pass: p}.AsSha512Mechanism() },
}

// writeOnly says what Terraform (1.14) does with an action's write-only value.
const writeOnly = " Write-only: give it an ephemeral value, since Terraform writes any other one into saved plans."

func tlsAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "Connect to the brokers with TLS, 1.2 or later; `{}` trusts the system's authorities. Plain text when left out.",
		Attributes: map[string]schema.Attribute{
			attrCACert: schema.StringAttribute{Optional: true, MarkdownDescription: "The certificates of the authorities that the brokers' certificates come from, as PEM text; they replace those of the system."},
			attrClientCert: schema.StringAttribute{Optional: true, MarkdownDescription: "The action's own certificate, for brokers that ask for one, as PEM text; intermediate certificates follow it. " +
				"Needs `client_key_pem`."},
			attrClientKey:          schema.StringAttribute{Optional: true, WriteOnly: true, MarkdownDescription: "The private key of `client_cert_pem`, as PEM text without a passphrase." + writeOnly},
			attrServerName:         schema.StringAttribute{Optional: true, MarkdownDescription: "The name that the brokers' certificates are to have, where it is not their address."},
			attrInsecureSkipVerify: schema.BoolAttribute{Optional: true, MarkdownDescription: "Take any certificate of the brokers. Whoever is in between can then read the credentials: for tests only."},
		},
	}
}

func saslAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "Log in to the brokers with SASL. Not at all when left out.",
		Attributes: map[string]schema.Attribute{
			attrMechanism: schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "`PLAIN`, `SCRAM-SHA-256` or `SCRAM-SHA-512`.",
				Validators:          []validator.String{stringvalidator.OneOf("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")},
			},
			attrUsername: schema.StringAttribute{Required: true, MarkdownDescription: "The user."},
			attrPassword: schema.StringAttribute{Required: true, WriteOnly: true, MarkdownDescription: "The user's password." + writeOnly},
		},
	}
}

type tlsModel struct {
	CACert             types.String `tfsdk:"ca_cert_pem"`
	ClientCert         types.String `tfsdk:"client_cert_pem"`
	ClientKey          types.String `tfsdk:"client_key_pem"`
	ServerName         types.String `tfsdk:"server_name"`
	InsecureSkipVerify types.Bool   `tfsdk:"insecure_skip_verify"`
}

type saslModel struct {
	Mechanism types.String `tfsdk:"mechanism"`
	Username  types.String `tfsdk:"username"`
	Password  types.String `tfsdk:"password"`
}

// validateAccess checks whatever is known of tls and sasl.
func validateAccess(ctx context.Context, tlsBlock, saslBlock types.Object, diags *diag.Diagnostics) {
	_ = makeTLS(ctx, tlsBlock, &redact.Set{}, diags)
	_ = makeSASL(ctx, saslBlock, &redact.Set{}, diags)
}

// access returns the action's settings for reaching the brokers.
func (m *executeSnapshotModel) access(ctx context.Context, secrets *redact.Set, diags *diag.Diagnostics) signal.Access {
	a := signal.Access{TLS: makeTLS(ctx, m.TLS, secrets, diags), SASL: makeSASL(ctx, m.SASL, secrets, diags)}
	diags.Append(m.Brokers.ElementsAs(ctx, &a.Brokers, false)...)
	return a
}

// checkAccess fills in the brokers from the connector's configuration and
// checks the settings against it: the brokers that the connector itself uses
// speak one protocol.
func (m *executeSnapshotModel) checkAccess(c *signal.Channel, a *signal.Access, diags *diag.Diagnostics) {
	if len(a.Brokers) > 0 {
		return
	}
	if a.Brokers = c.Brokers; len(a.Brokers) == 0 {
		diags.AddAttributeError(path.Root(attrBrokers), "The brokers aren't known",
			"The connector's signal.kafka.bootstrap.servers is a reference, which only the worker can resolve. Set bootstrap_servers.")
		return
	}
	const other = " If this machine reaches the brokers at another listener, name it in bootstrap_servers."
	for _, layer := range []struct {
		attribute   string
		theirs, own bool
	}{
		{attrTLS, strings.HasSuffix(c.Protocol, "SSL"), a.TLS != nil},
		{attrSASL, strings.HasPrefix(c.Protocol, "SASL_"), a.SASL != nil},
	} {
		reason := fmt.Sprintf("The connector reaches the same brokers, %s, with the protocol %s (signal.consumer.security.protocol). ", strings.Join(a.Brokers, ", "), c.Protocol)
		switch {
		case c.Protocol == "" || layer.theirs == layer.own:
		case layer.theirs:
			diags.AddAttributeError(path.Root(layer.attribute), layer.attribute+" is missing", reason+"Set "+layer.attribute+" here too."+other)
		default:
			diags.AddAttributeError(path.Root(layer.attribute), layer.attribute+" doesn't fit the brokers", reason+"Leave out "+layer.attribute+"."+other)
		}
	}
}

// makeTLS builds the TLS settings; nil means none.
func makeTLS(ctx context.Context, block types.Object, secrets *redact.Set, diags *diag.Diagnostics) *tls.Config {
	if block.IsNull() || block.IsUnknown() {
		return nil
	}
	var m tlsModel
	diags.Append(block.As(ctx, &m, basetypes.ObjectAsOptions{})...)
	secrets.Add(m.ClientKey.ValueString())
	at := path.Root(attrTLS)
	settings := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		ServerName:         m.ServerName.ValueString(),
		InsecureSkipVerify: m.InsecureSkipVerify.ValueBool(), //nolint:gosec // the user's decision, documented as unsafe
	}
	invalid := func(attribute string, err error) {
		diags.AddAttributeError(at.AtName(attribute), "Invalid "+attribute, fmt.Sprintf("tls.%s %s.", attribute, err))
	}
	if set(m.CACert) {
		pool, err := certificates.Pool(m.CACert.ValueString())
		if err != nil {
			invalid(attrCACert, err)
		}
		settings.RootCAs = pool
	}
	switch {
	case m.ClientCert.IsNull() != m.ClientKey.IsNull():
		diags.AddAttributeError(at, "client_cert_pem and client_key_pem go together", "A certificate needs its private key, and a key its certificate. Set both, or neither.")
	case set(m.ClientCert) && set(m.ClientKey):
		pair, ofChain, ofKey := certificates.Pair(m.ClientCert.ValueString(), m.ClientKey.ValueString())
		switch {
		case ofChain != nil:
			invalid(attrClientCert, ofChain)
		case ofKey != nil:
			invalid(attrClientKey, ofKey)
		default:
			// By default, Go omits a certificate if its issuer isn't among
			// those that the broker names. The broker's rejection says more.
			settings.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return pair, nil }
		}
	}
	return settings
}

func set(v types.String) bool { return !v.IsNull() && !v.IsUnknown() }

// makeSASL builds the SASL mechanism; nil means none.
func makeSASL(ctx context.Context, block types.Object, secrets *redact.Set, diags *diag.Diagnostics) sasl.Mechanism {
	if block.IsNull() || block.IsUnknown() {
		return nil
	}
	var m saslModel
	diags.Append(block.As(ctx, &m, basetypes.ObjectAsOptions{})...)
	secrets.Add(m.Password.ValueString())
	if mechanism := mechanisms[m.Mechanism.ValueString()]; mechanism != nil {
		return mechanism(m.Username.ValueString(), m.Password.ValueString())
	}
	return nil
}
