package provider

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/cdc/terraform-provider-debezium/internal/certificates"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

type tlsConfig struct {
	CACert             types.String `tfsdk:"ca_cert_pem"`
	ClientCert         types.String `tfsdk:"client_cert_pem"`
	ClientKey          types.String `tfsdk:"client_key_pem"`
	ServerName         types.String `tfsdk:"server_name"`
	InsecureSkipVerify types.Bool   `tfsdk:"insecure_skip_verify"`
}

// tls builds the TLS settings, checking all that can be checked without the
// server. The client enforces the version.
func (c config) tls(ctx context.Context, secrets *redact.Set, diags *diag.Diagnostics) *tls.Config {
	var block tlsConfig
	if !c.TLS.IsNull() {
		diags.Append(c.TLS.As(ctx, &block, basetypes.ObjectAsOptions{})...)
	}
	at := path.Root(attrTLS)
	authorities := pemText(lookup(block.CACert, at.AtName(attrCACert), envCACertFile), diags)
	certificate := pemText(lookup(block.ClientCert, at.AtName(attrClientCert), envClientCertFile), diags)
	key := pemText(lookup(block.ClientKey, at.AtName(attrClientKey), envClientKeyFile), diags)
	secrets.Add(key.value)
	settings := &tls.Config{
		ServerName:         block.ServerName.ValueString(),
		InsecureSkipVerify: block.InsecureSkipVerify.ValueBool(), //nolint:gosec // the user's decision, documented as unsafe
		RootCAs:            authorityPool(authorities, diags),
	}
	if own := clientCertificate(certificate, key, diags); own != nil {
		// By default, Go omits a certificate if its issuer isn't among those
		// that the server names. The server's rejection says more.
		settings.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return own, nil }
	}
	return settings
}

// pemText replaces a file name, which comes from the environment, with the
// file's contents.
func pemText(s setting, diags *diag.Diagnostics) setting {
	if s.env == "" || !s.set {
		return s
	}
	content, err := os.ReadFile(s.value) //nolint:gosec // the user names the file
	if err != nil {
		diags.AddAttributeError(s.at, "Unreadable file", fmt.Sprintf("The environment variable %s points to a file that can't be read: %s.", s.env, err))
		return setting{}
	}
	s.value = string(content)
	return s
}

// authorityPool parses the CA certificates; nil means the system's.
func authorityPool(s setting, diags *diag.Diagnostics) *x509.CertPool {
	if !s.set {
		return nil
	}
	pool, err := certificates.Pool(s.value)
	if err != nil {
		diags.AddAttributeError(s.at, "Invalid CA certificate", fmt.Sprintf("%s %s.", s, err))
		return nil
	}
	return pool
}

// clientCertificate parses the provider's own certificate; nil means none.
func clientCertificate(certificate, key setting, diags *diag.Diagnostics) *tls.Certificate {
	switch {
	case !certificate.set && !key.set || diags.HasError():
		return nil
	case !key.set:
		diags.AddAttributeError(certificate.at, "Missing client key",
			fmt.Sprintf("%s needs its private key: set client_key_pem in tls, or the environment variable %s.", certificate, envClientKeyFile))
		return nil
	case !certificate.set:
		diags.AddAttributeError(key.at, "Missing client certificate",
			fmt.Sprintf("%s needs its certificate: set client_cert_pem in tls, or the environment variable %s.", key, envClientCertFile))
		return nil
	}
	pair, ofChain, ofKey := certificates.Pair(certificate.value, key.value)
	switch {
	case ofChain != nil:
		diags.AddAttributeError(certificate.at, "Invalid client certificate", fmt.Sprintf("%s %s.", certificate, ofChain))
	case ofKey != nil:
		diags.AddAttributeError(key.at, "Invalid client key", fmt.Sprintf("%s %s.", key, ofKey))
	}
	return pair
}
