package preflight

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// Report turns the findings about one connector into Terraform's diagnostics.
// All text passes through it, and it redacts secrets in summary and detail. A
// summary names what is wrong, not the connector, so that Terraform groups the
// same warning about many; the detail begins with the connector.
type Report struct {
	cluster   *cluster.Cluster
	diags     *diag.Diagnostics
	kind      *catalog.Kind // of the resource
	connector string        // its name, "" if unknown
	written   translate.Expanded
}

// NewReport returns a report on a connector whose properties are in written.
func NewReport(c *cluster.Cluster, kind *catalog.Kind, connector string, written translate.Expanded, diags *diag.Diagnostics) *Report {
	return &Report{cluster: c, kind: kind, connector: connector, written: written, diags: diags}
}

// finding reports a rule's finding where the property is written.
func (r *Report) finding(f rules.Finding) {
	r.add(f.Severity == rules.Error, r.written.Path(r.kind, f.Property), f.Summary, r.inAttributes(f))
}

// inAttributes is the detail of a finding whose advice, followed to the letter
// in config, would put a key there that has an attribute.
func (r *Report) inAttributes(f rules.Finding) string {
	a, wrong := r.kind.AttributeOf(f.Advice.Set), f.Advice.Remove
	if a == nil || !r.written.InConfigMap[wrong] || r.written.WriteOnly[wrong] && !a.Secret {
		return f.Detail
	}
	if text, known := r.written.Values[wrong]; known && !translate.AttributeHolds(a, translate.StringValue(text)) {
		return f.Detail
	}
	name := a.Name
	if r.written.WriteOnly[wrong] {
		name = translate.WriteOnlyName(a)
	}
	followed := f.Advice
	followed.Set = "the attribute " + name
	return strings.Replace(f.Detail, f.Advice.String(), followed.String(), 1)
}

// errorAt reports an error at an attribute; the empty path is the resource.
func (r *Report) errorAt(at path.Path, summary, detail string) { r.add(true, at, summary, detail) }

// warningAt is like errorAt, for a warning.
func (r *Report) warningAt(at path.Path, summary, detail string) { r.add(false, at, summary, detail) }

// add reports each warning once per run: Terraform calls the plan hook twice
// for a replacement. Errors end the run anyway.
func (r *Report) add(isError bool, at path.Path, summary, detail string) {
	if r.connector != "" {
		detail = fmt.Sprintf("Connector %q: %s", r.connector, detail)
	}
	summary, detail = r.cluster.Secrets.Redact(summary), r.cluster.Secrets.Redact(detail)
	if place := at.String(); r.cluster.Secrets.Redact(place) != place {
		at = path.Root(translate.AttrConfig) // a key built from a value, with a password in it
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
