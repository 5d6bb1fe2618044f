locals {
  shipments = {
    "topic.prefix"       = "shipments"
    "database.hostname"  = "db.internal"
    "database.user"      = "debezium"
    "database.password"  = "$${file:/secrets/shipments.properties:password}"
    "database.dbname"    = "shipments"
    "plugin.name"        = "pgoutput"
    "table.include.list" = "public.shipments"
  }
}

# Everything that a plan would say offline, such as a misspelt property.
output "shipments_findings" {
  value = [
    for finding in provider::debezium::config_findings("postgres", "3.5", local.shipments) :
    "${finding.severity}: ${finding.property}: ${finding.message}"
  ]
}
