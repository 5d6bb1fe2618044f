package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// captured lists what the catalog's data is captured from: one version per
// minor release of each kind, the newest found in the registry. "scripting" is
// the transformations that run scripts; it follows a connector, whose directory
// it shares.
var captured = []struct {
	version string
	plugins []string
}{
	{"1.9.8.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "vitess"}},
	{"2.0.0.Final", []string{"mysql", "postgres", "oracle", "sqlserver"}},
	{"2.0.1.Final", []string{"mongodb"}},
	{"2.1.4.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "spanner", "scripting"}},
	{"2.2.1.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "vitess", "spanner", "scripting"}},
	{"2.3.0.Final", []string{"vitess", "spanner"}},
	{"2.3.4.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2"}},
	{"2.4.2.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "vitess", "spanner", "jdbc", "scripting"}},
	{"2.5.0.Final", []string{"informix"}},
	{"2.5.4.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "scripting"}},
	{"2.6.0.Final", []string{"informix"}},
	{"2.6.2.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "vitess", "spanner"}},
	{"2.7.0.Final", []string{"mariadb", "informix", "vitess", "spanner"}},
	{"2.7.3.Final", []string{"oracle", "sqlserver", "db2"}},
	{"2.7.4.Final", []string{"mysql", "postgres", "mongodb", "scripting"}},
	{"3.0.0.Final", []string{"mariadb", "informix", "vitess", "spanner", "jdbc"}},
	{"3.0.8.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2"}},
	{"3.1.0.Final", []string{"mariadb", "informix", "vitess", "spanner", "jdbc"}},
	{"3.1.3.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "scripting"}},
	{"3.2.0.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "mariadb", "informix", "vitess", "spanner", "ibmi", "jdbc", "scripting"}},
	{"3.3.0.Final", []string{"mariadb", "informix", "vitess", "spanner", "ibmi", "jdbc", "scripting"}},
	{"3.3.2.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2"}},
	{"3.4.0.Final", []string{"mysql", "sqlserver", "mongodb", "db2", "mariadb", "informix", "vitess", "ibmi", "scripting"}},
	{"3.4.3.Final", []string{"postgres", "oracle", "spanner", "jdbc"}},
	{"3.5.0.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "mariadb", "informix", "vitess", "spanner", "ibmi", "jdbc", "scripting"}},
	{"3.6.0.Final", []string{"jdbc"}},
	{"3.6.1.Final", []string{"mysql", "postgres", "oracle", "sqlserver", "mongodb", "db2", "spanner"}},
}

// release is the plugins of one minor release, loaded by one worker.
type release struct {
	name    string // "2.3"
	plugins string // in the format of tools/stack
}

// releases groups what is captured by minor release, in the table's order.
func releases() ([]release, error) {
	var all []release
	for _, c := range captured {
		v, err := catalog.ParseVersion(c.version)
		if err != nil {
			return nil, err
		}
		name := v.Release().String()
		i := slices.IndexFunc(all, func(r release) bool { return r.name == name })
		if i < 0 {
			i = len(all)
			all = append(all, release{name: name})
		}
		for _, p := range c.plugins {
			all[i].plugins = strings.TrimPrefix(fmt.Sprintf("%s,%s:%s", all[i].plugins, p, c.version), ",")
		}
	}
	return all, nil
}
