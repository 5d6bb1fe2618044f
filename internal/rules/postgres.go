package rules

import (
	"fmt"
	"slices"
	"strings"
)

var postgresRules = []rule{{
	id:         "plugin-name-default",
	title:      "`plugin.name` is set where its default can't work: on services that don't have the extension, and together with settings of publications.",
	harm:       Risky,
	properties: []string{"plugin.name"},
	kinds:      kinds("postgres"),
	source:     "Debezium 3.6 PostgresConnectorConfig.PLUGIN_NAME (default decoderbufs, which Debezium's own PostgreSQL images have)",
	check:      checkPlugin,
}}

// withoutDecoderbufs are endings of the host names of services that don't offer
// the extension.
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
