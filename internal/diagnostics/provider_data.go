package diagnostics

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
)

// Cluster returns the provider data of resources, data sources, lists and
// actions. It is nil until the provider is configured.
func Cluster(providerData any, diags *diag.Diagnostics) *cluster.Cluster {
	if providerData == nil {
		return nil
	}
	c, ok := providerData.(*cluster.Cluster)
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf(
			"Expected *cluster.Cluster, got %T. This is a bug in the provider; please report it.", providerData))
	}
	return c
}
