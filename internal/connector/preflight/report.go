package preflight

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// Report turns the findings about one connector into Terraform's diagnostics.
// All texts pass through it, and it removes the secrets of summary and detail
// alike. A summary names what is wrong but not the connector, so that Terraform
// folds the same warning about many; the detail begins with the connector.
type Report struct {
	cluster   *cluster.Cluster
	diags     *diag.Diagnostics
	kind      *catalog.Kind // of the resource
	connector string        // its name, "" while that isn't known
	written   translate.Expanded
}

// NewReport makes a report of a connector whose properties are written as given.
func NewReport(c *cluster.Cluster, kind *catalog.Kind, connector string, written translate.Expanded, diags *diag.Diagnostics) *Report {
	return &Report{cluster: c, kind: kind, connector: connector, written: written, diags: diags}
}

// Finding reports what a rule has found where the property is written.
func (r *Report) Finding(f rules.Finding) {
	r.add(f.Severity == rules.Error, r.written.Path(r.kind, f.Property), f.Summary, f.Detail)
}

// ErrorAt and WarningAt report at an attribute; the empty path is the resource.
func (r *Report) ErrorAt(at path.Path, summary, detail string) { r.add(true, at, summary, detail) }

// WarningAt is ErrorAt for a warning.
func (r *Report) WarningAt(at path.Path, summary, detail string) { r.add(false, at, summary, detail) }

// add reports a warning once in a run: Terraform calls the plan hook twice for
// a replacement. Errors end the run by themselves.
func (r *Report) add(isError bool, at path.Path, summary, detail string) {
	if r.connector != "" {
		detail = fmt.Sprintf("Connector %q: %s", r.connector, detail)
	}
	summary, detail = r.cluster.Secrets.Redact(summary), r.cluster.Secrets.Redact(detail)
	if place := at.String(); r.cluster.Secrets.Redact(place) != place {
		at = path.Root(translate.AttrConfig) // a key that is made of a value, and that has a password inside
	}
	nowhere := at.Equal(path.Empty())
	switch {
	case isError && nowhere:
		r.diags.AddError(summary, detail)
	case isError:
		r.diags.AddAttributeError(at, summary, detail)
	case !r.cluster.FirstReport("warning " + at.String() + summary + detail):
	case nowhere:
		r.diags.AddWarning(summary, detail)
	default:
		r.diags.AddAttributeWarning(at, summary, detail)
	}
}
