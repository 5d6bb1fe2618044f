package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var postgresRules = []rule{{
	id:         "slot-dropped",
	title:      "`slot.drop.on.stop` is `true` only for short-lived connectors, and in the last update before a connector is deleted.",
	harm:       Risky,
	properties: []string{"slot.drop.on.stop"},
	kinds:      kinds("postgres"),
	source:     "Debezium 3.6 PostgresStreamingChangeEventSource, run: tasks failed after a rebalance (\"no longer available on the server\")",
	check:      checkDroppedSlot,
}, {
	id:         "publication-name",
	title:      "`publication.name` is an identifier that needs no quotes, unless `publication.autocreate.mode` is `disabled`: Debezium writes it into SQL without any.",
	harm:       Fails,
	properties: []string{"publication.name"},
	kinds:      kinds("postgres"),
	source:     "Debezium 1.9 to 3.6, run: CREATE PUBLICATION and ALTER PUBLICATION",
	check:      checkPublicationName,
}, {
	id:         "plugin-name-default",
	title:      "`plugin.name` is set where its default can't work: on services that don't have the extension, and together with settings of publications.",
	harm:       Risky,
	properties: []string{"plugin.name"},
	kinds:      kinds("postgres"),
	source:     "Debezium 3.6 PostgresConnectorConfig.PLUGIN_NAME (default decoderbufs, which Debezium's own PostgreSQL images have)",
	check:      checkPlugin,
}, {
	id:         "stream-params",
	title:      "`slot.stream.params` has no option of another plugin, such as wal2json, where `plugin.name` is pgoutput.",
	harm:       Fails,
	properties: []string{"slot.stream.params"},
	kinds:      kinds("postgres"),
	source:     "Debezium 3.6 PostgresReplicationConnection (parts of another form than NAME=VALUE are left out); PostgreSQL pgoutput.c parse_output_parameters; run on 3.6.1",
	check:      checkStreamParams,
}}

// withoutDecoderbufs are host name suffixes of services that don't offer the
// extension.
var withoutDecoderbufs = []string{".rds.amazonaws.com", ".postgres.database.azure.com", ".supabase.co", ".neon.tech", ".aivencloud.com"}

func checkPlugin(v *evaluation) {
	if !v.isMissing("plugin.name") {
		return
	}
	why, at := "", "plugin.name"
	host, _ := v.known("database.hostname")
	switch {
	case slices.ContainsFunc(withoutDecoderbufs, func(ending string) bool { return strings.HasSuffix(host, ending) }):
		why = fmt.Sprintf("The service at %s doesn't have it, so the task fails with \"could not access file\".", host)
	case v.wrote("publication.name"), v.wrote("publication.autocreate.mode"):
		at = v.at("publication.name", "publication.autocreate.mode")
		why = fmt.Sprintf("It doesn't use publications: %s has no effect, and if the server lacks the extension, the task fails with \"could not access file\".", at)
	default:
		return
	}
	v.advise(Risky, at, "plugin.name is not set: Debezium uses decoderbufs",
		"decoderbufs is an extension that must be installed on the PostgreSQL server. "+why+" pgoutput is part of PostgreSQL since version 10.",
		v.proposeValue("plugin.name", "pgoutput"))
}

// checkStreamParams finds options such as wal2json's skip-empty-xacts and
// include-lsn, which many examples have. None of pgoutput's has a hyphen;
// others are left to the server, since a newer one may have more.
func checkStreamParams(v *evaluation) {
	params, _ := v.known("slot.stream.params")
	if !v.is("plugin.name", "pgoutput") {
		return
	}
	for param := range strings.SplitSeq(params, ";") {
		option, value, ok := strings.Cut(param, "=")
		if !ok || value == "" || strings.Contains(value, "=") || !strings.Contains(option, "-") {
			continue
		}
		v.add("slot.stream.params", fmt.Sprintf("slot.stream.params: pgoutput has no option %s", quoted(option)),
			"The server rejects the option (\"unrecognized pgoutput option\") after the snapshot. With errors.max.retries = -1, the default, "+
				"Debezium retries forever: the connector is RUNNING, and no change ever comes. Remove the option, which belongs to another plugin such as wal2json.")
	}
}

func checkDroppedSlot(v *evaluation) {
	const property = "slot.drop.on.stop"
	if v.is(property, "true") {
		v.add(property, property+" drops the slot whenever the task stops",
			"A task also stops for a rebalance, an update or a restart. A new slot starts later than the connector's position, so the task then fails "+
				"(\"no longer available on the server\"), or misses changes. Set it to true only for a short-lived connector, such as one of a test environment, or in the last apply before the connector is destroyed.")
	}
}

func checkPublicationName(v *evaluation) {
	const property = "publication.name"
	name, ok := v.known(property)
	mode, known := v.effective("publication.autocreate.mode")
	if !ok || !known || catalog.IsPostgresIdentifier(name) || !v.is("plugin.name", "pgoutput") || strings.EqualFold(mode, "disabled") {
		return
	}
	const why = "Debezium writes the name into its statements without quotes, where PostgreSQL folds capital letters to lower case, and allows no hyphen, no digit at the beginning and no reserved word such as order."
	if strings.EqualFold(mode, "filtered") {
		v.add(property, fmt.Sprintf("%s: %s is not a name that Debezium can create", property, quoted(name)), fmt.Sprintf(
			"%s %s Use lower-case letters, digits and underscores.", why, consequence(Fails)))
		return
	}
	v.addAs(Risky, property, fmt.Sprintf("%s: %s can't be created", property, quoted(name)), fmt.Sprintf(
		"%s With publication.autocreate.mode = %s the task fails unless the publication already exists. Use lower-case letters, digits and underscores.", why, mode))
}
