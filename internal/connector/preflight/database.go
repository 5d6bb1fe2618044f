package preflight

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/cdc/terraform-provider-debezium/internal/cluster"
	"github.com/cdc/terraform-provider-debezium/internal/database"
)

// checkDatabase asks the database itself, from this machine, whether it is
// ready for the plan, if the provider's database_checks call for it.
func (k *planChecker) checkDatabase(ctx context.Context) {
	severity := k.cluster.Validation.DatabaseChecks
	if severity == cluster.SeverityOff || !k.Touches || !k.isNew() && !k.effective.Changed ||
		k.kind == nil || !slices.Contains(database.Kinds(), k.kind.Name) {
		return
	}
	report, err := k.cluster.Databases.Check(ctx, database.Request{
		Kind: k.kind.Name, Version: k.version, Config: k.known(), Unknown: k.unknown(), Current: k.server, Replaced: k.cluster.Plan.Predecessors(k.name),
	})
	if err != nil {
		k.reportDatabaseError(err)
		return
	}
	if report.Skipped != "" {
		k.reportUnchecked("The database can't be checked from this machine", report.Skipped)
	}
	for _, note := range report.Notes {
		k.reportUnchecked("Not everything in the database can be checked", note)
	}
	for _, f := range report.Findings {
		at := k.effective.Written.Path(k.Kind, f.Property)
		detail := f.Detail + "\n\n" + f.Remedy
		if f.Severity == database.Error && severity == cluster.SeverityError {
			k.report.errorAt(at, f.Summary, detail)
		} else {
			k.report.warningAt(at, f.Summary, detail)
		}
	}
}

// reportUnchecked reports what isn't checked, once for all connectors.
func (k *planChecker) reportUnchecked(summary, note string) {
	if k.cluster.FirstReport("database note " + note) {
		k.report.warningAt(path.Empty(), summary, note+" This is reported once for all connectors.")
	}
}

// reportDatabaseError reports a database that can't be reached from here, once
// for all connectors it concerns. It isn't an error: the worker may reach it.
func (k *planChecker) reportDatabaseError(err error) {
	property := ""
	var failed *database.ConnectionError
	if errors.As(err, &failed) {
		property = failed.Property()
	}
	if !k.cluster.FirstReport(fmt.Sprintf("database %p %s", failed, err)) {
		return
	}
	k.report.warningAt(k.effective.Written.Path(k.Kind, property), "The database can't be checked from this machine", fmt.Sprintf(
		"%s\n\nThe plan continues without the checks of this database (validation.database_checks). "+
			"This is reported once for all connectors it concerns.", err))
}
