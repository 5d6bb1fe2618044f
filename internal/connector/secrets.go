package connector

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// rawValue is a configuration, plan or state as Terraform sends it.
type rawValue = tftypes.Value

// secrets are those that no text may show. "terraform validate" has no
// configured provider.
func (r *connectorResource) secrets() *redact.Set {
	if r.cluster != nil {
		return r.cluster.Secrets
	}
	return &r.ownSecrets
}

// registerSecrets makes every secret of an object unspeakable: errors and logs
// show "(sensitive)" in its place.
func (r *connectorResource) registerSecrets(o object) {
	s := settingsOf(r.kind, o, nil)
	for property, text := range s.values {
		if s.secret[property] || r.kind.IsSecret(property) {
			r.secrets().Add(text)
		} else {
			r.secrets().AddEmbedded(text)
		}
	}
}

// hidden reports whether a value on the server is left there, unread, when the
// resource doesn't mention it: a secret, or a value with a password inside.
func hidden(kind *catalog.Kind, property, text string) bool {
	return kind.HidesSecret(property, text) || redact.HoldsPassword(text)
}

// mayBeLeft reports whether the server may have a value of an attribute that is
// left there unread: a secret, or a URL with a password inside.
func mayBeLeft(a *catalog.Attribute) bool {
	return a.Secret || strings.HasSuffix(a.Property, ".url")
}
