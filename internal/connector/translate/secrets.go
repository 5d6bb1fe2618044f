package translate

import (
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/redact"
)

// RegisterSecrets has every secret of an object redacted from errors and logs.
func RegisterSecrets(secrets *redact.Set, kind *catalog.Kind, o Object) {
	e := Expand(kind, o, nil)
	for property, text := range e.Values {
		if e.WriteOnly[property] || kind.IsSecret(property) {
			secrets.Add(text)
		} else {
			secrets.AddEmbedded(text)
		}
	}
}

// KeptOnServer reports whether a property is left on the server as it is when
// the resource doesn't mention it: a secret, whether a value or a reference to
// one, or a value with a password in it.
func KeptOnServer(kind *catalog.Kind, property, text string) bool {
	return kind.IsSecret(property) || redact.HoldsPassword(text)
}

// MayBeKept reports whether the server may have a value for an attribute that
// is left there unread: a secret, or a URL with a password in it.
func MayBeKept(a *catalog.Attribute) bool {
	return a.Secret || strings.HasSuffix(a.Property, ".url")
}
