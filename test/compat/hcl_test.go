package compat_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// connector is a configuration of the rig's kind. Debezium 1.9 has other names
// for some properties, which have no attributes.
type connector struct {
	name, prefix string
	lines        []string          // further attributes
	config       map[string]string // further properties
	version      string            // of the plugin, where it isn't the release's
	imported     bool              // with an import block, and without the password
}

func (g *rig) first(lines ...string) connector {
	return connector{name: g.name, prefix: g.space, lines: lines}
}

func (c connector) with(property, value string) connector {
	c.config = maps.Clone(c.config)
	if c.config == nil {
		c.config = map[string]string{}
	}
	c.config[property] = value
	return c
}

func (g *rig) resource() string { return "debezium_" + g.kind + "_connector" }

func (g *rig) hcl(c connector) string {
	old := g.release.debezium.Major < 2
	db := g.stack.Postgres
	if g.kind == "mysql" {
		db = g.stack.MySQL
		c = c.with("database.allowPublicKeyRetrieval", "true")
		c.lines = append(c.lines, fmt.Sprintf("database_include_list = [%q]", g.space))
		if old {
			c = c.with("database.history.kafka.bootstrap.servers", g.stack.Kafka.BootstrapServers()).
				with("database.history.kafka.topic", "history."+c.prefix)
		} else {
			c.lines = append(c.lines, fmt.Sprintf("schema_history_internal_kafka_bootstrap_servers = %q", g.stack.Kafka.BootstrapServers()))
		}
	} else {
		c.lines = append(c.lines, fmt.Sprintf("database_dbname = %q", db.Name), `publication_autocreate_mode = "filtered"`)
	}
	if old {
		c = c.with("database.server.name", c.prefix)
	} else {
		c.lines = append(c.lines, fmt.Sprintf("topic_prefix = %q", c.prefix))
	}
	if c.version == "" && g.release.kafka.Major >= 4 {
		c.version = g.release.debezium.String() // several are installed there
	}
	if c.version != "" {
		c.lines = append(c.lines, fmt.Sprintf("connector_plugin_version = %q", c.version))
	}
	if !c.imported {
		c.lines = append(c.lines, "database_password_wo = var.password", "database_password_wo_version = 1")
	}
	var b strings.Builder
	if c.imported {
		fmt.Fprintf(&b, "import {\n  to = %s.c\n  id = %q\n}\n", g.resource(), c.name)
	}
	fmt.Fprintf(&b, "resource %q \"c\" {\n  name = %q\n", g.resource(), c.name)
	fmt.Fprintf(&b, "  database_hostname = %q\n  database_port = %d\n  database_user = %q\n", db.Host, db.Port, db.User)
	fmt.Fprintf(&b, "  table_include_list = [%q]\n  %s\n", g.space+".a", strings.Join(c.lines, "\n  "))
	if len(c.config) > 0 {
		b.WriteString("  config = {\n")
		for _, property := range slices.Sorted(maps.Keys(c.config)) {
			fmt.Fprintf(&b, "    %q = %q\n", property, c.config[property])
		}
		b.WriteString("  }\n")
	}
	return b.String() + "}\n"
}
