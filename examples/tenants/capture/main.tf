# A connector for each database, of the kind that the database's type asks for.

terraform {
  required_providers {
    debezium = {
      source = "cdc/debezium"
    }
  }
}

locals {
  all = {
    for id, d in var.databases : id => merge(d, {
      name   = provider::debezium::connector_name(var.client, id)
      prefix = "${var.client}_${id}"
      # MySQL and MariaDB name a table with its database.
      full = [for table in d.tables : "${d.database}.${table}"]
    })
  }
  mysql    = { for id, d in local.all : id => d if d.type == "mysql" }
  mariadb  = { for id, d in local.all : id => d if d.type == "mariadb" }
  postgres = { for id, d in local.all : id => d if d.type == "postgres" }
}

resource "debezium_mysql_connector" "this" {
  for_each = local.mysql

  name  = each.value.name
  state = each.value.state

  database_hostname            = each.value.host
  database_port                = each.value.port
  database_user                = each.value.user
  database_password_wo         = var.passwords[each.key]
  database_password_wo_version = var.passwords_version

  topic_prefix          = each.value.prefix
  database_include_list = [each.value.database]
  table_include_list    = each.value.full

  database_server_id                              = provider::debezium::server_id(each.value.name)
  schema_history_internal_kafka_topic             = "schema-changes.${each.value.name}"
  schema_history_internal_kafka_bootstrap_servers = var.kafka_bootstrap_servers

  config = each.value.config
}

resource "debezium_mariadb_connector" "this" {
  for_each = local.mariadb

  name  = each.value.name
  state = each.value.state

  database_hostname            = each.value.host
  database_port                = each.value.port
  database_user                = each.value.user
  database_password_wo         = var.passwords[each.key]
  database_password_wo_version = var.passwords_version

  topic_prefix          = each.value.prefix
  database_include_list = [each.value.database]
  table_include_list    = each.value.full

  database_server_id                              = provider::debezium::server_id(each.value.name)
  schema_history_internal_kafka_topic             = "schema-changes.${each.value.name}"
  schema_history_internal_kafka_bootstrap_servers = var.kafka_bootstrap_servers

  config = each.value.config
}

resource "debezium_postgres_connector" "this" {
  for_each = local.postgres

  name  = each.value.name
  state = each.value.state

  database_hostname            = each.value.host
  database_port                = each.value.port
  database_user                = each.value.user
  database_password_wo         = var.passwords[each.key]
  database_password_wo_version = var.passwords_version
  database_dbname              = each.value.database

  topic_prefix       = each.value.prefix
  table_include_list = each.value.tables

  # A publication of its own, which a user without all rights can make.
  publication_autocreate_mode = "filtered"

  config = each.value.config
}
