# A PostgreSQL connector on a database in which nothing happens. Without the
# heartbeat its replication slot would stay where it is, and the server would
# keep the write-ahead log that other databases write: until the disk is full.
# Each beat writes a row, whose change moves the slot.

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

resource "debezium_postgres_connector" "idle" {
  name = var.name

  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix = var.name

  # The table of the beats is one of the captured ones.
  table_include_list          = ["${var.schema}.customers", "${var.schema}.debezium_heartbeat"]
  publication_autocreate_mode = "filtered"

  heartbeat_interval_ms  = 1000
  heartbeat_action_query = <<-SQL
    INSERT INTO ${var.schema}.debezium_heartbeat (id, at) VALUES (1, now())
    ON CONFLICT (id) DO UPDATE SET at = EXCLUDED.at
  SQL
}
