package connector_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
)

// ownClass is a class that the catalog doesn't know.
const ownClass = "com.example.OwnConnector"

const historyServers = "schema.history.internal.kafka.bootstrap.servers"

// leakKinds are what each kind needs beside a name and its secrets; "" is a
// connector of any class. What is empty holds a password within its value.
var leakKinds = map[string]kafkaconnect.Config{
	"":             {"topics": "a", "connection.url": ""},
	"mysql":        {"database.hostname": "db", "database.user": "u", historyServers: "kafka:9092"},
	"mariadb":      {"database.hostname": "db", "database.user": "u", historyServers: "kafka:9092"},
	"postgres":     {"database.hostname": "db", "database.user": "u", "database.dbname": "shop"},
	"oracle":       {"database.url": "", "database.user": "u", "database.dbname": "SHOP", historyServers: "kafka:9092"},
	"sqlserver":    {"database.hostname": "db", "database.user": "u", "database.names": "shop", historyServers: "kafka:9092"},
	"mongodb":      {"mongodb.connection.string": ""},
	"db2":          {"database.hostname": "db", "database.user": "u", "database.dbname": "SHOP", historyServers: "kafka:9092"},
	"informix":     {"database.hostname": "db", "database.user": "u", "database.dbname": "shop", historyServers: "kafka:9092"},
	"vitess":       {"database.hostname": "db", "vitess.keyspace": "shop"},
	"spanner":      {"gcp.spanner.project.id": "p", "gcp.spanner.instance.id": "i", "gcp.spanner.database.id": "d", "gcp.spanner.change.stream": "s"},
	"ibmi":         {"database.hostname": "db", "database.user": "u", "database.schema": "SHOP"},
	"jdbc_sink":    {"topics": "a", "connection.url": "", "connection.username": "u"},
	"mongodb_sink": {"topics": "a", "mongodb.connection.string": "", "sink.database": "shop"},
}

// urls are values with a password in them, in place of %s.
var urls = map[string]string{
	"connection.url":            "jdbc:postgresql://db/shop?user=u&password=%s",
	"database.url":              "jdbc:oracle:thin:@//db:1521/SHOP?user=u&password=%s",
	"mongodb.connection.string": "mongodb://u:%s@db/?replicaSet=rs0",
}

const loginModule = `org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="%s";`

// Properties of clients, which any connector may have.
const (
	jaasProperty       = "producer.override.sasl.jaas.config"
	configuredProperty = "producer.override.ssl.key.password"
	unstoredProperty   = "producer.override.ssl.keystore.password"
	referenceProperty  = "producer.override.ssl.truststore.password"
	ordinaryProperty   = "producer.override.client.id"
	reference          = "${file:/secrets:password}"
)

// passwordOf is the kind's property for the password alone; "" if it has none.
func passwordOf(kind *catalog.Kind) string {
	if kind == nil {
		return "connection.password"
	}
	for _, a := range kind.Attributes() {
		if a.Secret && a.Property != "mongodb.connection.string" {
			return a.Property
		}
	}
	return ""
}

// everyKind is a configuration with two connectors of each kind: one whose
// secrets are stored, one whose aren't. Another version changes all.
func everyKind(version int) string {
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(leakKinds)) {
		b.WriteString(storing(kind, version))
		b.WriteString(notStoring(kind, version))
	}
	b.WriteString(readBack)
	if version > 1 { // there are connectors
		b.WriteString(statuses([]string{"postgres_stored", "postgres_unstored"}))
	}
	return b.String()
}

func storing(kind string, version int) string {
	b := newHCLBlock(kind, kind+"_stored", version)
	for property, value := range leakKinds[kind] {
		if value == "" {
			value = fmt.Sprintf(urls[property], "${urlencode(var.in_url)}")
		}
		b.put(property, quote(value))
	}
	b.put(passwordOf(b.kind), "var.typed")
	b.put(jaasProperty, quote(fmt.Sprintf(loginModule, "${var.in_jaas}")))
	b.put(configuredProperty, "var.configured")
	b.put(ordinaryProperty, "var.ordinary")
	b.put(referenceProperty, quote("$"+reference))
	return b.String()
}

