package connector

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// rawValue is a configuration, plan or state as Terraform sends it.
type rawValue = tftypes.Value

// registerSecrets makes every secret of an object unspeakable: errors and logs
// show "(sensitive)" in its place.
func (r *connectorResource) registerSecrets(o object) {
	if r.cluster == nil {
		return
	}
	s := settingsOf(r.kind, o, nil)
	for property, text := range s.values {
		if s.secret[property] || r.kind.IsSecret(property) {
			r.cluster.Secrets.Add(text)
		}
	}
}
