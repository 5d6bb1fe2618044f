package preflight

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// TestReportRemovesSecrets: from the summary as from the detail, whichever way a
// finding is reported.
func TestReportRemovesSecrets(t *testing.T) {
	c := cluster.New(nil, cluster.Options{})
	c.Secrets.Add("hunter22")
	var diags diag.Diagnostics
	r := NewReport(c, catalog.KindByName("mysql"), "orders", translate.Expanded{}, &diags)
	r.finding(rules.Finding{Severity: rules.Error, Property: "snapshot.mode", Summary: `snapshot.mode can't be "hunter22"`, Detail: "hunter22 isn't one."})
	r.warningAt(path.Empty(), "hunter22", "hunter22")
	if len(diags) != 2 {
		t.Fatalf("got %v", diags)
	}
	for _, d := range diags {
		if strings.Contains(d.Summary()+d.Detail(), "hunter22") || !strings.HasPrefix(d.Detail(), `Connector "orders": `) {
			t.Errorf("got %q: %q", d.Summary(), d.Detail())
		}
	}
}

// TestReportWarnsOnce: Terraform calls the plan hook twice for a replacement.
func TestReportWarnsOnce(t *testing.T) {
	c := cluster.New(nil, cluster.Options{})
	var diags diag.Diagnostics
	for range 2 {
		for _, connector := range []string{"a", "b"} {
			NewReport(c, nil, connector, translate.Expanded{}, &diags).warningAt(path.Root("state"), "summary", "detail")
		}
	}
	if len(diags) != 2 {
		t.Errorf("got %v", diags)
	}
}
