# From a table in MySQL to one in PostgreSQL: inserts, updates and deletes
# arrive, and so does a new column.

terraform {
  required_providers {
    debezium = {
      source = "cdc/debezium"
    }
  }
}

provider "debezium" {
  url = var.connect_url
}

locals {
  table = "${var.source_database}.customers"
}

resource "debezium_mysql_connector" "source" {
  name = "${var.name}-source"

  database_hostname            = var.database_hostname
  database_port                = var.mysql_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1

  topic_prefix          = var.name
  database_include_list = [var.source_database]
  table_include_list    = [local.table]

  schema_history_internal_kafka_bootstrap_servers = var.kafka_bootstrap_servers
}

resource "debezium_jdbc_sink_connector" "sink" {
  name = "${var.name}-sink"

  topics = ["${debezium_mysql_connector.source.topic_prefix}.${local.table}"]

  connection_url                 = "jdbc:postgresql://${var.database_hostname}:${var.postgres_port}/${var.database_name}"
  connection_username            = var.database_user
  connection_password_wo         = var.database_password
  connection_password_wo_version = 1

  # Safe to repeat: a record that comes twice is written once.
  insert_mode      = "upsert"
  primary_key_mode = "record_key"
  delete_enabled   = true

  # Makes the table, but not its schema, and adds columns that appear.
  schema_evolution       = "basic"
  collection_name_format = "${var.sink_schema}.customers_copy"
}

output "status" {
  value = {
    source = debezium_mysql_connector.source.status
    sink   = debezium_jdbc_sink_connector.sink.status
  }
}
