# A connector that is created paused: it takes no snapshot and makes no slot
# until somebody applies it with -var state=running.

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

variable "state" {
  description = "running, paused or stopped."
  type        = string
  default     = "paused"
}

resource "debezium_postgres_connector" "orders" {
  name  = var.name
  state = var.state

  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix                = var.name
  table_include_list          = ["${var.schema}.customers"]
  publication_autocreate_mode = "filtered"
}

output "status" {
  value = debezium_postgres_connector.orders.status
}
