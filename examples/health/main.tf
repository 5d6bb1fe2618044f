# A check that watches a connector in each plan. One that has failed is a
# warning, beside the provider's own with the cause, and stops nothing else.

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

resource "debezium_postgres_connector" "orders" {
  name = var.name

  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix                = var.name
  table_include_list          = ["${var.schema}.customers"]
  publication_autocreate_mode = "filtered"

  # A failure is reported, and left to people.
  restart_failed = false
}

# Outside of the check: inside, each plan would announce to read it again. And
# a list rather than this connector's status, which its first plan doesn't know.
data "debezium_connectors" "failed" {
  status = "FAILED"
}

check "connectors" {
  assert {
    condition     = !contains(data.debezium_connectors.failed.names, debezium_postgres_connector.orders.name)
    error_message = "Connector ${debezium_postgres_connector.orders.name} has failed."
  }
}
