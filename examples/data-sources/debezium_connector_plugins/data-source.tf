data "debezium_connector_plugins" "installed" {}

# The installed versions of the PostgreSQL connector, oldest first.
output "postgres_versions" {
  value = [for p in data.debezium_connector_plugins.installed.plugins : p.version if p.kind == "postgres"]
}
