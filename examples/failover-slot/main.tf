# A replication slot that goes along when a standby takes over (PostgreSQL 17
# and later, Debezium 3.0.5 and later): the connector goes on from its position
# on the new primary, without a new snapshot.
#
# The servers' part: the primary sends changes to logical slots only after the
# standby has them (synchronized_standby_slots names the standby's slot), and the
# standby copies the slots (sync_replication_slots = on, hot_standby_feedback =
# on, a dbname in primary_conninfo).

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

  # The name that follows the primary: a proxy's, or a record that is changed
  # when a standby takes over.
  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix                = var.name
  table_include_list          = ["${var.schema}.customers"]
  slot_name                   = var.name
  publication_autocreate_mode = "filtered"

  config = {
    # Only counts when Debezium creates the slot.
    "slot.failover" = "true"
  }
}
