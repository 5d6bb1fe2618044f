# All connectors of the cluster.
data "debezium_connectors" "all" {}

# PostgreSQL connectors that have failed.
data "debezium_connectors" "failed" {
  kind   = "postgres"
  status = "FAILED"
}

output "names" {
  value = data.debezium_connectors.all.names
}

output "versions" {
  value = {
    for c in data.debezium_connectors.all.connectors :
    c.name => lookup(c.config, "connector.plugin.version", "newest")
  }
}

output "failed" {
  value = data.debezium_connectors.failed.names
}
