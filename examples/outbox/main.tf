# The outbox: an application writes its events into a table, in the transaction
# that makes the change, and each becomes a record of the topic of its kind.

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

resource "debezium_postgres_connector" "outbox" {
  name = var.name

  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix                = var.name
  table_include_list          = ["${var.schema}.outbox"]
  publication_autocreate_mode = "filtered"

  # Rows are events; deleting them later is no event.
  tombstones_on_delete = false

  # The payload as it is, without a schema around it.
  value_converter = "org.apache.kafka.connect.json.JsonConverter"

  config = {
    "value.converter.schemas.enable" = "false"

    "transforms"             = "outbox"
    "transforms.outbox.type" = "io.debezium.transforms.outbox.EventRouter"
    # "$$" is a dollar sign in HCL: this is Debezium's own placeholder.
    "transforms.outbox.route.topic.replacement"   = "${var.name}.$${routedByValue}"
    "transforms.outbox.table.expand.json.payload" = "true"
    # Consumers find the event's type in a header.
    "transforms.outbox.table.fields.additional.placement" = "type:header:eventType"
  }
}
