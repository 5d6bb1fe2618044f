package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// snapshotMeanings describes what each snapshot.mode makes a connector do,
// according to Debezium's snapshotters (io.debezium.snapshot.mode, and before
// 2.6 those of each connector).
var snapshotMeanings = map[string]string{
	"always":               "Reads all rows at every start, whatever was captured before; then captures changes.",
	"configuration_based":  "Does what the properties that start with snapshot.mode.configuration.based say: whether to read rows, whether to read the tables' structure, whether to capture changes.",
	"custom":               "Leaves the choice to a class of your own: the one whose name() is snapshot.mode.custom.name, or before 2.6 the class snapshot.custom.class.",
	"exported":             "Reads all rows as they were when the replication slot was created, if nothing was captured before; then captures changes. Debezium 2.0 removed it: initial does the same.",
	"initial":              "Reads all rows if nothing was captured before; then captures changes. Debezium's default.",
	"initial_only":         "Reads all rows if nothing was captured before, and captures no changes.",
	"never":                "Reads no rows and no structure. MySQL and MariaDB capture changes from the start of the binlog, which must then hold the whole history of the database; other kinds from the position where the database lets them begin.",
	"no_data":              "Reads no rows; then captures changes. Kinds with a schema history read the tables' structure first.",
	"recovery":             "Reads the tables' structure to rebuild a lost or damaged schema history, then goes on from the stored offset. It needs that offset, and goes wrong if a structure changed since; change it back afterwards.",
	"schema_only":          "The old name of no_data: reads the tables' structure and no rows; then captures changes.",
	"schema_only_recovery": "The old name of recovery: reads the tables' structure to rebuild a lost or damaged schema history, then goes on from the stored offset.",
	"when_needed":          "Reads all rows if nothing was captured before, or if the database no longer has the changes since the stored offset; then captures changes.",
	"when_needed_no_data":  "Reads no rows, but the tables' structure where when_needed would read rows; then captures changes. Changes that the database no longer has are lost.",
}

type snapshotModes struct{}

// NewSnapshotModes returns the snapshot_modes function.
func NewSnapshotModes() function.Function { return snapshotModes{} }

func (snapshotModes) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "snapshot_modes"
}

func (snapshotModes) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The snapshot modes of a connector kind, with their meaning",
		MarkdownDescription: "Returns the values of `snapshot.mode` that a version of Debezium allows, each with what it does. " +
			"The map is empty for kinds that have no such property: `spanner` and the sinks.",
		Parameters: []function.Parameter{kindParameter(), versionParameter()},
		Return:     function.MapReturn{ElementType: types.StringType},
	}
}

func (snapshotModes) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var kindName, version string
	if resp.Error = req.Arguments.Get(ctx, &kindName, &version); resp.Error != nil {
		return
	}
	kind, v, err := kindIn(kindName, version)
	if err != nil {
		resp.Error = err
		return
	}
	modes := map[string]string{}
	if d := kind.Definition("snapshot.mode", v); d != nil {
		for _, mode := range d.Values {
			modes[mode] = snapshotMeanings[mode]
		}
	}
	resp.Error = resp.Result.Set(ctx, modes)
}
