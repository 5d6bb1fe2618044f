# A MySQL and a PostgreSQL connector, and what the cluster says about them. Run
# it with "make demo".

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

resource "debezium_mysql_connector" "demo" {
  name = "${var.run}-mysql"

  database_hostname            = var.database_hostname
  database_port                = var.mysql_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1

  topic_prefix       = "${var.run}-mysql"
  table_include_list = ["${var.database_name}.customers"]

  schema_history_internal_kafka_bootstrap_servers = var.kafka_bootstrap_servers
}

resource "debezium_postgres_connector" "demo" {
  name = "${var.run}-postgres"

  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix                = "${var.run}-postgres"
  table_include_list          = ["public.customers"]
  publication_autocreate_mode = "filtered"
}

data "debezium_connector_status" "demo" {
  for_each = toset([debezium_mysql_connector.demo.name, debezium_postgres_connector.demo.name])

  name = each.value

  # Read after the connectors are there, not while they are planned.
  depends_on = [debezium_mysql_connector.demo, debezium_postgres_connector.demo]
}

output "status" {
  value = {
    for name, c in data.debezium_connector_status.demo : name => {
      status = c.status
      tasks  = [for t in c.tasks : t.state]
    }
  }
}