func notStoring(kind string, version int) string {
	b := newHCLBlock(kind, kind+"_unstored", version)
	for property, value := range leakKinds[kind] {
		if value == "" {
			b.putWriteOnly(property, quote(fmt.Sprintf(urls[property], "${urlencode(var.write_only)}")))
		} else {
			b.put(property, quote(value))
		}
	}
	b.putWriteOnly(passwordOf(b.kind), "var.write_only")
	b.putWriteOnly(unstoredProperty, "var.config_wo")
	return b.String()
}

// quote is a string of HCL in which ${ keeps its meaning.
func quote(text string) string {
	return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
}

// hclBlock is a connector's resource in HCL.
type hclBlock struct {
	kind             *catalog.Kind
	name             string
	version          int
	attributes       []string
	config, configWO []string
}

func newHCLBlock(kind, name string, version int) *hclBlock {
	b := &hclBlock{kind: catalog.KindByName(kind), name: strings.TrimPrefix(name, "_"), version: version}
	if b.kind == nil {
		b.attributes = append(b.attributes, fmt.Sprintf("connector_class = %q", ownClass))
	} else if b.kind.AttributeOf("topic.prefix") != nil {
		b.put("topic.prefix", quote(b.name))
	}
	b.put("producer.override.linger.ms", fmt.Sprintf("%q", fmt.Sprint(version)))
	return b
}

func (b *hclBlock) attribute(property string) *catalog.Attribute {
	if b.kind == nil {
		return nil
	}
	return b.kind.AttributeOf(property)
}

func (b *hclBlock) put(property, expression string) {
	switch a := b.attribute(property); {
	case property == "":
	case a == nil:
		b.config = append(b.config, fmt.Sprintf("%q = %s", property, expression))
	case a.Type == catalog.List:
		b.attributes = append(b.attributes, fmt.Sprintf("%s = [%s]", a.Name, expression))
	default:
		b.attributes = append(b.attributes, fmt.Sprintf("%s = %s", a.Name, expression))
	}
}

func (b *hclBlock) putWriteOnly(property, expression string) {
	switch a := b.attribute(property); {
	case property == "":
	case a != nil && a.Secret:
		b.attributes = append(b.attributes, fmt.Sprintf("%s_wo = %s", a.Name, expression), fmt.Sprintf("%s_wo_version = %d", a.Name, b.version))
	default:
		b.configWO = append(b.configWO, fmt.Sprintf("%q = %s", property, expression))
	}
}

func (b *hclBlock) String() string {
	lines := slices.Clone(b.attributes)
	if len(b.config) > 0 {
		lines = append(lines, "config = {\n    "+strings.Join(b.config, "\n    ")+"\n  }")
	}
	if len(b.configWO) > 0 {
		lines = append(lines, "config_wo = {\n    "+strings.Join(b.configWO, "\n    ")+"\n  }", fmt.Sprintf("config_wo_version = %d", b.version))
	}
	return fmt.Sprintf("resource %q %q {\n  name = %q\n  %s\n}\n\n", resourceOf(b.kind), b.name, b.name, strings.Join(lines, "\n  "))
}

func resourceOf(kind *catalog.Kind) string {
	if kind == nil {
		return "debezium_connector"
	}
	return "debezium_" + kind.Name + "_connector"
}

// readBack shows the connectors, but for those with a secret under an ordinary
// key: that data source can't know it to be one.
const readBack = `
data "debezium_connectors" "all" {
  name_regex = "unstored|foreign"
}

output "all" {
  value = data.debezium_connectors.all.connectors
}
`

func statuses(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	return `
data "debezium_connector_status" "of" {
  for_each = toset([` + strings.Join(quoted, ", ") + `])
  name     = each.key
}

output "statuses" {
  value = data.debezium_connector_status.of
}
`
}

// newcomerBlock is a connector whose creation is refused.
const newcomerBlock = `
resource "debezium_postgres_connector" "newcomer" {
  name                         = "newcomer"
  topic_prefix                 = "newcomer"
  database_hostname            = "other"
  database_user                = "u"
  database_dbname              = "shop"
  database_password_wo         = var.newcomer
  database_password_wo_version = 1
}
`
