package rules

import (
	"fmt"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

var shortClassRules = []rule{{
	id:         "short-class",
	title:      "`connector.class` is the full name of the class, with its package.",
	harm:       Fails,
	properties: []string{catalog.KeyClass},
	kinds:      kinds("mysql", "mariadb", "postgres"),
	from:       v27,
	source:     "Debezium 2.7.4 to 3.6.1, run: SnapshotterService, \"ClassNotFoundException: PostgresConnector\"; 1.9.8 runs",
	check:      checkShortClass,
}}

func checkShortClass(v *evaluation) {
	class, ok := v.known(catalog.KeyClass)
	if !ok || class == v.Kind.Class {
		return
	}
	v.add(catalog.KeyClass, fmt.Sprintf("connector.class: %s lacks its package", quoted(class)), fmt.Sprintf(
		"Kafka Connect finds the connector by this name, but Debezium's task doesn't: it fails with a ClassNotFoundException. Write the full name: %s.", v.Kind.Class))
}
