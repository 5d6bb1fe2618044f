package leaks_test

import (
	"fmt"
	"strings"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/catalog/catalogtest"
)

// ownClass is a class that the catalog doesn't know.
const ownClass = "com.example.OwnConnector"

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

// allKinds are the names of all kinds; "" is a connector of any class.
func allKinds() []string {
	names := []string{""}
	for _, kind := range catalog.Kinds() {
		names = append(names, kind.Name)
	}
	return names
}

// needs are what a kind needs beside its name, topic prefix and password, and
// which of them are to hold a password within their value.
func needs(kind string) (properties catalogtest.Config, withPassword []string) {
	if kind == "" {
		return catalogtest.Config{"topics": "a"}, []string{"connection.url"}
	}
	properties = catalogtest.Minimal(kind).With(catalogtest.Config{
		"topic.prefix": catalogtest.Unset, passwordOf(catalog.KindByName(kind)): catalogtest.Unset,
	})
	if kind == "oracle" { // its host may be within a URL
		delete(properties, "database.hostname")
		return properties, []string{"database.url"}
	}
	for property := range urls {
		if properties[property] != "" {
			delete(properties, property)
			withPassword = append(withPassword, property)
		}
	}
	return properties, withPassword
}

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
	for _, kind := range allKinds() {
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
	b := newBlock(kind, kind+"_stored", version)
	properties, withPassword := needs(kind)
	for property, value := range properties {
		b.put(property, template(value))
	}
	for _, property := range withPassword {
		b.put(property, template(fmt.Sprintf(urls[property], "${urlencode(var.in_url)}")))
	}
	b.put(passwordOf(b.kind), "var.typed")
	b.put(jaasProperty, template(fmt.Sprintf(loginModule, "${var.in_jaas}")))
	b.put(configuredProperty, "var.configured")
	b.put(ordinaryProperty, "var.ordinary")
	b.put(referenceProperty, template("$"+reference))
	return b.String()
}

func notStoring(kind string, version int) string {
	b := newBlock(kind, kind+"_unstored", version)
	properties, withPassword := needs(kind)
	for property, value := range properties {
		b.put(property, template(value))
	}
	for _, property := range withPassword {
		b.putWriteOnly(property, template(fmt.Sprintf(urls[property], "${urlencode(var.write_only)}")))
	}
	b.putWriteOnly(passwordOf(b.kind), "var.write_only")
	b.putWriteOnly(unstoredProperty, "var.config_wo")
	return b.String()
}

// template is a string of HCL in which ${ keeps its meaning.
func template(text string) acctest.Expression {
	return acctest.Expression(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
}

// block is a connector's block, property by property.
type block struct {
	acctest.Block
	kind             *catalog.Kind
	name             string
	version          int
	config, configWO map[string]acctest.Expression
}

func newBlock(kind, name string, version int) *block {
	b := &block{
		kind: catalog.KindByName(kind), name: strings.TrimPrefix(name, "_"), version: version,
		config: map[string]acctest.Expression{}, configWO: map[string]acctest.Expression{},
	}
	b.Block = acctest.Block{"name": b.name}
	if b.kind == nil {
		b.Block["connector_class"] = ownClass
	} else if b.kind.AttributeOf("topic.prefix") != nil {
		b.put("topic.prefix", template(b.name))
	}
	b.put("producer.override.linger.ms", template(fmt.Sprint(version)))
	return b
}

func (b *block) attribute(property string) *catalog.Attribute {
	if b.kind == nil {
		return nil
	}
	return b.kind.AttributeOf(property)
}

func (b *block) put(property string, value acctest.Expression) {
	switch a := b.attribute(property); {
	case property == "":
	case a == nil:
		b.config[property] = value
	case a.Type == catalog.List:
		b.Block[a.Name] = []acctest.Expression{value}
	default:
		b.Block[a.Name] = value
	}
}

func (b *block) putWriteOnly(property string, value acctest.Expression) {
	switch a := b.attribute(property); {
	case property == "":
	case a != nil && a.Secret:
		b.Block[a.Name+"_wo"], b.Block[a.Name+"_wo_version"] = value, b.version
	default:
		b.configWO[property] = value
	}
}

func (b *block) String() string {
	b.Block["config"] = b.config
	if len(b.configWO) > 0 {
		b.Block["config_wo"], b.Block["config_wo_version"] = b.configWO, b.version
	}
	return b.HCL(acctest.ResourceOf(b.kind), b.name)
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
